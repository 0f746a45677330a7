package io.leat.runtime.state;

import io.leat.runtime.window.Closing;
import io.leat.runtime.window.Windowing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The window state of one shard: per slice one hot table for each lane and each set of windows that its rows are on time for,
 * all over one store.
 *
 * <p>A window is the merge of its slices' tables, those with a {@code firstEnd} behind the window left out (lateness: a row
 * refused by a window is in a slice of it all the same). Tables are merged in the order of slice, first window end and lane, so
 * that sums of floating-point numbers come out the same however the lanes took turns.
 */
public final class SlicedState implements WindowState {
    private static final int SPARE_TABLES = 4;
    /** Groups read back from the store at a time when a window fires. */
    private static final int CHUNK = 4096;
    /** At the end of an epoch as many groups are written to the store as this share of those that may be hot, so that it is short. */
    private static final int FLUSHED_SHARE = 64;

    private static final int LEAST_FLUSHED = 4096;

    private final Closing closing;
    private final AggregateTable prototype;
    private final StoreLink link;
    private final SliceMap<Slice> slices = new SliceMap<>();
    private final Deque<AggregateTable> spare = new ArrayDeque<>();
    private final AggregateTable merged;
    private int lane;
    private final Supplier<KeyedState> valueOpener;
    private final BufferAllocator allocator;
    private long lastFired = Windowing.NEVER;
    private ValueCounts values;

    /** The tables of one slice, in the order in which they are merged. */
    private static final class Slice {
        private final long start;
        private final List<HotTable> tables = new ArrayList<>();

        Slice(long start) {
            this.start = start;
        }
    }

    /**
     * @param closing by the end of windows, a slice is what all windows with the same end hold, and is known by that end
     * @param prototype an empty table of the generated class; owned by this state from now on
     * @param opener opens the store at the first need
     * @param hotEntries how many groups the hot tables may hold together
     * @param valueOpener opens the state for values of groups at the first need
     */
    public SlicedState(
            Closing closing,
            AggregateTable prototype,
            Supplier<StateStore> opener,
            int hotEntries,
            Supplier<KeyedState> valueOpener,
            BufferAllocator allocator) {
        this.closing = closing;
        this.valueOpener = valueOpener;
        this.allocator = allocator;
        this.prototype = prototype;
        this.merged = create();
        this.link = new StoreLink(opener, allocator, hotEntries, this::hotEntries);
    }

    @Override
    public void lane(int newLane) {
        lane = newLane;
    }

    @Override
    public AggregateTable slice(long sliceStart) {
        return slice(sliceStart, HotTable.ALL);
    }

    @Override
    public AggregateTable slice(long sliceStart, long firstEnd) {
        return hotTable(sliceStart, firstEnd).table();
    }

    private HotTable hotTable(long sliceStart, long firstEnd) {
        Slice slice = slices.get(sliceStart);
        if (slice == null) {
            slice = new Slice(sliceStart);
            slices.put(sliceStart, slice);
        }
        List<HotTable> tables = slice.tables;
        int at = 0;
        for (; at < tables.size(); at++) {
            HotTable table = tables.get(at);
            if (table.firstEnd() == firstEnd && table.lane() == lane) {
                return table;
            }
            if (table.firstEnd() > firstEnd || table.firstEnd() == firstEnd && table.lane() > lane) {
                break;
            }
        }
        AggregateTable fresh = spare.isEmpty() ? create() : spare.pop();
        fresh.piece(sliceStart);
        HotTable added = new HotTable(link, fresh, sliceStart, firstEnd, lane);
        tables.add(at, added);
        return added;
    }

    private AggregateTable create() {
        AggregateTable table = prototype.create();
        table.belongTo(prototype, this::values);
        return table;
    }

    @Override
    public ValueCounts values() {
        if (values == null) {
            values = new ValueCounts(valueOpener.get(), allocator);
        }
        return values;
    }

    @Override
    public void fireUpTo(long watermark, WindowVisitor visitor) {
        if (closing instanceof Closing.AtEnd) {
            if (watermark == Windowing.END && slices.size() > 0) {
                fire(Windowing.NEVER, Windowing.END, slices.get(slices.first()).tables, visitor);
                drop(slices.removeFirst());
            }
            if (watermark == Windowing.END && values != null) {
                values.clear();
            }
        } else if (closing instanceof Closing.BySlice bySlice) {
            fireUpTo(watermark, bySlice.windowing(), visitor);
        } else {
            while (slices.size() > 0 && slices.first() <= watermark) {
                long end = slices.first();
                fire(Windowing.NEVER, end, slices.get(end).tables, visitor);
                drop(slices.removeFirst());
            }
        }
    }

    private void fireUpTo(long watermark, Windowing windows, WindowVisitor visitor) {
        while (slices.size() > 0) {
            long end = windows.firstEnd(slices.first());
            if (lastFired != Windowing.NEVER) {
                end = Math.max(end, lastFired + windows.slide());
            }
            if (end > watermark) {
                return;
            }
            long start = windows.startOf(end);
            List<HotTable> tables = tablesOf(start, end);
            if (windows.isCumulating()) {
                fold(tables);
            }
            fire(start, end, tables, visitor);
            lastFired = end;
            while (slices.size() > 0 && windows.lastEnd(slices.first()) <= end) {
                drop(slices.removeFirst());
            }
        }
    }

    private List<HotTable> tablesOf(long windowStart, long windowEnd) {
        List<HotTable> tables = new ArrayList<>();
        for (int rank = slices.rankOf(windowStart); rank < slices.size(); rank++) {
            Slice slice = slices.get(slices.start(rank));
            if (slice.start >= windowEnd) {
                break;
            }
            for (HotTable table : slice.tables) {
                if (table.firstEnd() <= windowEnd && !table.isEmpty()) {
                    tables.add(table);
                }
            }
        }
        return tables;
    }

    /**
     * Puts all tables into the first. Later windows that need one of them need them all, and no row comes for them any more: what
     * comes now is on time only for windows that have not fired.
     */
    private void fold(List<HotTable> tables) {
        if (tables.size() < 2) {
            return;
        }
        HotTable first = tables.get(0);
        // What was saved of the others has another place now.
        link.noted().giveUp();
        try (AggregateTable copy = create()) {
            for (HotTable table : tables.subList(1, tables.size())) {
                first.table().merge(table.isWhole() ? table.table() : table.whole(copy));
                slices.get(table.sliceStart()).tables.remove(table);
                drop(table);
            }
        }
        tables.subList(1, tables.size()).clear();
    }

    private void fire(long start, long end, List<HotTable> tables, WindowVisitor visitor) {
        if (!tables.isEmpty()) {
            // Where values of groups are kept, a window is one piece.
            merged.piece(tables.get(0).sliceStart());
        }
        if (tables.size() == 1) {
            tables.get(0).forEachChunk(merged, CHUNK, groups -> visitor.groups(start, end, groups));
            return;
        }
        if (tables.isEmpty()) {
            return;
        }
        try (AggregateTable copy = create()) {
            for (HotTable table : tables) {
                merged.merge(table.isWhole() ? table.table() : table.whole(copy));
            }
        }
        visitor.groups(start, end, merged);
        merged.shrink();
    }

    private void drop(Slice slice) {
        if (values != null && !(closing instanceof Closing.AtEnd)) {
            values.forget(slice.start);
        }
        slice.tables.forEach(this::drop);
    }

    private void drop(HotTable table) {
        table.close();
        if (spare.size() < SPARE_TABLES) {
            table.table().shrink();
            spare.push(table.table());
        } else {
            table.table().close();
        }
    }

    @Override
    public void save(StateWriter out) {
        List<HotTable> tables = tables();
        SectionWriter fired = out.whole();
        fired.entry();
        fired.putLong(lastFired);
        fired.putInt(tables.size());
        tables.forEach(table -> table.place().write(fired));
        saveGroups(tables, out.of("groups"));
        if (values != null) {
            values.save(out.of("values"));
        }
    }

    private List<HotTable> tables() {
        List<HotTable> tables = new ArrayList<>();
        for (int rank = 0; rank < slices.size(); rank++) {
            tables.addAll(slices.get(slices.start(rank)).tables);
        }
        return tables;
    }

    /** Groups that left memory may be counted twice. */
    private static long entries(List<HotTable> tables) {
        return tables.stream().allMatch(HotTable::isWhole)
                ? tables.stream().mapToLong(HotTable::entries).sum()
                : StateWriter.UNKNOWN;
    }

    private void saveGroups(List<HotTable> tables, StateWriter out) {
        if (link.noted().isOpen() && out.goOn()) {
            link.noted().save(out);
            tables.forEach(table -> table.saveChanged(out));
        } else {
            try (AggregateTable copy = create()) {
                tables.forEach(table -> table.save(copy, out));
            }
        }
        out.holds(entries(tables));
        if (out.isFollowed()) {
            link.noted().begin();
        } else {
            link.noted().giveUp();
        }
    }

    /** Windows that have fired for any worker have fired for all: at the end of an epoch all have the same watermark. */
    @Override
    public void restore(StateReader in) {
        Set<GroupSections.Place> kept = new HashSet<>();
        in.wholeOfAll(fired -> lastFired = Math.max(lastFired, readPlaces(fired, kept)));
        restoreGroups(in.of("groups"), kept);
        if (!in.of("values").isEmpty()) {
            values().restore(in.of("values"));
        }
    }

    /** Reads which windows are open in a section for the whole; answers which one has fired last. */
    static long readPlaces(SectionReader fired, Set<GroupSections.Place> into) {
        fired.next();
        long last = fired.getLong();
        for (int left = fired.getInt(); left > 0; left--) {
            into.add(GroupSections.Place.read(fired));
        }
        return last;
    }

    private void restoreGroups(StateReader in, Set<GroupSections.Place> kept) {
        // What will not fit goes to the store at once, which has room for all of it from the start.
        boolean stored = prototype.sets() == 0 && in.entries() > link.hotEntries();
        if (stored) {
            link.store().reserve(in.entries());
        }
        try (GroupSections.Source source = new GroupSections.Source(create(), allocator)) {
            in.partitions(section -> {
                while (section.next()) {
                    GroupSections.Place place = GroupSections.Place.read(section);
                    source.read(section);
                    if (kept.contains(place)) { // otherwise its windows have fired since it was written
                        lane(place.lane());
                        HotTable table = hotTable(place.sliceStart(), place.firstEnd());
                        if (stored) {
                            table.restoreStored(source, section.isMore());
                        } else {
                            table.restore(source);
                        }
                    }
                }
            });
        }
        List<HotTable> tables = tables();
        in.restored(entries(tables));
        if (in.isFollowed()) {
            tables.forEach(table -> GroupSections.markSaved(table.table()));
            link.noted().begin();
        }
    }

    @Override
    public void endEpoch() {
        if (link.isWritten()) {
            flush();
        }
        if (link.isOpen()) {
            link.store().endEpoch();
        }
        if (values != null) {
            values.endEpoch();
        }
    }

    /** Writes groups ahead of need, so that fewer are to be written when tables must be emptied. */
    private void flush() {
        int left = Math.max(LEAST_FLUSHED, link.hotEntries() / FLUSHED_SHARE);
        for (int rank = 0; rank < slices.size(); rank++) {
            for (HotTable table : slices.get(slices.start(rank)).tables) {
                left -= table.flush(left);
            }
        }
    }

    @Override
    public int slices() {
        return slices.size();
    }

    @Override
    public long entries() {
        long total = 0;
        for (int rank = 0; rank < slices.size(); rank++) {
            for (HotTable table : slices.get(slices.start(rank)).tables) {
                total += table.entries();
            }
        }
        return total;
    }

    @Override
    public long valueEntries() {
        return values == null ? 0 : values.entries();
    }

    private long hotEntries() {
        long total = 0;
        for (int rank = 0; rank < slices.size(); rank++) {
            for (HotTable table : slices.get(slices.start(rank)).tables) {
                total += table.table().size();
            }
        }
        return total;
    }

    @Override
    public long bytes() {
        long total = merged.bytes();
        for (int rank = 0; rank < slices.size(); rank++) {
            for (HotTable table : slices.get(slices.start(rank)).tables) {
                total += table.bytes();
            }
        }
        return total;
    }

    @Override
    public void close() {
        link.close(); // with all that is in the store: nothing is to be taken out of it one by one
        while (slices.size() > 0) {
            drop(slices.removeFirst());
        }
        spare.forEach(AggregateTable::close);
        spare.clear();
        merged.close();
        prototype.close();
        if (values != null) {
            values.close();
        }
        link.free();
    }
}
