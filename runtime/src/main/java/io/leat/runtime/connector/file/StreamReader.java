package io.leat.runtime.connector.file;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.decode.RecordChunk;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/**
 * Reads bytes that cannot be read twice: decompressed ones, or those of standard input. Positions count bytes of the stream. What
 * follows the last whole record of a chunk is kept for the next one.
 */
final class StreamReader implements SourceReader.Records {
    private static final int INITIAL_BYTES = 64 << 10;
    /** How far a poll looks for the end of a record that is too large, so that it takes a moment only. */
    private static final int SEARCHED_BYTES_PER_POLL = 16 << 20;

    private final int chunkBytes;
    private final InputFile file;
    private final RecordBounds bounds;
    private final ByteInput input;
    /** Bytes read and not yet handed over. */
    private byte[] kept = new byte[INITIAL_BYTES];

    private int keptBytes;
    /** How many of the kept bytes were looked through and end no record. */
    private int lookedThrough;
    /** Where the kept bytes begin. */
    private long position;

    private int wanted;
    private boolean ended;
    /** Bytes that are read and dropped before the first record. */
    private long toSkip;

    /** What was read behind the kept bytes while looking for the end of a record that is too large; null if there is none. */
    private byte[] search;

    private int searchBytes;
    private long searched;

    /**
     * @param chunkBytes what a poll reads if records are not larger
     */
    StreamReader(InputFile file, RecordBounds bounds, ByteInput input, int chunkBytes) {
        this.chunkBytes = chunkBytes;
        this.wanted = chunkBytes;
        this.file = file;
        this.bounds = bounds;
        this.input = input;
    }

    @Override
    public Status poll(RecordChunk chunk) {
        try {
            Status status = search == null ? read(chunk) : readLarge(chunk);
            input.rest();
            return status;
        } catch (IOException e) {
            throw FileErrors.reading(file.name(), e);
        }
    }

    private Status read(RecordChunk chunk) throws IOException {
        fill();
        if (ended && keptBytes < RecordBounds.CUT_BYTES) {
            return keptBytes == 0 ? Status.END : last(chunk);
        }
        if (!hasLineEnd()) {
            return grow();
        }
        bounds.begin(chunk, position);
        chunk.append(kept, 0, keptBytes);
        chunk.size(keptBytes);
        int whole = bounds.wholeRecords(chunk);
        if (whole == 0) {
            return grow();
        }
        chunk.size(whole);
        System.arraycopy(kept, whole, kept, 0, keptBytes - whole);
        keptBytes -= whole;
        lookedThrough = keptBytes;
        position += whole;
        wanted = chunkBytes;
        return Status.DATA;
    }

    /** Whether a record may end in the bytes that came last. Most records that come in pieces are seen here, without a copy. */
    private boolean hasLineEnd() {
        for (int i = lookedThrough; i < keptBytes; i++) {
            if (kept[i] == '\n') {
                return true;
            }
        }
        return false;
    }

    /** Reads until as much is kept as wanted, or there is no more for now. */
    private void fill() throws IOException {
        while (keptBytes < wanted && !ended) {
            if (keptBytes == kept.length) {
                kept = Arrays.copyOf(kept, Math.min(2 * kept.length, RecordBounds.CUT_BYTES));
            }
            int read = input.read(kept, keptBytes, Math.min(kept.length, wanted) - keptBytes);
            if (read == 0) {
                break;
            }
            ended = read < 0;
            if (toSkip > 0 && !ended) {
                read = skip(read);
            }
            keptBytes += Math.max(0, read);
        }
    }

    /** Drops bytes that were handed over by an earlier reader; answers with how many are left. */
    private int skip(int read) {
        int dropped = (int) Math.min(toSkip, read);
        toSkip -= dropped;
        System.arraycopy(kept, keptBytes + dropped, kept, keptBytes, read - dropped);
        return read - dropped;
    }

    /** There is no whole record among the kept bytes yet. */
    private Status grow() {
        lookedThrough = keptBytes;
        if (keptBytes == RecordBounds.CUT_BYTES) {
            bounds.beginRecord();
            bounds.recordEnd(kept, 0, keptBytes);
            search = new byte[INITIAL_BYTES];
            searchBytes = 0;
            searched = position + keptBytes;
        } else if (keptBytes >= wanted) {
            wanted = (int) Math.min(2L * keptBytes, RecordBounds.CUT_BYTES);
        }
        return Status.PENDING;
    }

    /** The rest is records, the last one perhaps without a line end. */
    private Status last(RecordChunk chunk) {
        bounds.begin(chunk, position);
        chunk.append(kept, 0, keptBytes);
        if (kept[keptBytes - 1] != '\n') {
            chunk.append(new byte[] {'\n'}, 0, 1);
        }
        chunk.size(chunk.size());
        position += keptBytes;
        keptBytes = 0;
        return Status.DATA;
    }

    /** Looks for the end of a record that is too large, and then hands over its beginning, which was kept. */
    private Status readLarge(RecordChunk chunk) throws IOException {
        int end = -1;
        for (int done = 0; done < SEARCHED_BYTES_PER_POLL && end < 0 && !ended; done += searchBytes) {
            searchBytes = input.read(search, 0, search.length);
            if (searchBytes == 0) {
                return Status.PENDING;
            }
            ended = searchBytes < 0;
            end = bounds.recordEnd(search, 0, searchBytes);
            searched += ended ? 0 : end < 0 ? searchBytes : end;
        }
        if (end < 0 && !ended) {
            return Status.PENDING;
        }
        bounds.begin(chunk, position);
        chunk.append(kept, 0, keptBytes);
        chunk.endAsOneRecord();
        position = searched;
        kept = search;
        keptBytes = end < 0 ? 0 : searchBytes - end;
        System.arraycopy(kept, Math.max(end, 0), kept, 0, keptBytes);
        lookedThrough = 0;
        search = null;
        wanted = chunkBytes;
        return Status.DATA;
    }

    @Override
    public void seek(String from) {
        if (!file.isRegular()) {
            throw new ConnectorException(
                    ConnectorException.Kind.CONFIGURATION,
                    "'" + file.name()
                            + "' cannot be read again from where a snapshot was made, since it is no file: a job"
                            + " that reads it starts without a snapshot");
        }
        toSkip = Long.parseLong(from);
        position = toSkip;
    }

    @Override
    public String position() {
        return Long.toString(position);
    }

    @Override
    public long remaining() {
        return input.remaining();
    }

    @Override
    public Map<String, Object> constants() {
        return file.metadata();
    }

    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException e) {
            throw FileErrors.reading(file.name(), e);
        }
    }
}
