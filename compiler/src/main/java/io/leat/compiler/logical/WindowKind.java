package io.leat.compiler.logical;

import io.leat.runtime.window.Windowing;
import java.time.ZoneId;

/** Which windows rows are assigned to. All times are microseconds. */
public sealed interface WindowKind {

    /** Whether each row belongs to exactly one window. */
    boolean isTumbling();

    /** Whether all windows that begin together end together, wherever that is. */
    boolean startDetermines();

    /** Windows on an even grid of time. */
    record Even(Windowing windowing) implements WindowKind {
        @Override
        public boolean isTumbling() {
            return windowing.isTumbling();
        }

        @Override
        public boolean startDetermines() {
            return !windowing.isCumulating();
        }
    }

    /** Runs of rows without a gap of this length between them. */
    record Session(long gap) implements WindowKind {
        @Override
        public boolean isTumbling() {
            return true;
        }

        @Override
        public boolean startDetermines() {
            return false;
        }
    }

    /**
     * Windows on the wall clock of a zone, where it is set forward and back. A bound is the first instant at which the clock shows
     * the bound's time or a later one. Windows may so be longer or shorter than their size, but leave no moment out.
     *
     * @param wall the windows in local time, counted from 1970-01-01T00:00
     */
    record Calendar(Windowing wall, ZoneId zone) implements WindowKind {
        @Override
        public boolean isTumbling() {
            return wall.isTumbling();
        }

        /** Two windows may begin where the clock is set forward, and end apart. Of tumbling ones all but the last are empty. */
        @Override
        public boolean startDetermines() {
            return wall.isTumbling();
        }
    }
}
