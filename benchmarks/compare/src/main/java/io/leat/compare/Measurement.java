package io.leat.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One run of a peer.
 *
 * @param group what must be the same for runs to be compared: workload, data, commit and JVM, separated by blanks
 * @param round runs of one round came right after each other
 * @param processorNanos of all threads of the process
 * @param othersNanos processor time that the rest of the machine took meanwhile: noise
 */
record Measurement(
        String group, String peer, int round, long rows, long processorNanos, long wallNanos, long othersNanos) {
    double nanosPerRow() {
        return (double) processorNanos / rows;
    }

    void append(Path file) throws IOException {
        String line = String.format(
                Locale.ROOT,
                "%s\t%s\t%d\t%d\t%d\t%d\t%d%n",
                group,
                peer,
                round,
                rows,
                processorNanos,
                wallNanos,
                othersNanos);
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** All that a file has; a last line that was cut off is passed over. */
    static List<Measurement> read(Path file) throws IOException {
        List<Measurement> all = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] cells = line.split("\t");
                if (cells.length == 7) {
                    all.add(new Measurement(
                            cells[0],
                            cells[1],
                            Integer.parseInt(cells[2]),
                            Long.parseLong(cells[3]),
                            Long.parseLong(cells[4]),
                            Long.parseLong(cells[5]),
                            Long.parseLong(cells[6])));
                }
            }
        }
        return all;
    }
}
