package io.leat.runtime.local;

import io.leat.runtime.window.Windowing;
import java.util.Arrays;

/**
 * The watermarks of all partitions of a phase, for one purpose: an idle partition raises its own to the least of the active ones that
 * it meets in an operator. Each slot has one writer; values read may be a moment old, which only makes a raise smaller.
 */
final class WatermarkBoard {
    private enum State {
        ACTIVE,
        IDLE,
        ENDED
    }

    /** The place of a partition. */
    private static final class Slot {
        private final int group;
        private volatile long watermark = Windowing.NEVER;
        private volatile State state = State.ACTIVE;
        /** Whether nothing came although everything was read. */
        private volatile boolean silent;

        Slot(int group) {
            this.group = group;
        }
    }

    private volatile Slot[] slots;

    /**
     * @param groups for each slot the group of partitions whose rows meet in an operator
     */
    WatermarkBoard(int[] groups) {
        this.slots = Arrays.stream(groups).mapToObj(Slot::new).toArray(Slot[]::new);
    }

    /** A slot for one more partition, active, that meets the same ones as that of another slot. */
    synchronized int add(int like, long watermark) {
        Slot[] more = Arrays.copyOf(slots, slots.length + 1);
        Slot added = new Slot(slots[like].group);
        added.watermark = watermark;
        more[slots.length] = added;
        slots = more;
        return more.length - 1;
    }

    void active(int slot, long watermark) {
        slots[slot].watermark = watermark;
        slots[slot].state = State.ACTIVE;
        slots[slot].silent = false;
    }

    /** Nothing is to be read in the partition, for now. */
    void silent(int slot) {
        slots[slot].silent = true;
    }

    void idle(int slot) {
        slots[slot].state = State.IDLE;
    }

    void ended(int slot) {
        slots[slot].state = State.ENDED;
    }

    /**
     * The least watermark of those that this one meets and that have rows to be read, or may have; {@link Windowing#END} if there is none
     * but it.
     */
    long leastToRead(int slot) {
        Slot[] all = slots;
        long least = Windowing.END;
        for (Slot other : all) {
            if (other != all[slot] && other.group == all[slot].group && other.state == State.ACTIVE && !other.silent) {
                least = Math.min(least, other.watermark);
            }
        }
        return least;
    }

    /** The least watermark of the active partitions that this one meets; {@link Windowing#NEVER} if none is active. */
    long leastActive(int slot) {
        Slot[] all = slots;
        long least = Windowing.END;
        boolean any = false;
        for (Slot other : all) {
            if (other != all[slot] && other.group == all[slot].group && other.state == State.ACTIVE) {
                least = Math.min(least, other.watermark);
                any = true;
            }
        }
        return any ? least : Windowing.NEVER;
    }
}
