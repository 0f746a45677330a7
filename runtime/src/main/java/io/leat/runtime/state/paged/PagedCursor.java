package io.leat.runtime.state.paged;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.KeyedState;
import org.apache.arrow.memory.BufferAllocator;

/**
 * A cursor over pages. While nothing changes it knows page and slot of its entry (it is attached). Before that changes it is told to
 * note its key, and finds its way from there at the next move.
 */
final class PagedCursor implements KeyedState.Cursor {
    private final PagedState state;
    private final PageIndex index;
    private final Pages pages;
    private final BytesResult noted;
    private boolean standing;
    private boolean attached;
    private long place;
    private int page;
    private int slot;
    private long entry;
    /** The call that moved the cursor: its bytes are lent until the next one. */
    private long call;

    PagedCursor(PagedState state, PageIndex index, Pages pages, BufferAllocator allocator) {
        this.state = state;
        this.index = index;
        this.pages = pages;
        this.noted = new BytesResult(allocator);
    }

    // ---- moving

    @Override
    public boolean seek(long key, int keyLength) {
        call = state.call();
        long target = index.find(key, keyLength);
        int found = Page.find(pages.touch(index.page(target)), key, keyLength);
        return settleForward(target, found < 0 ? ~found : found);
    }

    @Override
    public boolean seekBefore(long key, int keyLength) {
        call = state.call();
        return before(key, keyLength);
    }

    private boolean before(long key, int keyLength) {
        long target = index.find(key, keyLength);
        int found = Page.find(pages.touch(index.page(target)), key, keyLength);
        return settleBackward(target, (found < 0 ? ~found : found) - 1);
    }

    @Override
    public boolean seekLast(long prefix, int prefixLength) {
        call = state.call();
        boolean moved;
        if (state.boundBehind(prefix, prefixLength)) {
            moved = before(state.bound().address(), state.bound().length());
        } else {
            long last = index.last();
            moved = settleBackward(last, pages.count(index.page(last)) - 1);
        }
        if (moved && !startsWith(prefix, prefixLength)) {
            leave();
        }
        return standing;
    }

    @Override
    public boolean first() {
        call = state.call();
        return settleForward(index.first(), 0);
    }

    @Override
    public boolean next() {
        call = state.call();
        if (attached) {
            return settleForward(place, slot + 1);
        }
        if (!standing) {
            return false;
        }
        long target = index.find(noted.address(), noted.length());
        int found = Page.find(pages.touch(index.page(target)), noted.address(), noted.length());
        return settleForward(target, found < 0 ? ~found : found + 1);
    }

    @Override
    public boolean previous() {
        call = state.call();
        if (attached) {
            return settleBackward(place, slot - 1);
        }
        return standing && before(noted.address(), noted.length());
    }

    /** Stands at a slot, or at the first one behind its page. */
    private boolean settleForward(long target, int targetSlot) {
        if (targetSlot < pages.count(index.page(target))) {
            return settle(target, targetSlot);
        }
        long next = index.next(target);
        // No page is empty, except the only one of an empty state.
        return next == PageIndex.NONE ? leave() : settle(next, 0);
    }

    /** Stands at a slot, or at the last one before its page. */
    private boolean settleBackward(long target, int targetSlot) {
        if (targetSlot >= 0) {
            return settle(target, targetSlot);
        }
        long previous = index.previous(target);
        return previous == PageIndex.NONE ? leave() : settle(previous, pages.count(index.page(previous)) - 1);
    }

    private boolean settle(long newPlace, int newSlot) {
        place = newPlace;
        page = index.page(newPlace);
        slot = newSlot;
        entry = Page.entry(pages.touch(page), newSlot);
        standing = true;
        if (!attached) {
            attached = true;
            state.attached(1);
        }
        state.finish(page);
        return true;
    }

    private boolean leave() {
        standing = false;
        if (attached) {
            attached = false;
            state.attached(-1);
        }
        state.finish(-1);
        return false;
    }

    /** Notes the key, because the entry may move. */
    void detach() {
        if (attached) {
            noted.clear();
            noted.append(Page.key(entry), Page.keyLength(entry));
            attached = false;
            state.attached(-1);
        }
    }

    void detachFrom(int evicted) {
        if (page == evicted) {
            detach();
        }
    }

    @Override
    public void remove() {
        if (!standing) {
            throw new IllegalStateException("the cursor stands nowhere");
        }
        state.call();
        if (attached) {
            state.removeAt(place, page, slot);
        } else {
            state.remove(noted.address(), noted.length());
        }
        state.finish(-1);
    }

    // ---- reading

    @Override
    public boolean startsWith(long prefix, int prefixLength) {
        if (!standing) {
            return false;
        }
        long key = attached ? Page.key(entry) : noted.address();
        int length = attached ? Page.keyLength(entry) : noted.length();
        return prefixLength <= length && Memory.equal(prefix, key, prefixLength);
    }

    /** The entry, if nothing was called since the cursor moved there. */
    private long lent() {
        if (!attached || !state.isLast(call)) {
            throw new IllegalStateException("the bytes of a cursor are read after another call of the state");
        }
        return entry;
    }

    @Override
    public long keyAddress() {
        return Page.key(lent());
    }

    @Override
    public int keyLength() {
        return Page.keyLength(lent());
    }

    @Override
    public long valueAddress() {
        return Page.value(lent());
    }

    @Override
    public int valueLength() {
        return Page.valueLength(lent());
    }

    void close() {
        noted.close();
    }
}
