package io.leat.compiler.engine;

import io.leat.runtime.job.JobSettings;
import io.leat.runtime.local.Job;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.platform.Clock;
import io.leat.runtime.platform.Disk;
import io.leat.runtime.platform.Platform;
import io.leat.runtime.platform.Threads;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A query whose state was written down at some time by the program of that time, and is kept: the query in {@code frozen/NAME.sql}, what its
 * tables show in the end in {@code frozen/NAME.rows}, and for each form that states have had, the state directory and the tables at the end
 * of an epoch in {@code frozen/NAME-FORM.zip}. The rows that are read are in {@code frozen/in}.
 *
 * @param folder where runs have their state and their tables
 */
record FrozenState(String name, Path folder) {
    static final Path KEPT = Path.of("src/test/resources/frozen");
    /** What runs call the folder, and the rows that are read: states have these names. */
    private static final Path RUN = Path.of("/frozen/run");

    private static final Path READ = Path.of("/frozen/in");
    private static final int EPOCHS = 7;
    private static final int BATCH_ROWS = 3;
    private static final long HOUR_MICROS = 3_600_000_000L;

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(KEPT)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".sql") && !file.equals("tables.sql"))
                    .map(file -> file.replace(".sql", ""))
                    .sorted()
                    .toList();
        }
    }

    /** The forms in which there is one of this state. */
    List<String> forms() throws IOException {
        try (Stream<Path> files = Files.list(KEPT)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.matches(name + "-[\\d.]+\\.zip"))
                    .map(file -> file.substring(name.length() + 1, file.length() - ".zip".length()))
                    .sorted()
                    .toList();
        }
    }

    private Path zip(String form) {
        return KEPT.resolve(name + "-" + form + ".zip");
    }

    /** How large it is. */
    long bytes(String form) {
        return zip(form).toFile().length();
    }

    private Path rowsFile() {
        return KEPT.resolve(name + ".rows");
    }

    private String query() throws IOException {
        return Files.readString(KEPT.resolve("tables.sql")) + Files.readString(KEPT.resolve(name + ".sql"));
    }

    /** What the tables show in the end, whoever writes them. */
    List<String> expected() throws IOException {
        return Files.readAllLines(rowsFile());
    }

    /** Goes on to the end from what was kept. */
    void goOn(String form) throws IOException {
        unpack(zip(form));
        runToTheEnd(HOUR_MICROS);
    }

    /** From the first row to the end, at one time of the clock. */
    void runWhole() throws IOException {
        runToTheEnd(0);
    }

    /** On which this state has its place. */
    Disk disk() throws IOException {
        return MountedDisk.of(
                Map.of(RUN, folder.toRealPath(), READ, KEPT.resolve("in").toRealPath()));
    }

    private void runToTheEnd(long laterMicros) throws IOException {
        run(disk(), laterMicros, Long.MAX_VALUE, 1000);
    }

    /** For some epochs, of a batch each; the last one may be decided and not shown. */
    void runSome(Disk disk) throws IOException {
        run(disk, 0, EPOCHS, 0);
    }

    private void run(Disk disk, long laterMicros, long epochs, int epochMillis) throws IOException {
        TickingClock stands = new TickingClock(0);
        Clock clock = new Clock() {
            @Override
            public long wallMicros() {
                return stands.wallMicros() + laterMicros;
            }

            @Override
            public long nanos() {
                return stands.nanos();
            }
        };
        JobOptions options = JobOptions.defaults()
                .withParameters(Map.of("in", READ.toString(), "out", RUN + "/out"))
                .withSettings(JobSettings.NONE.withBatchRows(BATCH_ROWS).withEpochMillis(epochMillis))
                .withState(RUN.resolve("state"))
                .stoppingAfter(epochs);
        try (QueryRuns runs = new QueryRuns(new Platform(clock, disk, Threads.system()), folder);
                Job job = runs.start(QueryRuns.compile(query(), 1), options)) {
            job.await();
        }
    }

    /**
     * What the directories of files show: the rows of each table, sorted. Of a table that is told changes, whose name begins with {@code
     * told}, those that are left of them: when changes are told is not what is kept here.
     */
    List<String> rows() throws IOException {
        List<String> rows = new ArrayList<>();
        Path out = folder.resolve("out");
        if (!Files.isDirectory(out)) {
            return rows;
        }
        for (Path table : list(out)) {
            String name = table.getFileName().toString();
            TreeMap<String, Integer> left = new TreeMap<>();
            for (Path file : list(table)) {
                if (Files.isRegularFile(file)) {
                    for (String line : Files.readAllLines(file)) {
                        boolean change = name.startsWith("told");
                        boolean header = change && line.startsWith("op,");
                        String row = change ? line.substring(line.indexOf(',') + 1) : line;
                        left.merge(row, header ? 0 : change && line.startsWith("-") ? -1 : 1, Integer::sum);
                    }
                }
            }
            left.forEach((row, times) -> {
                for (int i = 0; i < Math.max(times, -times); i++) {
                    rows.add((times < 0 ? "taken back and never told: " : "") + name + " " + row);
                }
            });
        }
        return rows;
    }

    /** The form of the state that the last run has written: those of its small files and of its snapshots. */
    String formWritten() throws IOException {
        String identity = Files.readAllLines(folder.resolve("state/IDENTITY")).get(0);
        Path base = list(folder.resolve("state/BASE")).get(0);
        int snapshots = ByteBuffer.wrap(Files.readAllBytes(base)).getInt(Integer.BYTES);
        return identity.replaceFirst("leat state ", "") + "." + snapshots;
    }

    /** Keeps what the last run has written, for ever: what is there is never replaced. */
    void keep(String form, List<String> expected) throws IOException {
        try (ZipOutputStream zip =
                new ZipOutputStream(Files.newOutputStream(zip(form), StandardOpenOption.CREATE_NEW))) {
            for (String part : List.of("state", "out")) {
                pack(folder.resolve(part), zip);
            }
        }
        if (!Files.exists(rowsFile())) {
            Files.write(rowsFile(), expected);
        }
    }

    private void pack(Path directory, ZipOutputStream zip) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted().toList()) {
                boolean isDirectory = Files.isDirectory(file);
                ZipEntry entry = new ZipEntry(folder.relativize(file) + (isDirectory ? "/" : ""));
                entry.setLastModifiedTime(FileTime.fromMillis(0));
                zip.putNextEntry(entry);
                if (!isDirectory) {
                    Files.copy(file, zip);
                }
            }
        }
    }

    private void unpack(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path to = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(to);
                } else {
                    Files.createDirectories(to.getParent());
                    try (OutputStream out = Files.newOutputStream(to)) {
                        zip.transferTo(out);
                    }
                }
            }
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }
}
