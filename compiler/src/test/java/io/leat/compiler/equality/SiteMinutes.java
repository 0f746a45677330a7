package io.leat.compiler.equality;

import io.leat.compiler.equality.Readings.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The answer, counted row by row without any of our code: what a reader of the lateness guide would write down. {@code stream} says
 * whether rows can be late.
 */
final class SiteMinutes {
    private static final long MINUTE = 60_000;
    private static final long DELAY = 30_000;

    private final boolean stream;
    private final Map<String, Sum> sums = new TreeMap<>();
    private final List<String> late = new ArrayList<>();
    private final List<String> rejected = new ArrayList<>();
    private long filtered;
    private long missed;
    private long onTime;

    private static final class Sum {
        private double fahrenheit;
        private long count;
    }

    SiteMinutes(Readings readings, boolean stream) {
        this.stream = stream;
        readings.partitions().forEach(this::read);
    }

    private void read(List<Reading> partition) {
        long watermark = Long.MIN_VALUE;
        for (Reading reading : partition) {
            String before = watermark == Long.MIN_VALUE ? "null" : Long.toString(watermark);
            if (!reading.isRow()) {
                rejected.add(reading.text() + " @ " + before);
                continue;
            }
            judge(reading, watermark, before);
            if (stream) {
                watermark = Math.max(watermark, reading.millis() - DELAY);
            }
        }
    }

    private void judge(Reading reading, long watermark, String before) {
        List<String> sites = reading.device() == null ? null : Readings.SITES.get(reading.device());
        long start = Math.floorDiv(reading.millis(), MINUTE) * MINUTE;
        if (reading.celsius() == null || sites == null) {
            filtered++;
            missed += reading.celsius() == null ? 0 : 1;
        } else if (watermark >= start + MINUTE) {
            late.add(reading.device() + " " + reading.celsius() + " " + reading.millis() + " @ " + before);
        } else {
            onTime++;
            for (String site : sites) {
                Sum sum = sums.computeIfAbsent(site + " " + start, key -> new Sum());
                sum.fahrenheit += reading.celsius() * 9 / 5 + 32;
                sum.count++;
            }
        }
    }

    /** {@code site start average count}, sorted. */
    List<String> rows() {
        return sums.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue().fahrenheit / each.getValue().count + " "
                        + each.getValue().count)
                .sorted()
                .toList();
    }

    /** {@code device celsius millis @ watermark}, sorted. */
    List<String> late() {
        return late.stream().sorted().toList();
    }

    /** {@code text @ watermark}, sorted. */
    List<String> rejected() {
        return rejected.stream().sorted().toList();
    }

    long filtered() {
        return filtered;
    }

    /** Those of the filtered rows whose device is nowhere. */
    long missed() {
        return missed;
    }

    long onTime() {
        return onTime;
    }
}
