package io.leat.runtime.local;

import io.leat.runtime.window.Windowing;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The watermarks of all partitions of a phase, for one purpose: an idle partition raises its own to the least of the active ones that
 * it meets in an operator. Each slot has one writer; values read may be a moment old, which only makes a raise smaller.
 */
final class WatermarkBoard {
    private static final int ACTIVE = 0;
    private static final int IDLE = 1;
    private static final int ENDED = 2;

    private final AtomicLongArray watermarks;
    private final AtomicIntegerArray states;
    private final int[] groups;

    /**
     * @param groups for each slot the group of partitions whose rows meet in an operator
     */
    WatermarkBoard(int[] groups) {
        this.groups = groups;
        this.watermarks = new AtomicLongArray(groups.length);
        this.states = new AtomicIntegerArray(groups.length);
        for (int slot = 0; slot < groups.length; slot++) {
            watermarks.set(slot, Windowing.NEVER);
        }
    }

    void active(int slot, long watermark) {
        watermarks.set(slot, watermark);
        states.set(slot, ACTIVE);
    }

    void idle(int slot) {
        states.set(slot, IDLE);
    }

    void ended(int slot) {
        states.set(slot, ENDED);
    }

    /** The least watermark of the active partitions that this one meets; {@link Windowing#NEVER} if none is active. */
    long leastActive(int slot) {
        long least = Windowing.END;
        boolean any = false;
        for (int other = 0; other < groups.length; other++) {
            if (other != slot && groups[other] == groups[slot] && states.get(other) == ACTIVE) {
                least = Math.min(least, watermarks.get(other));
                any = true;
            }
        }
        return any ? least : Windowing.NEVER;
    }
}
