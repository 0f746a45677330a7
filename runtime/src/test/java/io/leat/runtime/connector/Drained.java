package io.leat.runtime.connector;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.SourceReader.Status;
import io.leat.runtime.decode.RecordChunk;
import io.leat.runtime.memory.Memory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Everything that a reader of records had to say up to its end.
 *
 * @param records as text; null for one without value
 * @param offsets of the records
 * @param keys of the records; null for none
 * @param chunks how many there were
 * @param capacity of the chunk in the end
 */
public record Drained(
        List<String> records, List<Long> offsets, List<String> keys, List<Integer> lengths, int chunks, int capacity) {
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final int SHOWN_BYTES = 1 << 20;

    /** Polls until the end, or up to now. */
    public static Drained toEnd(SourceReader reader, BufferAllocator allocator) {
        return until(reader, allocator, EnumSet.of(Status.END, Status.UP_TO_NOW));
    }

    /** Polls until the reader answers with this. */
    public static Drained until(SourceReader reader, BufferAllocator allocator, Status last) {
        return until(reader, allocator, EnumSet.of(last));
    }

    private static Drained until(SourceReader reader, BufferAllocator allocator, Set<Status> last) {
        List<String> records = new ArrayList<>();
        List<Long> offsets = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        List<Integer> lengths = new ArrayList<>();
        int chunks = 0;
        long start = System.nanoTime();
        try (RecordChunk chunk = new RecordChunk(allocator)) {
            Status status = ((SourceReader.Records) reader).poll(chunk);
            while (!last.contains(status)) {
                assertTrue(System.nanoTime() - start < PATIENCE_NANOS, "no " + last + " but " + status);
                if (status == Status.DATA) {
                    chunks++;
                    while (!chunk.isExhausted()) {
                        int origin = chunk.position();
                        records.add(text(chunk.address(origin), chunk.length(origin)));
                        keys.add(chunk.isLines() ? null : text(chunk.keyAddress(origin), chunk.keyLength(origin)));
                        lengths.add(chunk.length(origin));
                        offsets.add(chunk.offset(origin));
                        chunk.position(chunk.next(origin));
                    }
                } else {
                    Thread.onSpinWait();
                }
                status = ((SourceReader.Records) reader).poll(chunk);
            }
            return new Drained(records, offsets, keys, lengths, chunks, chunk.capacity());
        }
    }

    private static String text(long address, int length) {
        return length < 0
                ? null
                : new String(Memory.toArray(address, Math.min(length, SHOWN_BYTES)), StandardCharsets.UTF_8);
    }
}
