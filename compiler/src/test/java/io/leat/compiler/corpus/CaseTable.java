package io.leat.compiler.corpus;

import java.util.List;
import java.util.Optional;

/**
 * A table that a case declares, with its records.
 *
 * @param stream whether its rows come one after another, with a watermark
 * @param columns as in {@code CREATE TABLE}, without the watermark
 * @param watermark the expression behind {@code WATERMARK FOR}, e.g. {@code ts AS ts - INTERVAL '5' SECOND}
 * @param options more options of the table, as in {@code WITH (…)}
 * @param partitions its records by partition
 * @param line where it stands in the file
 */
public record CaseTable(
        String name,
        boolean stream,
        String columns,
        Optional<String> watermark,
        Optional<String> options,
        List<List<Record>> partitions,
        int line) {
    public CaseTable {
        partitions = partitions.stream().map(List::copyOf).toList();
    }

    /** One record of a table. */
    public sealed interface Record {
        /** A row by its cells. */
        record OfCells(List<Cell> cells) implements Record {
            public OfCells {
                cells = List.copyOf(cells);
            }
        }

        /** No record, but a moment that the clock must reach before the next ones are read. */
        record Moment(long micros) implements Record {}

        /** Bytes that are no row of the table. */
        record Broken(String text) implements Record {}
    }

    /** Whether the clock goes on while it is read. */
    boolean hasMoments() {
        return partitions.stream().flatMap(List::stream).anyMatch(Record.Moment.class::isInstance);
    }

    boolean hasBroken() {
        return partitions.stream().flatMap(List::stream).anyMatch(Record.Broken.class::isInstance);
    }
}
