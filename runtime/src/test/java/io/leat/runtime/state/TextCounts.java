package io.leat.runtime.state;

import io.leat.runtime.aggregate.BytesMin;
import io.leat.runtime.aggregate.Count;
import io.leat.runtime.batch.Batch;
import io.leat.runtime.kernel.Hashing;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.TableLayout.AccumulatorSlot;
import io.leat.runtime.state.TableLayout.ColumnSlot;
import io.leat.runtime.type.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** What a generated table for {@code count(*), min(t) GROUP BY s} would look like, where {@code s} may be NULL. */
public final class TextCounts extends AggregateTable {
    private static final long NULLS = TableLayout.HEADER;
    private static final long KEY = 24;
    private static final long COUNT = 32;
    private static final long MIN = 40;
    private static final TableLayout LAYOUT = new TableLayout(
            List.of(new ColumnSlot("s", Type.VARCHAR, (int) KEY, 8 * (int) NULLS)),
            List.of(),
            List.of(
                    new AccumulatorSlot("COUNT", (int) COUNT, 8, List.of()),
                    new AccumulatorSlot("MIN", (int) MIN, 16, List.of((int) MIN))),
            56);

    private final BufferAllocator allocator;

    public TextCounts(BufferAllocator allocator) {
        super(LAYOUT, allocator, new DistinctSet[0]);
        this.allocator = allocator;
    }

    @Override
    public AggregateTable create() {
        return new TextCounts(allocator);
    }

    /** Finds or adds the group of a key; a negative length is NULL. */
    long find(long hash, long key, int length) {
        int slot = (int) hash & mask;
        long found = Memory.getLong(index + ((long) slot << 3));
        while (found != 0) {
            long entry = entry((int) found - 1);
            if ((int) (found >>> 32) == tag(hash) && isKey(entry, key, length)) {
                return entry;
            }
            slot = slot + 1 & mask;
            found = Memory.getLong(index + ((long) slot << 3));
        }
        long entry = insert(hash);
        if (length < 0) {
            Memory.putByte(entry + NULLS, (byte) 1);
        } else {
            Memory.putInt(entry + KEY, arena.add(key, length));
            Memory.putInt(entry + KEY + 4, length);
        }
        return inserted(entry);
    }

    private boolean isKey(long entry, long key, int length) {
        if (hasNoKey(entry) || length < 0) {
            return hasNoKey(entry) && length < 0;
        }
        return Memory.getInt(entry + KEY + 4) == length
                && Memory.equal(arena.address(Memory.getInt(entry + KEY)), key, length);
    }

    private static boolean hasNoKey(long entry) {
        return Memory.getByte(entry + NULLS) != 0;
    }

    /** Counts a row. {@code narrow} makes all hashes one of a few. */
    public void add(String key, long keyAt, int keyLength, long textAt, int textLength, boolean narrow) {
        long hash = key == null ? Hashing.NULL_HASH : Hashing.hashBytes(keyAt, keyLength);
        long entry = find(narrow ? hash & 3 : hash, keyAt, key == null ? -1 : keyLength);
        touch(entry);
        Count.add(entry + COUNT);
        if (textLength >= 0) {
            BytesMin.add(entry + MIN, arena, textAt, textLength);
        }
    }

    /** {@code key count min} of an entry. */
    String describe(long entry) {
        String key = hasNoKey(entry) ? null : text(Memory.getInt(entry + KEY), Memory.getInt(entry + KEY + 4));
        String min =
                BytesMin.isNull(entry + MIN) ? null : text(Memory.getInt(entry + MIN), BytesMin.length(entry + MIN));
        return key + " " + Count.result(entry + COUNT) + " " + min;
    }

    private String text(int place, int length) {
        return new String(Memory.toArray(arena.address(place), length), StandardCharsets.UTF_8);
    }

    @Override
    public long findLike(AggregateTable other, long entry) {
        long key = other.arena().address(Memory.getInt(entry + KEY));
        return find(Memory.getLong(entry), key, hasNoKey(entry) ? -1 : Memory.getInt(entry + KEY + 4));
    }

    @Override
    public void mergeValues(long entry, AggregateTable other, long otherEntry) {
        Count.merge(entry + COUNT, otherEntry + COUNT);
        BytesMin.merge(entry + MIN, arena, otherEntry + MIN, other.arena());
        touch(entry);
    }

    @Override
    public void mergeSet(int set, AggregateTable other) {
        throw new IllegalArgumentException("no sets");
    }

    @Override
    public void emit(long entry, long windowStart, long windowEnd, Batch out, int row) {
        throw new IllegalStateException("tests read entries");
    }
}
