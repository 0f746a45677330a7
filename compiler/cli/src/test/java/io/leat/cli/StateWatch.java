package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Looks from outside at a job that keeps its state in a directory: how far it is, and what its directories of files show. */
final class StateWatch {
    private final Path state;
    private final long patienceNanos;

    /**
     * @param state the state directory, which need not be there yet
     * @param patienceSeconds how long an epoch may take to come to its end
     */
    StateWatch(Path state, long patienceSeconds) {
        this.state = state;
        this.patienceNanos = TimeUnit.SECONDS.toNanos(patienceSeconds);
    }

    /** The last epoch that is decided; 0 for none. */
    long decided() throws IOException {
        Path decisions = state.resolve("DEC");
        if (!Files.isDirectory(decisions)) {
            return 0;
        }
        try (Stream<Path> entries = Files.list(decisions)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.matches("\\d+"))
                    .mapToLong(Long::parseLong)
                    .max()
                    .orElse(0);
        }
    }

    /** Waits until so many epochs are decided; false if the process ends before. */
    boolean waitFor(Process process, long epochs) throws InterruptedException, IOException {
        long start = System.nanoTime();
        while (decided() < epochs) {
            if (!process.isAlive()) {
                return false;
            }
            assertTrue(System.nanoTime() - start < patienceNanos, "no epoch comes to its end");
            Thread.sleep(2);
        }
        return true;
    }

    /** The list of files beside a log is no rows. */
    private static boolean isHidden(Path file) {
        return file.getFileName().toString().startsWith("_");
    }

    /** The rows of all files of a table, sorted. */
    static List<String> rows(Path table) throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(table)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(each -> !isHidden(each))
                    .toList()) {
                rows.addAll(Files.readAllLines(file));
            }
        }
        rows.sort(null);
        return rows;
    }
}
