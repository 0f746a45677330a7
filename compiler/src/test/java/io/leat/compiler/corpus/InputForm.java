package io.leat.compiler.corpus;

import io.leat.compiler.catalog.Table.TableColumn;
import io.leat.compiler.oracle.DuckDb;
import io.leat.runtime.type.Type.ArrayType;
import io.leat.runtime.type.Type.IntervalType;
import io.leat.runtime.type.Type.RowType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What files hold that the rows of a case are written to. */
enum InputForm {
    JSON {
        @Override
        boolean carries(TableData data) {
            return true;
        }

        @Override
        void write(TableData data, Path directory) throws IOException {
            writeLines(data, TextForm.JSON, directory);
        }
    },

    CSV {
        /** Rows inside rows and arrays have no form, and a NULL alone would be an empty line, which is no record. */
        @Override
        boolean carries(TableData data) {
            List<TableColumn> columns = data.table().physicalColumns();
            return columns.size() > 1
                    && columns.stream()
                            .noneMatch(column -> column.type() instanceof RowType || column.type() instanceof ArrayType)
                    && hasRowsOnly(data);
        }

        @Override
        void write(TableData data, Path directory) throws IOException {
            writeLines(data, TextForm.CSV, directory);
        }
    },

    /** Written by DuckDB. */
    PARQUET {
        @Override
        boolean carries(TableData data) {
            List<TableColumn> columns = data.table().physicalColumns();
            return columns.stream().noneMatch(PARQUET_HAS_NO::test)
                    && hasRowsOnly(data)
                    && data.partitions().stream().flatMap(List::stream).allMatch(row -> isWritten(row, columns));
        }

        /** DuckDB has no literal for a text with the character NUL. And of a row that is rejected more is known than of a text. */
        private boolean isWritten(TableData.Row row, List<TableColumn> columns) {
            for (int i = 0; i < columns.size(); i++) {
                Object value = row.values().get(i);
                boolean misses = value == null && !columns.get(i).nullable();
                if (misses || String.valueOf(value).indexOf('\0') >= 0) {
                    return false;
                }
            }
            return true;
        }

        @Override
        void write(TableData data, Path directory) {
            try (DuckDb database = DuckDb.with(List.of(data))) {
                for (int partition = 0; partition < data.partitions().size(); partition++) {
                    database.writeParquet(data, partition, file(directory, partition));
                }
            } catch (SQLException e) {
                throw new IllegalStateException("DuckDB cannot write " + directory, e);
            }
        }
    };

    private static final Predicate<TableColumn> PARQUET_HAS_NO =
            column -> column.metadata().isPresent()
                    || column.type() instanceof ArrayType
                    || column.type() instanceof IntervalType;

    /** Whether the rows of a table can be written in this form. */
    abstract boolean carries(TableData data);

    /** A file for each partition. */
    abstract void write(TableData data, Path directory) throws IOException;

    String format() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static boolean hasRowsOnly(TableData data) {
        return data.partitions().stream().flatMap(List::stream).noneMatch(TableData.Row::isBroken);
    }

    Path file(Path directory, int partition) {
        return directory.resolve("part-" + partition + "." + format());
    }

    void writeLines(TableData data, TextForm form, Path directory) throws IOException {
        for (int partition = 0; partition < data.partitions().size(); partition++) {
            List<TableData.Row> rows = data.partitions().get(partition);
            List<String> lines = new ArrayList<>();
            for (TableData.Row row : rows) {
                lines.add(form.line(data.table(), row, lines.size()));
            }
            // Whether the last line ends is up to whoever writes a file.
            String end = rows.size() % 2 == 0 && !rows.isEmpty() ? "\n" : "";
            Files.writeString(file(directory, partition), String.join("\n", lines) + end);
        }
    }
}
