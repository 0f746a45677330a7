package io.leat.compare;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What was measured, as a table of medians. */
final class Table {
    private Table() {}

    /** A line for each peer of each group. */
    static void print(List<Measurement> all, PrintStream out) {
        Map<String, Map<String, TreeMap<Integer, Measurement>>> groups = new LinkedHashMap<>();
        for (Measurement each : all) {
            groups.computeIfAbsent(each.group(), key -> new LinkedHashMap<>())
                    .computeIfAbsent(each.peer(), key -> new TreeMap<>())
                    .put(each.round(), each);
        }
        out.println("| workload, data, commit, JVM | peer | runs | rows per CPU-s | ns per row (least to most)"
                + " | Leat is so many times as fast (least to most) | others' share of the machine |");
        out.println("|---|---|---|---|---|---|---|");
        groups.forEach((group, peers) -> peers.forEach((peer, runs) -> {
            double[] nanos = runs.values().stream()
                    .mapToDouble(Measurement::nanosPerRow)
                    .sorted()
                    .toArray();
            double[] times = times(runs, peers.getOrDefault("leat", new TreeMap<>()));
            out.printf(
                    Locale.ROOT,
                    "| %s | %s | %d | %,.0f | %.0f (%.0f to %.0f) | %.2f (%.2f to %.2f) | %.0f %% |%n",
                    group,
                    peer,
                    nanos.length,
                    1e9 / median(nanos),
                    median(nanos),
                    nanos[0],
                    nanos[nanos.length - 1],
                    median(times),
                    times[0],
                    times[times.length - 1],
                    100 * othersShare(runs));
        }));
    }

    /** For each round, how many times as much processor time as Leat a peer took. */
    private static double[] times(TreeMap<Integer, Measurement> runs, TreeMap<Integer, Measurement> leat) {
        double[] times = runs.values().stream()
                .filter(each -> leat.containsKey(each.round()))
                .mapToDouble(each -> each.nanosPerRow() / leat.get(each.round()).nanosPerRow())
                .sorted()
                .toArray();
        return times.length == 0 ? new double[] {Double.NaN} : times;
    }

    private static double othersShare(TreeMap<Integer, Measurement> runs) {
        double others =
                runs.values().stream().mapToDouble(Measurement::othersNanos).sum();
        double own =
                runs.values().stream().mapToDouble(Measurement::processorNanos).sum();
        return others / (others + own);
    }

    private static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }
}
