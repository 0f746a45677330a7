package io.leat.compiler.oracle;

import io.leat.compiler.logical.WindowKind;
import io.leat.runtime.window.Windowing;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The windows that hold a moment, by their definition, in microseconds. */
final class Windows {
    /** No clock is set forward or back by more. */
    private static final long MOST_SHIFT = 2 * 86_400_000_000L;

    private Windows() {}

    /** Start and end of each window. */
    static List<long[]> of(WindowKind kind, long time) {
        if (kind instanceof WindowKind.Even even) {
            return between(even.windowing(), time, time);
        }
        if (kind instanceof WindowKind.Session) {
            throw new IllegalArgumentException("a moment alone says nothing about sessions");
        }
        WindowKind.Calendar calendar = (WindowKind.Calendar) kind;
        Set<List<Long>> windows = new LinkedHashSet<>();
        for (long[] local : between(calendar.wall(), time - MOST_SHIFT, time + MOST_SHIFT)) {
            long start = firstInstant(local[0], calendar.zone());
            long end = firstInstant(local[1], calendar.zone());
            if (start <= time && time < end) {
                windows.add(List.of(start, end));
            }
        }
        return windows.stream()
                .map(each -> new long[] {each.get(0), each.get(1)})
                .toList();
    }

    /** Windows on the even grid that hold a moment from {@code from} up to {@code to}. */
    private static List<long[]> between(Windowing windowing, long from, long to) {
        List<long[]> windows = new ArrayList<>();
        long every = windowing.isCumulating() ? windowing.size() : windowing.slide();
        // The latest window that has begun, and those before it that have not ended.
        long last = to - Math.floorMod(to - windowing.offset(), every);
        for (long start = last; start + windowing.size() > from; start -= every) {
            long end = start + windowing.size();
            windows.add(new long[] {start, end});
            if (windowing.isCumulating()) {
                for (end -= windowing.slide(); end > Math.max(from, start); end -= windowing.slide()) {
                    windows.add(new long[] {start, end});
                }
            }
        }
        return windows;
    }

    /** When clocks first show a local time, or, if they skip it, when they do. */
    private static long firstInstant(long local, ZoneId zone) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(local, 1_000_000L), 0, ZoneOffset.UTC)
                .plus(Math.floorMod(local, 1_000_000L), ChronoUnit.MICROS);
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
        Instant instant =
                offsets.isEmpty() ? zone.getRules().getTransition(time).getInstant() : time.toInstant(offsets.get(0));
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
