package io.leat.runtime.connector.file;

import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.decode.RecordChunk;
import io.leat.runtime.memory.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Reads a file that is not compressed, straight into chunks. What follows the last whole record of a chunk is read again with the
 * next one.
 */
final class PlainFileReader implements SourceReader.Records {
    private static final byte[] LINE_END = {'\n'};
    private static final int SEARCHED_BYTES = 64 << 10;
    /** How far a poll looks for the end of a record that is too large, so that it takes a moment only. */
    private static final int SEARCHED_BYTES_PER_POLL = 16 << 20;

    private final int chunkBytes;
    private final InputFile file;
    /** Where it begins among the bytes of its partition. */
    private final long base;

    private final RecordBounds bounds;
    private final DataFile data;
    private long position;
    /** How far the end of a record that is too large was looked for, or -1 if there is none. */
    private long searched = -1;

    /**
     * @param chunkBytes what a poll reads if records are not larger
     */
    PlainFileReader(InputFile file, RecordBounds bounds, DataFile data, int chunkBytes) {
        this(file, 0, bounds, data, chunkBytes);
    }

    /**
     * @param base how many bytes of other files come before it in its partition, which positions count, too
     */
    PlainFileReader(InputFile file, long base, RecordBounds bounds, DataFile data, int chunkBytes) {
        this.chunkBytes = chunkBytes;
        this.file = file;
        this.base = base;
        this.bounds = bounds;
        this.data = data;
    }

    @Override
    public Status poll(RecordChunk chunk) {
        try {
            Status status = searched < 0 ? read(chunk) : readLarge(chunk);
            data.rest();
            return status;
        } catch (IOException e) {
            throw FileErrors.reading(file.name(), e);
        }
    }

    private Status read(RecordChunk chunk) throws IOException {
        if (position >= file.size()) {
            return Status.END;
        }
        bounds.begin(chunk, base + position);
        if (position == 0) {
            chunk.beginsFile();
        }
        int wanted = chunkBytes;
        while (true) {
            boolean ended = fill(chunk, wanted);
            if (ended && chunk.size() < RecordBounds.CUT_BYTES) {
                return last(chunk);
            }
            int whole = bounds.wholeRecords(chunk);
            if (whole > 0) {
                chunk.size(whole);
                position += whole;
                return Status.DATA;
            }
            if (chunk.size() == RecordBounds.CUT_BYTES) {
                searched = position;
                bounds.beginRecord();
                return Status.PENDING;
            }
            wanted = (int) Math.min(2L * wanted, RecordBounds.CUT_BYTES);
        }
    }

    /** Reads on until the chunk holds this much, or the file has no more. */
    private boolean fill(RecordChunk chunk, int wanted) throws IOException {
        chunk.ensure(wanted);
        long left = file.size() - position - chunk.size();
        ByteBuffer room = chunk.room();
        room.limit((int) Math.min(left, Math.min(room.remaining(), wanted - chunk.size())));
        int read = data.read(position + chunk.size(), room);
        chunk.size(chunk.size() + read);
        // A file that became shorter since the start has ended, too.
        return room.hasRemaining() || read == left;
    }

    /** The rest of the file is records, the last one perhaps without a line end. */
    private Status last(RecordChunk chunk) {
        position = file.size();
        if (chunk.size() == 0) {
            return Status.END;
        }
        if (Memory.getByte(chunk.base() + chunk.size() - 1) != '\n') {
            chunk.append(LINE_END, 0, 1);
            chunk.size(chunk.size());
        }
        return Status.DATA;
    }

    /** Looks for the end of a record that is too large, and then hands over its beginning. */
    private Status readLarge(RecordChunk chunk) throws IOException {
        if (!findEnd()) {
            return Status.PENDING;
        }
        bounds.begin(chunk, base + position);
        fill(chunk, RecordBounds.CUT_BYTES);
        chunk.endAsOneRecord();
        position = searched;
        searched = -1;
        return Status.DATA;
    }

    private boolean findEnd() throws IOException {
        ByteBuffer block = ByteBuffer.allocate(SEARCHED_BYTES);
        for (int done = 0; done < SEARCHED_BYTES_PER_POLL; done += SEARCHED_BYTES) {
            block.clear();
            block.limit((int) Math.min(block.capacity(), file.size() - searched));
            int read = data.read(searched, block);
            int end = bounds.recordEnd(block.array(), 0, read);
            searched += end < 0 ? read : end;
            if (end >= 0 || read == 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void seek(String from) {
        position = Long.parseLong(from) - base;
    }

    @Override
    public String position() {
        return Long.toString(base + position);
    }

    @Override
    public long remaining() {
        return file.size() - position;
    }

    @Override
    public Map<String, Object> constants() {
        return file.metadata();
    }

    @Override
    public void close() {
        try {
            data.close();
        } catch (IOException e) {
            throw FileErrors.reading(file.name(), e);
        }
    }
}
