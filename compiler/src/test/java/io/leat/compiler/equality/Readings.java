package io.leat.compiler.equality;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Random readings of devices in a few partitions: out of order, some of them far too late, some without a value, some of devices that
 * nobody knows, some no rows at all. Temperatures are multiples of 5/4 degrees, so that their Fahrenheit and all sums are exact and the
 * order of addition does not matter.
 */
final class Readings {
    static final int PARTITIONS = 3;
    /** Device 3 stands at two sites, device 5 at one without name, devices from 7 on nowhere. */
    static final Map<Long, List<String>> SITES = Map.of(
            0L, List.of("harbour"),
            1L, List.of("harbour"),
            2L, List.of("mill, upper"),
            3L, List.of("harbour", "the \"old\" weir"),
            4L, List.of("Mühle 水"),
            5L, List.of(""),
            6L, List.of("mill, upper"));

    private static final int LINES = 2_500;
    private static final long START = Instant.parse("2026-05-01T10:00:00Z").toEpochMilli();

    private final List<List<Reading>> partitions = new ArrayList<>();

    /**
     * One line.
     *
     * @param isRow whether it is a row, rather than something to be rejected
     */
    record Reading(String text, boolean isRow, Long device, Double celsius, long millis) {}

    Readings(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            partitions.add(partition(random.split()));
        }
    }

    private static List<Reading> partition(SplittableRandom random) {
        List<Reading> lines = new ArrayList<>();
        long now = START;
        for (int i = 0; i < LINES; i++) {
            now += random.nextInt(6_000);
            long behind = random.nextInt(20) == 0 ? random.nextInt(180_000) : random.nextInt(25_000);
            lines.add(random.nextInt(40) == 0 ? broken(random, now) : reading(random, now - behind));
        }
        return lines;
    }

    private static Reading reading(SplittableRandom random, long millis) {
        Long device = random.nextInt(50) == 0 ? null : (Long) random.nextLong(9);
        Double celsius = random.nextInt(12) == 0 ? null : (Double) (1.25 * random.nextInt(-30, 60));
        StringBuilder text = new StringBuilder("{");
        if (device != null || random.nextBoolean()) {
            text.append("\"device_id\":").append(device).append(", ");
        }
        text.append("\"ts\" : \"").append(Instant.ofEpochMilli(millis)).append('"');
        if (celsius != null || random.nextBoolean()) {
            text.append(",\"celsius\":").append(celsius);
        }
        if (random.nextInt(10) == 0) {
            text.append(",\"note\":{\"by\":[\"Zo\\u00eb\",null,1e3]}");
        }
        return new Reading(text.append('}').toString(), true, device, celsius, millis);
    }

    /** What must not become a row and, since its time cannot be trusted either, must not move the watermark. */
    private static Reading broken(SplittableRandom random, long millis) {
        String time = Instant.ofEpochMilli(millis + 3_600_000).toString();
        String text = switch (random.nextInt(6)) {
            case 0 -> "{\"device_id\":1,\"celsius\":20.0,\"ts\":\"" + time;
            case 1 -> "{\"device_id\":\"1\",\"celsius\":20.0,\"ts\":\"" + time + "\"}";
            case 2 -> "{\"device_id\":1,\"celsius\":20.0,\"ts\":null}";
            case 3 -> "{\"device_id\":1,\"celsius\":20.0}";
            case 4 -> "[1, 20.0, \"" + time + "\"]";
            default -> "{\"device_id\":1,\"celsius\":1e999,\"ts\":\"" + time + "\"}";
        };
        return new Reading(text, false, null, null, 0);
    }

    List<List<Reading>> partitions() {
        return partitions;
    }

    /** Writes {@code devices.csv} and a file per partition in {@code readings}. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("readings"));
        for (int i = 0; i < PARTITIONS; i++) {
            List<String> lines = partitions.get(i).stream().map(Reading::text).toList();
            Files.write(folder.resolve("readings").resolve("part-" + i + ".json"), lines, StandardCharsets.UTF_8);
        }
        StringBuilder devices = new StringBuilder("device_id,site\n");
        SITES.forEach((device, sites) -> sites.forEach(site -> devices.append(device)
                .append(',')
                .append(site.isEmpty() ? "" : '"' + site.replace("\"", "\"\"") + '"')
                .append('\n')));
        Files.writeString(folder.resolve("devices.csv"), devices);
    }
}
