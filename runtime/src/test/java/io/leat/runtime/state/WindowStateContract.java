package io.leat.runtime.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.heap.HeapState;
import io.leat.runtime.window.Closing;
import io.leat.runtime.window.Windowing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows over every store give what a list of rows gives. Subclasses say how stores are opened. */
public abstract class WindowStateContract {
    private static final int LARGE_TEXT = 6_000;

    private final BufferAllocator allocator = new RootAllocator();
    private final ArrowBuf scratch = allocator.buffer(1 << 16);
    private int opened;

    protected abstract StateStore.Factory stores();

    /**
     * A row that was put into a window.
     *
     * @param firstEnd of the windows it is on time for
     */
    private record Row(long ts, long firstEnd, String key, String text) {}

    /** A group that a slice holds until its last window has closed. */
    private record Kept(long slice, long firstEnd, int lane, String key) {}

    @AfterEach
    void free() {
        scratch.close();
        allocator.close();
    }

    private SlicedState state(Closing closing, int hotEntries) {
        return new SlicedState(
                closing,
                new TextCounts(allocator),
                () -> {
                    opened++;
                    return stores().open("windows", 48, 28);
                },
                hotEntries,
                () -> new HeapState(allocator),
                allocator);
    }

    private void add(WindowState state, long slice, Row row, boolean narrow) {
        AggregateTable table = row.firstEnd() == HotTable.ALL ? state.slice(slice) : state.slice(slice, row.firstEnd());
        byte[] key = row.key() == null ? new byte[0] : row.key().getBytes(StandardCharsets.UTF_8);
        byte[] text = row.text() == null ? new byte[0] : row.text().getBytes(StandardCharsets.UTF_8);
        long keyAt = scratch.memoryAddress();
        Memory.copy(key, 0, keyAt, key.length);
        Memory.copy(text, 0, keyAt + key.length, text.length);
        ((TextCounts) table)
                .add(row.key(), keyAt, key.length, keyAt + key.length, row.text() == null ? -1 : text.length, narrow);
    }

    private static List<String> fire(WindowState state, long watermark) {
        List<String> fired = new ArrayList<>();
        long[] lastEnd = {Long.MIN_VALUE};
        state.fireUpTo(watermark, (start, end, groups) -> {
            assertTrue(end >= lastEnd[0], "windows fire in the order of their ends");
            lastEnd[0] = end;
            for (int i = 0; i < groups.size(); i++) {
                fired.add(end + " " + ((TextCounts) groups).describe(groups.entry(i)));
            }
        });
        return fired.stream().sorted().toList();
    }

    /** What a window of these rows says, in a plain way. */
    private static List<String> expected(List<Row> rows, Windowing windows, long from, long to) {
        List<String> fired = new ArrayList<>();
        for (long end = windows.size() % windows.slide(); end <= to; end += windows.slide()) {
            Map<String, long[]> counts = new TreeMap<>();
            Map<String, String> least = new TreeMap<>();
            for (Row row : rows) {
                long start =
                        windows.isCumulating() ? (end - 1) / windows.size() * windows.size() : end - windows.size();
                boolean inside = row.ts() >= start && row.ts() < end && row.firstEnd() <= end;
                if (end > from && inside) {
                    counts.computeIfAbsent("" + row.key(), key -> new long[1])[0]++;
                    if (row.text() != null) {
                        least.merge("" + row.key(), row.text(), (a, b) -> a.compareTo(b) <= 0 ? a : b);
                    }
                }
            }
            for (Map.Entry<String, long[]> each : counts.entrySet()) {
                fired.add(end + " " + each.getKey() + " " + each.getValue()[0] + " " + least.get(each.getKey()));
            }
        }
        return fired.stream().sorted().toList();
    }

    @ParameterizedTest
    @CsvSource({
        "HOP,10,10,16",
        "HOP,10,10,100",
        "HOP,10,10,100000",
        "HOP,10,4,16",
        "HOP,10,4,300",
        "HOP,10,4,100000",
        "HOP,12,3,40",
        "CUMULATE,12,3,16",
        "CUMULATE,12,3,300",
        "CUMULATE,12,3,100000",
        "CUMULATE,40,2,200",
        "CUMULATE,5,5,100"
    })
    void agreesWithAListOfRows(Windowing.Shape shape, long size, long slide, int hotEntries) {
        for (long seed = 1; seed <= 6; seed++) {
            runRandom(
                    shape == Windowing.Shape.HOP ? Windowing.hop(size, slide, 0) : Windowing.cumulate(size, slide, 0),
                    hotEntries,
                    seed);
        }
    }

    private void runRandom(Windowing windows, int hotEntries, long seed) {
        String run = windows + ", " + hotEntries + " hot entries, seed " + seed;
        SplittableRandom random = new SplittableRandom(seed);
        int keys = 1 + random.nextInt(200);
        boolean narrow = random.nextInt(3) == 0;
        List<Row> rows = new ArrayList<>();
        Set<Kept> kept = new HashSet<>();
        long watermark = 0;
        SlicedState state = state(new Closing.BySlice(windows), hotEntries);
        try {
            for (int i = 0; i < 3_000; i++) {
                if (random.nextInt(400) == 0) {
                    state = moved(state, windows, hotEntries);
                }
                int lane = random.nextInt(2);
                state.lane(lane);
                Row added = addRandom(state, windows, rows, random, keys, watermark, narrow);
                if (added != null) {
                    kept.add(new Kept(windows.sliceStart(added.ts()), added.firstEnd(), lane, "" + added.key()));
                }
                boolean written = random.nextInt(60) == 0;
                if (written) {
                    state.endEpoch();
                }
                if (random.nextInt(100) == 0) {
                    long next = watermark + random.nextInt(12);
                    assertEquals(expected(rows, windows, watermark, next), fire(state, next), run);
                    watermark = next;
                    kept.removeIf(group -> windows.lastEnd(group.slice()) <= next);
                }
                // Until they are written, groups that are new may be counted with those that are known.
                assertTrue(state.entries() <= kept.size(), run);
                if (written && !windows.isCumulating()) {
                    assertEquals(kept.size(), state.entries(), run);
                }
                long slices = kept.stream().map(Kept::slice).distinct().count();
                // Slices that were folded into others are counted with those as long as nobody takes the state over.
                assertTrue(windows.isCumulating() ? state.slices() <= slices : state.slices() == slices, run);
            }
            assertEquals(expected(rows, windows, watermark, watermark + 1_000), fire(state, Windowing.END), run);
            assertEquals(0, state.slices(), run);
            assertEquals(0, state.entries(), run);
        } finally {
            state.close();
        }
    }

    /** Another state that has taken over what this one wrote down. */
    private SlicedState moved(SlicedState state, Windowing windows, int hotEntries) {
        SavedSections saved = new SavedSections();
        state.save(saved);
        state.close();
        SlicedState other = state(new Closing.BySlice(windows), hotEntries);
        other.restore(saved.reader(0, 1));
        return other;
    }

    private Row addRandom(
            SlicedState state,
            Windowing windows,
            List<Row> rows,
            SplittableRandom random,
            int keys,
            long watermark,
            boolean narrow) {
        long ts = Math.max(0, watermark + random.nextInt(-15, 25));
        long slice = windows.sliceStart(ts);
        long first = windows.firstEnd(slice);
        long open = Windowing.firstOpenEnd(first, windows.slide(), watermark);
        if (open > windows.lastEnd(slice)) {
            return null;
        }
        int number = random.nextInt(keys);
        String key = number == 0 ? null : number == 1 ? "" : "key " + number;
        String text = random.nextInt(5) == 0
                ? null
                : random.nextInt(500) == 0 ? "z".repeat(LARGE_TEXT) : Integer.toString(random.nextInt(10_000));
        Row row = new Row(ts, open == first ? HotTable.ALL : open, key, text);
        rows.add(row);
        add(state, slice, row, narrow);
        return row;
    }

    @Test
    void groupsOverAllRowsFireAtTheEnd() {
        try (SlicedState state = state(new Closing.AtEnd(), 20)) {
            for (int i = 0; i < 500; i++) {
                add(state, 0, new Row(0, HotTable.ALL, "k" + i % 50, "t" + i), false);
            }
            assertEquals(List.of(), fire(state, 1_000));
            state.endEpoch();
            List<String> fired = fire(state, Windowing.END);
            assertEquals(50, fired.size());
            assertTrue(fired.stream().allMatch(group -> group.contains(" 10 t")), fired.toString());
        }
    }

    @Test
    void aStateThatFitsNeverOpensAStore() {
        try (SlicedState state = state(new Closing.BySlice(Windowing.tumble(10, 0)), 1_000)) {
            for (int i = 0; i < 500; i++) {
                add(state, i / 10 * 10, new Row(i, HotTable.ALL, "k" + i % 7, null), false);
            }
            fire(state, 490);
            assertEquals(7, state.entries());
            assertTrue(state.bytes() > 0);
        }
        assertEquals(0, opened);
    }

    @Test
    void anEpochEndWritesEachChangedGroupOnceAndNothingElse() {
        CountingStores counting = new CountingStores();
        try (SlicedState state = new SlicedState(
                new Closing.BySlice(Windowing.tumble(10, 0)),
                new TextCounts(allocator),
                () -> counting.open("counted", 48, 28),
                39,
                () -> new HeapState(allocator),
                allocator)) {
            for (int i = 0; i < 100; i++) {
                add(state, 0, new Row(1, HotTable.ALL, "k" + i % 20, null), false);
            }
            state.endEpoch();
            assertEquals(20, counting.puts());
            state.endEpoch();
            assertEquals(20, counting.puts());
            add(state, 0, new Row(2, HotTable.ALL, "k3", null), false);
            add(state, 10, new Row(12, HotTable.ALL, "k3", null), false);
            state.endEpoch();
            assertEquals(22, counting.puts());
            fire(state, 10);
            // The slice is gone from the store, too; the other one stays.
            assertEquals(1, counting.size());
        }
    }

    @Test
    void closingInTheMiddleFreesEverything() {
        SlicedState state = state(new Closing.BySlice(Windowing.tumble(10, 0)), 16);
        for (int i = 0; i < 1_000; i++) {
            add(state, i % 5 * 10, new Row(i, HotTable.ALL, "k" + i % 100, "t"), false);
        }
        state.endEpoch();
        state.close();
    }
}
