package io.leat.compiler.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a reader sees in the tables that a job writes. */
final class Outputs {
    /** Job, epoch, generation, sink, number. */
    private static final Pattern PART = Pattern.compile("part-([0-9a-z]+)-(\\d+)-(\\d+)-(\\d+)-(\\d+)\\.json");

    private static final Pattern CHANGE =
            Pattern.compile("\\{\"before\":(null|\\{.*?\\}),\"after\":(null|\\{.*?\\}),\"op\":\"(.)\"\\}");
    private static final Pattern MARKED = Pattern.compile("\\{\"[^\"]*\":\"(\\+I|-U|\\+U|-D)\",(.*)");

    private final World world;
    private final Scenario scenario;
    /** How large files were when they were seen first. */
    private final Map<Path, Long> sizes = new HashMap<>();

    Outputs(World world, Scenario scenario) {
        this.world = world;
        this.scenario = scenario;
    }

    /** A file of a table. */
    private record Part(Path path, long epoch, String generation, int number) {
        static Part of(Path path) {
            Matcher name = PART.matcher(path.getFileName().toString());
            return name.matches()
                    ? new Part(path, Long.parseLong(name.group(2)), name.group(3), Integer.parseInt(name.group(5)))
                    : new Part(path, 0, "", 0);
        }
    }

    private List<Part> parts(String table) {
        Path directory = world.places().output(table);
        List<Part> parts = new ArrayList<>();
        try {
            if (world.disk().isDirectory(directory)) {
                for (Path path : world.disk().list(directory)) {
                    if (world.disk().isFile(path)) {
                        parts.add(Part.of(path));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        parts.sort(Comparator.comparingLong(Part::epoch).thenComparingInt(Part::number));
        return parts;
    }

    /** Whatever is seen now must be decided, and what was seen before must be as it was. */
    void look() {
        for (String table : scenario.query().outputs()) {
            for (Part part : parts(table)) {
                if (!world.decisions().isDecided(part.epoch, part.generation)) {
                    world.decisions().violate("'" + part.path + "' is seen, and not decided for good");
                }
                long size = size(part.path);
                if (sizes.computeIfAbsent(part.path, key -> size) != size) {
                    world.decisions().violate("'" + part.path + "' has changed since it was seen");
                }
            }
        }
    }

    private long size(Path path) {
        try {
            return world.disk().size(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is seen of each table, sorted; of changes, what is left of them. */
    Map<String, List<String>> rows() {
        Map<String, List<String>> rows = new TreeMap<>();
        for (String table : scenario.query().outputs()) {
            List<String> lines = new ArrayList<>(world.broker().committed().getOrDefault(table, List.of()));
            for (Part part : parts(table)) {
                lines.addAll(lines(part.path));
            }
            rows.put(table, scenario.query().writesChanges() ? left(lines) : sorted(lines));
        }
        return rows;
    }

    private List<String> lines(Path path) {
        try (InputStream in = world.disk().read(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> sorted(List<String> lines) {
        Collections.sort(lines);
        return lines;
    }

    /** The rows that are left when all changes are made in their order; a row that goes must have been there. */
    private static List<String> left(List<String> changes) {
        List<String> rows = new ArrayList<>();
        for (String change : changes) {
            Matcher debezium = CHANGE.matcher(change);
            Matcher marked = MARKED.matcher(change);
            if (debezium.matches()) {
                goes(rows, debezium.group(1), change);
                comes(rows, debezium.group(2));
            } else if (marked.matches() && marked.group(1).startsWith("+")) {
                comes(rows, "{" + marked.group(2));
            } else if (marked.matches()) {
                goes(rows, "{" + marked.group(2), change);
            } else {
                rows.add("what is " + change + "?");
            }
        }
        return sorted(rows);
    }

    private static void comes(List<String> rows, String row) {
        if (!row.equals("null")) {
            rows.add(row);
        }
    }

    private static void goes(List<String> rows, String row, String change) {
        if (!row.equals("null") && !rows.remove(row)) {
            rows.add("what goes was not there: " + change);
        }
    }
}
