package io.leat.runtime.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.sliced.RowSlices;
import io.leat.runtime.state.sliced.SlicedRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowSlicesTest {
    private static final int GROUP_BYTES = 3;

    private final BufferAllocator allocator = new RootAllocator();
    private final ArrowBuf scratch = allocator.buffer(64);
    private RowSlices slices;
    private RowSlices.Walk walk;
    /** When each key is due, and its value. */
    private final Map<String, Long> due = new HashMap<>();

    private final Map<String, Long> values = new HashMap<>();

    @AfterEach
    void close() {
        slices.close();
        scratch.close();
        allocator.close();
    }

    private void open(long width) {
        slices = new RowSlices(allocator, width);
        walk = slices.walk();
    }

    private long bytes(String text) {
        for (int i = 0; i < text.length(); i++) {
            Memory.putByte(scratch.memoryAddress() + i, (byte) text.charAt(i));
        }
        return scratch.memoryAddress();
    }

    private static String key(long row) {
        return new String(Memory.toArray(SlicedRow.key(row), SlicedRow.keyLength(row)), StandardCharsets.US_ASCII);
    }

    private void add(String key, long time, long value) {
        assertEquals(0, slices.find(bytes(key), key.length(), GROUP_BYTES, time));
        Memory.putLong(slices.addSought(bytes(key), key.length(), time), value);
        due.put(key, time);
        values.put(key, value);
    }

    private void remove(String key) {
        long row = slices.find(bytes(key), key.length(), GROUP_BYTES, due.remove(key));
        assertEquals(values.remove(key), Memory.getLong(SlicedRow.value(row)));
        slices.removeFound(row);
    }

    private List<String> group(String group, long from, long to) {
        List<String> found = new ArrayList<>();
        boolean more = walk.seek(bytes(group), GROUP_BYTES, from, to);
        while (more) {
            long time = SlicedRow.due(walk.row());
            if (time >= from && time <= to) {
                found.add(key(walk.row()));
            }
            more = walk.next();
        }
        Collections.sort(found);
        return found;
    }

    private List<String> expected(String group, long from, long to) {
        return due.keySet().stream()
                .filter(key -> key.startsWith(group) && due.get(key) >= from && due.get(key) <= to)
                .sorted()
                .toList();
    }

    private void freeUpTo(long until, boolean isAsked) {
        TreeSet<String> gone = new TreeSet<>();
        slices.removeUpTo(until, isAsked ? row -> gone.add(key(row)) : null);
        TreeSet<String> expected = new TreeSet<>();
        due.forEach((key, time) -> {
            if (time <= until) {
                expected.add(key);
            }
        });
        if (isAsked) {
            assertEquals(expected, gone);
        }
        expected.forEach(key -> {
            due.remove(key);
            values.remove(key);
        });
    }

    /** Slices of one part, of some, and one for all. */
    @ParameterizedTest
    @ValueSource(longs = {1, 640, 100_000})
    void agreesWithAMapOverRandomCalls(long width) {
        open(width);
        SplittableRandom random = new SplittableRandom(width);
        long now = -5_000;
        for (int step = 0; step < 20_000; step++) {
            // Groups of a few rows, and some of many.
            String group =
                    random.nextInt(3) == 0 ? "g" + random.nextInt(10, 20) : String.valueOf(random.nextInt(100, 999));
            int what = random.nextInt(20);
            if (what < 14) {
                add(group + "-" + step + "x".repeat(random.nextInt(20)), now + random.nextInt(2_000), step);
            } else if (what < 18 && !due.isEmpty()) {
                remove(due.keySet().iterator().next());
            } else if (what == 18) {
                long from = now + random.nextInt(2_000) - 500;
                assertEquals(expected(group, from, from + 700), group(group, from, from + 700));
            } else {
                now += random.nextInt(40);
                freeUpTo(now, random.nextBoolean());
            }
            assertEquals(due.size(), slices.rows());
        }
        freeUpTo(Long.MAX_VALUE, true);
        assertEquals(0, slices.rows());
    }

    /** Rows of one key that come and go within a slice take no more and more room. */
    @Test
    void usesTheRoomOfRowsThatAreGone() {
        open(1_000_000);
        for (int i = 0; i < 100; i++) {
            add("abc" + i, 5, i);
        }
        for (int i = 100; i < 1_000; i++) {
            add("abc" + i, 5, i);
            remove("abc" + (i - 100));
        }
        long bytes = slices.bytes();
        for (int i = 1_000; i < 20_000; i++) {
            add("abc" + i, 5, i);
            remove("abc" + (i - 100));
        }
        assertEquals(bytes, slices.bytes());
        assertEquals(expected("abc", 0, 10), group("abc", 0, 10));
    }

    /** What is over is used again: in steady state nothing is allocated. */
    @Test
    void usesSlicesAgain() {
        open(64);
        for (int i = 0; i < 5_000; i++) {
            add("abc" + i, i, i);
            freeUpTo(i - 500, false);
        }
        long allocated = allocator.getAllocatedMemory();
        for (int i = 5_000; i < 9_000; i++) {
            add("abc" + i, i, i);
            freeUpTo(i - 500, false);
        }
        assertEquals(allocated, allocator.getAllocatedMemory());
    }

    @Test
    void givesUpTheLargestSlice() {
        open(64);
        for (int i = 0; i < 300; i++) {
            add("abc" + i, i < 200 ? 100 : i, i);
        }
        List<String> moved = new ArrayList<>();
        slices.giveUpLargest(row -> moved.add(key(row)));
        assertEquals(200, moved.size());
        assertTrue(moved.contains("abc7"));
        assertEquals(100, slices.rows());
        moved.forEach(due::remove);
        assertEquals(expected("abc", 0, 1_000), group("abc", 0, 1_000));
    }

    /** While a state is restored nobody knows the groups of rows that are removed. */
    @Test
    void findsByKeyAloneWhileRestoring() {
        open(64);
        slices.restoring(true);
        for (int i = 0; i < 300; i++) {
            add("abc" + i, i, i);
            add("g" + (100 + i), i, i);
        }
        for (int i = 0; i < 300; i += 2) {
            slices.removeFound(slices.findRestored(bytes("g" + (100 + i)), 4));
            due.remove("g" + (100 + i));
        }
        slices.restoring(false);
        assertEquals(0, slices.findRestored(bytes("g100"), 4));
        assertEquals(450, slices.rows());
        assertEquals(expected("abc", 0, 400), group("abc", 0, 400));
        freeUpTo(299, true);
    }

    /** Times at the ends of what can be written, as of rows that nothing but an end frees. */
    @Test
    void takesTheFirstAndTheLastTime() {
        open(1_000);
        add("abc1", Long.MIN_VALUE + 1, 1);
        add("abc2", Long.MAX_VALUE - 1, 2);
        assertEquals(List.of("abc1", "abc2"), group("abc", Long.MIN_VALUE, Long.MAX_VALUE));
        freeUpTo(Long.MIN_VALUE, true);
        freeUpTo(0, true);
        assertEquals(1, slices.rows());
        freeUpTo(Long.MAX_VALUE, true);
        assertEquals(0, slices.rows());
    }
}
