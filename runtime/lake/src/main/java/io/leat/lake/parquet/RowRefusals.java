package io.leat.lake.parquet;

import io.leat.runtime.batch.Column;
import io.leat.runtime.connector.SourceReader.RefusedRow;
import io.leat.runtime.decode.RecordDecoder;
import io.leat.runtime.decode.RejectReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Rows of a batch with values that their columns cannot hold. */
final class RowRefusals {
    private final List<RefusedRow> rows = new ArrayList<>();

    void clear() {
        if (!rows.isEmpty()) {
            rows.clear();
        }
    }

    /** The value of a row becomes NULL, and the row is none of the table. */
    void add(Column column, int row, RejectReason reason) {
        column.putNull(row);
        rows.add(new RefusedRow(row, reason + "(" + column.leaf().path() + "): " + why(reason, column)));
    }

    /** In the words that records are rejected with. */
    private static String why(RejectReason reason, Column column) {
        return switch (reason) {
            case MISSING_VALUE -> "no value, but the column is NOT NULL";
            case BAD_UTF8 -> "not valid UTF-8";
            case TOO_LARGE -> "larger than " + (RecordDecoder.MAX_RECORD_BYTES >> 20) + " MiB";
            default -> "no value that " + column.type().sql() + " can hold";
        };
    }

    /** In the order of rows; of several about one row the first column's comes first. */
    List<RefusedRow> rows() {
        if (rows.isEmpty()) {
            return List.of();
        }
        return rows.stream().sorted(Comparator.comparingInt(RefusedRow::row)).toList();
    }
}
