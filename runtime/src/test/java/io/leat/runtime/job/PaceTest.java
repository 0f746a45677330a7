package io.leat.runtime.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.window.Windowing;
import org.junit.jupiter.api.Test;

/** How watermarks go on: as they come, later, as the clock goes, or at the end. */
class PaceTest {
    @Test
    void ofRows() {
        assertEquals(5, Pace.OF_ROWS.passed(5));
        assertEquals(Windowing.NEVER, Pace.OF_ROWS.passed(Windowing.NEVER));
        assertEquals(Windowing.END, Pace.OF_ROWS.passed(Windowing.END));
        assertEquals(Windowing.NEVER, Pace.OF_ROWS.passedAt(5));
        assertEquals(Pace.OF_ROWS, Pace.later(0));
    }

    @Test
    void later() {
        assertEquals(2, Pace.later(3).passed(5));
        assertEquals(Windowing.NEVER, Pace.later(3).passed(Windowing.NEVER));
        assertEquals(Windowing.END, Pace.later(3).passed(Windowing.END));
        // No moment is so early that it is before all rows.
        assertEquals(Windowing.NEVER + 1, Pace.later(Long.MAX_VALUE - 1).passed(-5));
    }

    @Test
    void atTheEnd() {
        assertEquals(Windowing.NEVER, Pace.AT_END.passed(5));
        assertEquals(Windowing.END, Pace.AT_END.passed(Windowing.END));
        assertEquals(Windowing.NEVER, Pace.AT_END.passedAt(5));
    }

    @Test
    void ofTheClock() {
        assertEquals(Windowing.NEVER, Pace.OF_CLOCK.passed(5));
        assertEquals(Windowing.END, Pace.OF_CLOCK.passed(Windowing.END));
        assertEquals(7_000, Pace.OF_CLOCK.passedAt(7_999));
        assertEquals(-1_000, Pace.OF_CLOCK.passedAt(-1));
    }
}
