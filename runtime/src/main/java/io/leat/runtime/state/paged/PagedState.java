package io.leat.runtime.state.paged;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.ChangeLog;
import io.leat.runtime.state.KeyedSections;
import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateStore;
import io.leat.runtime.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.LongToIntFunction;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;

/**
 * A state in sorted pages outside the heap. A full page is divided, one that is nearly empty joins a neighbour. Beyond a budget pages go
 * to a store, whole and by number, and come back when they are touched. Pages leave memory at the end of a call only, and never the one
 * that the call lends bytes of.
 */
public final class PagedState implements KeyedState {
    /** Bytes of a page with the room that a store needs beside it: entries of 4 KiB and more are kept apart there. */
    public static final int PAGE_BYTES = 3 << 10;

    private static final int NONE = -1;

    private final Pages pages;
    private final PageIndex index;
    private final long scratch;
    private final PageFrames scratchFrame;
    /** The entry of a call that moves pages about: what came with the call may have been lent from one of them. */
    private final BytesResult staged;

    private final BytesResult bound;
    private final BufferAllocator allocator;
    /** Walks over everything when it is saved; null before the first time. */
    private Cursor saving;
    /** What has changed since the last time. */
    private final ChangeLog changes;

    private final List<PagedCursor> cursors = new ArrayList<>();
    /** How many cursors know where their entry is, which no call may change without telling them. */
    private int attached;

    private final IntConsumer dropped = this::drop;
    private long entries;
    private long calls;
    private boolean closed;

    /**
     * @param store opens what pages go to; asked when it is first needed
     * @param pageBytes the size of pages
     * @param hotBytes bytes of pages that may stay in memory between calls; one page stays always
     */
    public PagedState(Supplier<StateStore> store, BufferAllocator allocator, int pageBytes, long hotBytes) {
        this.allocator = allocator;
        this.pages = new Pages(store, allocator, pageBytes, hotBytes, this::detach);
        this.index = new PageIndex(allocator, pages.create());
        this.scratchFrame = new PageFrames(allocator, pageBytes);
        this.scratch = scratchFrame.take(pageBytes);
        this.staged = new BytesResult(allocator);
        this.bound = new BytesResult(allocator);
        this.changes = new ChangeLog(allocator);
    }

    // ---- entries

    @Override
    public void put(long key, int keyLength, long value, int valueLength) {
        KeyedState.check(keyLength, valueLength);
        calls++;
        long place = index.find(key, keyLength);
        int page = index.page(place);
        long at = pages.touch(page);
        int slot = Page.find(at, key, keyLength);
        pages.changed(page);
        note(slot < 0 ? ChangeLog.ADDED : ChangeLog.REPLACED, key, keyLength, value, valueLength);
        if (slot >= 0 && Page.valueLength(Page.entry(at, slot)) == valueLength) {
            Memory.copyShort(value, Page.value(Page.entry(at, slot)), valueLength);
        } else {
            detachAll();
            set(place, slot, key, keyLength, value, valueLength);
        }
        finish(page);
    }

    private void note(byte kind, long key, int keyLength, long value, int valueLength) {
        if (changes.isOpen()) {
            changes.note(kind, key, keyLength, value, valueLength, pages.bytes());
        }
    }

    /** Adds an entry, or gives it another value, at the slot that was found for it. */
    private void set(long place, int slot, long key, int keyLength, long value, int valueLength) {
        int page = index.page(place);
        long at = pages.touch(page);
        int free = slot < 0 ? ~slot : slot;
        if (slot < 0) {
            entries++;
            if (Page.fits(at, Page.entryBytes(keyLength, valueLength))) {
                Page.insert(at, free, key, keyLength, value, valueLength);
                return;
            }
        }
        staged.clear();
        staged.append(key, keyLength);
        staged.append(value, valueLength);
        if (slot >= 0) {
            Page.remove(at, slot, slot + 1);
        }
        insertStaged(place, page, free, keyLength);
    }

    /** Adds the staged entry at a slot of a page, or makes room by dividing the page. */
    private void insertStaged(long place, int page, int slot, int keyLength) {
        int valueLength = staged.length() - keyLength;
        int needed = Page.entryBytes(keyLength, valueLength);
        long at = pages.touch(page);
        int count = Page.count(at);
        if (count == 0) {
            at = pages.resize(page, needed);
        } else if (!Page.fits(at, needed)) {
            if (!Page.hasRoom(at, needed)) {
                divide(place, page, slot, keyLength);
                return;
            }
            Page.compact(at, scratch);
        }
        Page.insert(at, slot, staged.address(), keyLength, staged.address() + keyLength, valueLength);
        pages.changed(page);
    }

    /** Divides a page before adding the staged entry to one of the parts. An entry at one of its ends gets a new page. */
    private void divide(long place, int page, int slot, int keyLength) {
        long left = pages.touch(page);
        int count = Page.count(left);
        int newPage = pages.create();
        if (slot == 0) {
            long first = Page.entry(left, 0);
            int length = separator(staged.address(), keyLength, Page.key(first), Page.keyLength(first));
            index.insertBehind(place, Page.key(first), length, newPage);
            pages.swap(page, newPage);
            insertStaged(place, page, 0, keyLength);
        } else if (slot == count) {
            long last = Page.entry(left, count - 1);
            int length = separator(Page.key(last), Page.keyLength(last), staged.address(), keyLength);
            index.insertBehind(place, staged.address(), length, newPage);
            insertStaged(index.find(staged.address(), keyLength), newPage, 0, keyLength);
        } else {
            int middle = Page.middle(left);
            Page.append(left, middle, pages.touch(newPage));
            Page.remove(left, middle, count);
            pages.changed(page);
            long last = Page.entry(left, middle - 1);
            long first = Page.entry(pages.touch(newPage), 0);
            int length = separator(Page.key(last), Page.keyLength(last), Page.key(first), Page.keyLength(first));
            index.insertBehind(place, Page.key(first), length, newPage);
            long target = index.find(staged.address(), keyLength);
            boolean goesLeft = index.page(target) == page;
            insertStaged(target, index.page(target), goesLeft ? slot : slot - middle, keyLength);
        }
    }

    /** How much of the right key must be kept to lie behind the left one. */
    private static int separator(long left, int leftLength, long right, int rightLength) {
        return Memory.common(left, right, Math.min(leftLength, rightLength)) + 1;
    }

    @Override
    public boolean get(long key, int keyLength, BytesResult value) {
        calls++;
        int page = index.page(index.find(key, keyLength));
        long at = pages.touch(page);
        int slot = Page.find(at, key, keyLength);
        if (slot < 0) {
            value.setNull();
        } else {
            long entry = Page.entry(at, slot);
            value.view(Page.value(entry), Page.valueLength(entry));
        }
        finish(page);
        return slot >= 0;
    }

    @Override
    public long add(long key, int keyLength, long delta) {
        KeyedState.check(keyLength, Long.BYTES);
        calls++;
        long place = index.find(key, keyLength);
        int page = index.page(place);
        long at = pages.touch(page);
        int slot = Page.find(at, key, keyLength);
        long number = slot < 0 ? 0 : number(Page.entry(at, slot));
        long sum = Math.addExact(number, delta);
        if (sum == 0 && slot >= 0) {
            detachAll();
            removeSlot(place, page, slot);
        } else if (sum != 0) {
            pages.changed(page);
            if (slot < 0) {
                detachAll();
                addNumber(place, slot, key, keyLength, sum);
            } else {
                long value = Page.value(Page.entry(at, slot));
                Memory.putLong(value, sum);
                note(ChangeLog.REPLACED, key, keyLength, value, Long.BYTES);
            }
        }
        finish(page);
        return sum;
    }

    private static long number(long entry) {
        if (Page.valueLength(entry) != Long.BYTES) {
            throw new IllegalStateException("a value of " + Page.valueLength(entry) + " bytes is no number");
        }
        return Memory.getLong(Page.value(entry));
    }

    private void addNumber(long place, int slot, long key, int keyLength, long number) {
        long room = bound.reserve(Long.BYTES);
        Memory.putLong(room, number);
        note(ChangeLog.ADDED, key, keyLength, room, Long.BYTES);
        set(place, slot, key, keyLength, room, Long.BYTES);
    }

    // ---- removing

    @Override
    public boolean remove(long key, int keyLength) {
        calls++;
        long place = index.find(key, keyLength);
        int page = index.page(place);
        int slot = Page.find(pages.touch(page), key, keyLength);
        if (slot >= 0) {
            detachAll();
            removeSlot(place, page, slot);
        }
        finish(NONE);
        return slot >= 0;
    }

    private void removeSlot(long place, int page, int slot) {
        long at = pages.touch(page);
        noteRemoved(at, slot, slot + 1);
        Page.remove(at, slot, slot + 1);
        entries--;
        shrunk(place, page);
    }

    @Override
    public void removeRange(long from, int fromLength, long to, int toLength) {
        calls++;
        if (Memory.compare(from, fromLength, to, toLength) < 0) {
            remove(from, fromLength, to, toLength);
        }
        finish(NONE);
    }

    @Override
    public void removePrefix(long prefix, int prefixLength) {
        calls++;
        int length = behind(prefix, prefixLength);
        remove(prefix, prefixLength, bound.address(), length);
        finish(NONE);
    }

    /** Writes the least key behind all that begin with these bytes to {@link #bound}; its length, or -1 if there is none. */
    private int behind(long prefix, int prefixLength) {
        int last = prefixLength - 1;
        while (last >= 0 && Memory.getByte(prefix + last) == -1) {
            last--;
        }
        if (last < 0) {
            return NONE;
        }
        bound.clear();
        bound.append(prefix, last + 1);
        Memory.putByte(bound.address() + last, (byte) (Memory.getByte(prefix + last) + 1));
        return last + 1;
    }

    /** Removes a range that is not empty; it has no end if {@code toLength} is negative. */
    private void remove(long start, int fromLength, long to, int toLength) {
        staged.clear();
        staged.append(start, fromLength);
        long from = staged.address();
        long first = index.find(from, fromLength);
        long last = toLength < 0 ? index.last() : index.find(to, toLength);
        int firstPage = index.page(first);
        int lastPage = index.page(last);
        int begin = slot(Page.find(pages.touch(firstPage), from, fromLength));
        long lastAt = pages.touch(lastPage);
        int end = toLength < 0 ? Page.count(lastAt) : slot(Page.find(lastAt, to, toLength));
        detachAll();
        if (firstPage == lastPage) {
            cut(firstPage, begin, end);
        } else {
            cut(firstPage, begin, pages.count(firstPage));
            cut(lastPage, 0, end);
            index.removeBetween(first, last, dropped);
            shrunk(index.next(first), lastPage);
        }
        long left = index.find(from, fromLength);
        shrunk(left, index.page(left));
    }

    private static int slot(int found) {
        return found < 0 ? ~found : found;
    }

    private void cut(int page, int begin, int end) {
        if (begin < end) {
            long at = pages.touch(page);
            noteRemoved(at, begin, end);
            Page.remove(at, begin, end);
            pages.changed(page);
            entries -= end - begin;
        }
    }

    private void noteRemoved(long page, int begin, int end) {
        for (int slot = begin; slot < end && changes.isOpen(); slot++) {
            long entry = Page.entry(page, slot);
            note(ChangeLog.REMOVED, Page.key(entry), Page.keyLength(entry), 0, 0);
        }
    }

    private void drop(int page) {
        if (changes.isOpen()) {
            noteRemoved(pages.touch(page), 0, pages.count(page));
        }
        entries -= pages.count(page);
        pages.drop(page);
    }

    /** Drops a page that has become empty, and joins one that is nearly empty with a neighbour that has room for it. */
    private void shrunk(long place, int page) {
        pages.changed(page);
        if (pages.count(page) == 0) {
            if (index.isSingle()) {
                pages.resize(page, 0);
            } else {
                index.remove(place);
                pages.drop(page);
            }
        } else if (pages.used(page) < pages.pageBytes() / 4) {
            long next = index.next(place);
            long previous = index.previous(place);
            if (next != PageIndex.NONE && canJoin(page, next)) {
                join(page, next);
            } else if (previous != PageIndex.NONE && canJoin(index.page(previous), place)) {
                join(index.page(previous), place);
            }
        }
    }

    /** Whether two neighbouring pages together would leave some room free in one. */
    private boolean canJoin(int left, long rightPlace) {
        int used = pages.used(left) + pages.used(index.page(rightPlace));
        return used <= pages.pageBytes() / 4 * 3 - Page.HEADER && index.canJoinPrevious(rightPlace);
    }

    private void join(int left, long rightPlace) {
        int right = index.page(rightPlace);
        long into = pages.touch(left);
        Page.compact(into, scratch);
        Page.append(pages.touch(right), 0, into);
        pages.changed(left);
        index.remove(rightPlace);
        pages.drop(right);
    }

    // ---- cursors

    @Override
    public Cursor cursor() {
        PagedCursor cursor = new PagedCursor(this, index, pages, allocator);
        cursors.add(cursor);
        return cursor;
    }

    /** Counts a call of a cursor, after which what was lent before is no longer valid. */
    long call() {
        return ++calls;
    }

    boolean isLast(long call) {
        return calls == call;
    }

    void attached(int change) {
        attached += change;
    }

    /** Removes what a cursor stands at. */
    void removeAt(long place, int page, int slot) {
        detachAll();
        removeSlot(place, page, slot);
    }

    /** Whether there is a key behind all that begin with these bytes; it stands in {@link #bound} then. */
    boolean boundBehind(long prefix, int prefixLength) {
        return behind(prefix, prefixLength) >= 0;
    }

    BytesResult bound() {
        return bound;
    }

    private void detachAll() {
        for (int i = 0; attached > 0; i++) {
            cursors.get(i).detach();
        }
    }

    private void detach(int page) {
        for (int i = 0; attached > 0 && i < cursors.size(); i++) {
            cursors.get(i).detachFrom(page);
        }
    }

    /** Ends a call that lends bytes of a page, or of none. */
    void finish(int lent) {
        if (pages.isOverBudget()) {
            pages.trim(lent);
        }
    }

    // ---- the whole

    @Override
    public long entries() {
        return entries;
    }

    @Override
    public long bytes() {
        return pages.bytes() + index.bytes() + changes.bytes();
    }

    /** Pages in memory. */
    int hotPages() {
        return pages.hotPages();
    }

    /** Whether any page had to go to the store. */
    boolean usesStore() {
        return pages.usesStore();
    }

    @Override
    public void save(StateWriter out, LongToIntFunction partition) {
        if (changes.isOpen() && out.goOn()) {
            KeyedSections.save(changes, partition, out);
        } else {
            if (saving == null) {
                saving = cursor();
            }
            KeyedSections.save(saving, partition, out);
        }
        out.holds(entries);
        if (out.isFollowed()) {
            changes.begin();
        } else {
            changes.giveUp();
        }
    }

    @Override
    public void restore(StateReader in) {
        KeyedSections.restore(this, allocator, in);
        in.restored(entries);
        if (in.isFollowed()) {
            changes.begin();
        }
    }

    @Override
    public void endEpoch() {
        pages.endEpoch();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        cursors.forEach(PagedCursor::close);
        pages.close();
        index.close();
        scratchFrame.close();
        staged.close();
        bound.close();
        changes.close();
    }
}
