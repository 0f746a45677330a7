package io.leat.compare;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures whole jobs: every peer in turns, in one JVM, after each has had {@link #WARM_ROWS} rows. Every answer of every run is compared
 * with that of the loop by hand. Each run is written down at once, and what is written down is not measured again.
 *
 * <p>{@code Compare DATA RESULTS COMMIT [WORKLOAD…]}, with data of {@link Events}.
 */
public final class Compare {
    private static final int ROUNDS = 7;
    private static final long WARM_ROWS = 15_000_000;
    private static final long WARM_NANOS = 180_000_000_000L;

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Path data;
    private final Path results;
    private final String commit;
    private final List<Peer> peers = List.of(new HandPeer(), new LeatPeer(), new DuckDbPeer());

    private Compare(Path data, Path results, String commit) {
        this.data = data;
        this.results = results;
        this.commit = commit;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 3) {
            System.err.println("usage: Compare DATA RESULTS COMMIT [WORKLOAD...]");
            System.exit(2);
        }
        Compare compare = new Compare(Path.of(arguments[0]), Path.of(arguments[1]), arguments[2]);
        List<Workload> workloads = new ArrayList<>();
        for (String name : List.of(arguments).subList(3, arguments.length)) {
            workloads.add(Workload.valueOf(name));
        }
        compare.measure(workloads.isEmpty() ? List.of(Workload.values()) : workloads);
        Table.print(Measurement.read(compare.results), System.out);
    }

    private void measure(List<Workload> workloads) throws Exception {
        for (Workload workload : workloads) {
            String group = workload + " " + Events.describe(data) + " " + commit + " jdk"
                    + Runtime.version().feature();
            long done = Measurement.read(results).stream()
                    .filter(each -> each.group().equals(group) && each.peer().equals("leat"))
                    .count();
            if (done < ROUNDS) {
                measure(workload, group, (int) done);
            }
        }
        for (Peer peer : peers) {
            peer.close();
        }
    }

    private void measure(Workload workload, String group, int from) throws Exception {
        long rows = Events.rows(data, workload);
        Map<String, Peer.Run> runs = new LinkedHashMap<>();
        for (Peer peer : peers) {
            if (peer.takes(workload)) {
                runs.put(peer.name(), peer.prepare(workload, data));
            }
        }
        List<String> expected = sorted(runs.get("hand").run());
        for (Map.Entry<String, Peer.Run> each : runs.entrySet()) {
            long start = System.nanoTime();
            for (long warm = 0; warm < WARM_ROWS && System.nanoTime() - start < WARM_NANOS; warm += rows) {
                check(each.getKey(), expected, each.getValue().run());
            }
        }
        for (int round = from; round < ROUNDS; round++) {
            List<Measurement> measured = new ArrayList<>();
            for (Map.Entry<String, Peer.Run> each : runs.entrySet()) {
                measured.add(run(group, each.getKey(), round, rows, each.getValue(), expected));
            }
            for (Measurement each : measured) {
                each.append(results);
            }
        }
    }

    private static Measurement run(String group, String peer, int round, long rows, Peer.Run run, List<String> expected)
            throws Exception {
        long machine = machineNanos();
        long processor = PROCESS.getProcessCpuTime();
        long wall = System.nanoTime();
        List<String> answer = run.run();
        wall = System.nanoTime() - wall;
        processor = PROCESS.getProcessCpuTime() - processor;
        machine = machineNanos() - machine;
        check(peer, expected, answer);
        return new Measurement(group, peer, round, rows, processor, wall, Math.max(0, machine - processor));
    }

    private static void check(String peer, List<String> expected, List<String> answer) {
        List<String> rows = sorted(answer);
        if (!rows.equals(expected)) {
            List<String> more = new ArrayList<>(rows);
            more.removeAll(expected);
            throw new IllegalStateException(peer + " answers with " + rows.size() + " rows instead of "
                    + expected.size() + ", such as " + (more.isEmpty() ? "none that is wrong" : more.get(0)));
        }
    }

    private static List<String> sorted(List<String> rows) {
        List<String> sorted = new ArrayList<>(rows);
        Collections.sort(sorted);
        return sorted;
    }

    /** Processor time that the machine spent on anything, as Linux counts it in hundredths of a second; 0 elsewhere. */
    private static long machineNanos() throws IOException {
        Path file = Path.of("/proc/stat");
        if (!Files.exists(file)) {
            return 0;
        }
        String[] counts = Files.readAllLines(file).get(0).trim().split(" +");
        long ticks = 0;
        // user, nice, system, irq, softirq, steal; not idle and iowait
        for (int column : new int[] {1, 2, 3, 6, 7, 8}) {
            ticks += Long.parseLong(counts[column]);
        }
        return ticks * 10_000_000;
    }
}
