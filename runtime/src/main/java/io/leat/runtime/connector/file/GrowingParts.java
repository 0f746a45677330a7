package io.leat.runtime.connector.file;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.connector.format.RowFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntFunction;

/** Rows on their way into parts of a table: one part that grows in the staging place, and those that are complete and not seen yet. */
final class GrowingParts {
    private final SinkContext context;
    private final TableDirectory directory;
    private final RowFormat format;
    private final long partBytes;
    /** How the part with a number is called, from 0. */
    private final IntFunction<String> names;

    private final Deque<StagedFile> complete = new ArrayDeque<>();
    private StagedFile open;
    private long openedNanos;
    private int created;

    GrowingParts(SinkContext context, TableDirectory directory, IntFunction<String> names) {
        this.context = context;
        this.directory = directory;
        this.format = FileOptions.writing(context.options());
        this.partBytes = FileOptions.partBytes(context.options());
        this.names = names;
    }

    /** Adds rows to the part that grows; it is complete when it is large enough. */
    void write(Batch batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            if (open == null) {
                open = newPart();
            }
            open.write(batch);
            if (open.expectedBytes() >= partBytes) {
                completeOpen();
            }
        } catch (IOException e) {
            throw FileErrors.writing(directory.shown(), e);
        }
    }

    private StagedFile newPart() throws IOException {
        Path place = directory.stage(names.apply(created++));
        StagedFile part = StagedFile.create(context, format, Compression.NONE, place);
        openedNanos = context.platform().clock().nanos();
        part.header();
        return part;
    }

    /** Completes the part that grows, if there is one. */
    void completeOpen() throws IOException {
        if (open != null) {
            open.complete();
            complete.add(open);
            open = null;
        }
    }

    /** Whether the part that grows is large, or so old. */
    boolean isDue(long rolloverNanos) {
        return open != null
                && (open.expectedBytes() >= partBytes
                        || context.platform().clock().nanos() - openedNanos >= rolloverNanos);
    }

    /** The parts that are complete, in the order in which they were begun. Whoever puts one where it is seen removes it here. */
    Deque<StagedFile> complete() {
        return complete;
    }

    /** Whether a part was ever begun. */
    boolean hasBegun() {
        return created > 0;
    }

    /** Drops what is not seen yet. */
    void discard() {
        if (open != null) {
            open.discard();
            open = null;
        }
        complete.forEach(StagedFile::discard);
        complete.clear();
    }
}
