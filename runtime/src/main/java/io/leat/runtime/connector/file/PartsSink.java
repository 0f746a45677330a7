package io.leat.runtime.connector.file;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.Sink;
import io.leat.runtime.connector.SinkContext;
import java.io.IOException;

/** Writes rows of one run to parts of a table, which are seen when they are old or large enough at the end of an epoch, and at the end. */
abstract class PartsSink implements Sink {
    protected final SinkContext context;
    protected final TableDirectory directory;
    protected final RunName run;
    protected final GrowingParts parts;
    private final long rolloverNanos;

    PartsSink(SinkContext context, TableDirectory directory) {
        this.context = context;
        this.directory = directory;
        this.run = RunName.create(context.platform().clock());
        String suffix = FileOptions.writing(context.options()).suffix();
        this.parts = new GrowingParts(context, directory, number -> run.part(number, suffix));
        this.rolloverNanos = FileOptions.rolloverNanos(context.options());
    }

    /** Has everything that is complete be seen from now on. */
    protected abstract void publish() throws IOException;

    @Override
    public final void write(Batch batch) {
        parts.write(batch);
    }

    @Override
    public final void endEpoch(long epoch) {
        if (parts.isDue(rolloverNanos) || !parts.complete().isEmpty()) {
            finish();
        }
    }

    @Override
    public final void finish() {
        try {
            parts.completeOpen();
            publish();
        } catch (IOException e) {
            throw FileErrors.writing(directory.shown(), e);
        }
    }
}
