package io.leat.runtime.decode;

import io.leat.runtime.memory.Memory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Raw records of one partition, in order, as a reader hands them to a decoder. Either whole lines of a file, each ending in
 * {@code \n} (the last line of a file gets one if it has none), or records with known bounds, such as Kafka's, each followed
 * by a zero byte that is not part of it.
 *
 * <p>A record is named by its <em>origin</em>: for lines the distance of its first byte from the start of the chunk, otherwise
 * its index. A chunk is filled by a reader, read by a decoder up to its end, and filled again; its bytes stay where they are in
 * between. Not thread-safe.
 */
public final class RecordChunk implements AutoCloseable {
    /** Bytes past the end that may be read, so that scanning can load whole words. */
    public static final int PADDING = 64;

    private static final int INITIAL_BYTES = 1 << 20;
    private static final int INITIAL_RECORDS = 512;

    private final BufferAllocator allocator;
    private ArrowBuf buffer;
    private long base;
    private int size;
    private boolean lines;
    private byte delimiter;
    private byte quote;
    private long firstOffset;
    private boolean beginsFile;

    private int records;
    private int[] starts = new int[INITIAL_RECORDS];
    private int[] lengths = new int[INITIAL_RECORDS];
    private int[] keyStarts = new int[INITIAL_RECORDS];
    private int[] keyLengths = new int[INITIAL_RECORDS];
    private long[] offsets = new long[INITIAL_RECORDS];
    private long[] timestamps = new long[INITIAL_RECORDS];
    private String[] timestampTypes = new String[INITIAL_RECORDS];
    private int[] leaderEpochs = new int[INITIAL_RECORDS];

    /** How far the decoder came: an origin. */
    private int position;

    public RecordChunk(BufferAllocator allocator) {
        this.allocator = allocator;
        this.buffer = allocator.buffer(INITIAL_BYTES + (long) PADDING);
        this.base = buffer.memoryAddress();
    }

    // ---- filling
    // -------------------------------------------------------------------------------------------------------

    /** Starts a chunk of lines whose first byte stands at {@code offset} of its file, or of several that are read as one. */
    public void beginLines(long offset) {
        beginCsv(offset, (byte) 0, (byte) 0);
    }

    /** As {@link #beginLines}, where a quoted field may go over several lines. */
    public void beginCsv(long offset, byte csvDelimiter, byte csvQuote) {
        lines = true;
        delimiter = csvDelimiter;
        quote = csvQuote;
        firstOffset = offset;
        beginsFile = offset == 0;
        size = 0;
        position = 0;
        records = 0;
    }

    /** The chunk of lines just started begins a file, although that is not the first one of its partition. */
    public void beginsFile() {
        beginsFile = true;
    }

    /** Starts a chunk of records with bounds. */
    public void beginRecords() {
        lines = false;
        size = 0;
        position = 0;
        records = 0;
    }

    /** Room for {@code bytes} bytes in all, keeping those that are there. */
    public void ensure(int bytes) {
        if (bytes + (long) PADDING <= buffer.capacity()) {
            return;
        }
        ArrowBuf larger = allocator.buffer(Math.max(bytes, 2 * (buffer.capacity() - PADDING)) + PADDING);
        Memory.copy(base, larger.memoryAddress(), size);
        buffer.close();
        buffer = larger;
        base = larger.memoryAddress();
    }

    public int capacity() {
        return (int) (buffer.capacity() - PADDING);
    }

    /** The unused rest of the buffer, to be filled by a reader, which then calls {@link #size(int)}. */
    public ByteBuffer room() {
        return buffer.nioBuffer(size, capacity() - size);
    }

    /** How many bytes the chunk holds. The padding behind them becomes zero. */
    public void size(int bytes) {
        size = bytes;
        Memory.fill(base + bytes, PADDING, (byte) 0);
    }

    public void append(byte[] bytes, int offset, int length) {
        ensure(size + length);
        Memory.copy(bytes, offset, base + size, length);
        size += length;
    }

    /** Adds a record with bounds. {@code value} or {@code key} may be null. */
    public void addRecord(byte[] value, byte[] key, long offset, long timestampMicros) {
        addRecord(value, key, offset, timestampMicros, null, -1);
    }

    /** As above; {@code timestampType} may be null, and {@code leaderEpoch} is -1 if there is none. */
    public void addRecord(
            byte[] value, byte[] key, long offset, long timestampMicros, String timestampType, int leaderEpoch) {
        if (records == starts.length) {
            growRecords();
        }
        int valueBytes = value == null ? 0 : value.length;
        int keyBytes = key == null ? 0 : key.length;
        ensure(size + valueBytes + keyBytes + 2);
        starts[records] = size;
        lengths[records] = value == null ? -1 : valueBytes;
        if (value != null) {
            append(value, 0, valueBytes);
        }
        Memory.putByte(base + size++, (byte) 0);
        keyStarts[records] = size;
        keyLengths[records] = key == null ? -1 : keyBytes;
        if (key != null) {
            append(key, 0, keyBytes);
        }
        Memory.putByte(base + size++, (byte) 0);
        offsets[records] = offset;
        timestamps[records] = timestampMicros;
        timestampTypes[records] = timestampType;
        leaderEpochs[records] = leaderEpoch;
        records++;
    }

    /** Ends the filling of records. */
    public void endRecords() {
        size(size);
    }

    /**
     * Makes everything that a chunk of lines was filled with one record with bounds. For the beginning of a line that is too
     * large: its decoder sees the length and rejects it without looking for its end.
     */
    public void endAsOneRecord() {
        int bytes = size;
        append(new byte[1], 0, 1);
        size(size);
        lines = false;
        records = 1;
        starts[0] = 0;
        lengths[0] = bytes;
        keyLengths[0] = -1;
        offsets[0] = firstOffset;
        timestamps[0] = 0;
        timestampTypes[0] = null;
        leaderEpochs[0] = -1;
    }

    private void growRecords() {
        int larger = 2 * starts.length;
        starts = Arrays.copyOf(starts, larger);
        lengths = Arrays.copyOf(lengths, larger);
        keyStarts = Arrays.copyOf(keyStarts, larger);
        keyLengths = Arrays.copyOf(keyLengths, larger);
        offsets = Arrays.copyOf(offsets, larger);
        timestamps = Arrays.copyOf(timestamps, larger);
        timestampTypes = Arrays.copyOf(timestampTypes, larger);
        leaderEpochs = Arrays.copyOf(leaderEpochs, larger);
    }

    // ---- reading
    // -------------------------------------------------------------------------------------------------------

    public boolean isLines() {
        return lines;
    }

    /** Whether a line is the first one of a file. */
    public boolean isFirstOfFile(int origin) {
        return beginsFile && origin == 0;
    }

    public boolean isExhausted() {
        return lines ? position >= size : position >= records;
    }

    public int position() {
        return position;
    }

    public void position(int origin) {
        position = origin;
    }

    public int size() {
        return size;
    }

    public int records() {
        return records;
    }

    public long base() {
        return base;
    }

    /** Where the record's bytes begin. */
    public long address(int origin) {
        return lines ? base + origin : base + starts[origin];
    }

    /** The record's length without line end, or -1 for a record without value. */
    public int length(int origin) {
        if (!lines) {
            return lengths[origin];
        }
        int end = endOfLine(origin);
        return end > origin && Memory.getByte(base + end - 1) == '\r' ? end - 1 - origin : end - origin;
    }

    /** The origin of the first record behind this one. */
    public int next(int origin) {
        return lines ? endOfLine(origin) + 1 : origin + 1;
    }

    private int endOfLine(int from) {
        long start = base + from;
        long end = base + size;
        if (quote != 0) {
            return (int) (CsvLines.recordEnd(start, end, delimiter, quote) - base);
        }
        long at = start;
        while (at < end && Memory.getByte(at) != '\n') {
            at++;
        }
        return (int) (at - base);
    }

    public long keyAddress(int origin) {
        return base + keyStarts[origin];
    }

    /** The length of the record's key, or -1 for none. */
    public int keyLength(int origin) {
        return keyLengths[origin];
    }

    /** The record's place in its partition: a byte position in a file, an offset in Kafka. */
    public long offset(int origin) {
        return lines ? firstOffset + origin : offsets[origin];
    }

    /** The time that the transport gave the record, in microseconds since 1970-01-01T00:00Z; records with bounds only. */
    public long timestamp(int origin) {
        return timestamps[origin];
    }

    /** What the timestamp stands for, such as {@code CreateTime}; null if unknown. Records with bounds only. */
    public String timestampType(int origin) {
        return timestampTypes[origin];
    }

    /** The epoch of the leader that wrote the record, or -1 if unknown. Records with bounds only. */
    public int leaderEpoch(int origin) {
        return leaderEpochs[origin];
    }

    @Override
    public void close() {
        buffer.close();
    }
}
