package io.leat.compiler.logictest;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.Column;
import io.leat.runtime.connector.Connector;
import io.leat.runtime.connector.Connectors;
import io.leat.runtime.connector.OptionSet;
import io.leat.runtime.connector.Options;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceContext;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.connector.SourceTraits;
import io.leat.runtime.type.Schema;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads tables that are in memory, in place of tables that are made up. */
final class RowsConnector implements Connector {
    private static final String STANDS_FOR = "datagen";

    /** What a table of this connector is declared with. */
    static final String OPTIONS = "connector = '" + STANDS_FOR + "', 'number-of-rows' = '1', 'scan.mode' = 'bounded'";

    private final Function<String, TableRows> tables;

    /**
     * @param tables by name
     */
    RowsConnector(Function<String, TableRows> tables) {
        this.tables = tables;
    }

    /** All connectors, with these tables. */
    static Connectors with(Function<String, TableRows> tables) {
        return Connectors.installed().with(new RowsConnector(tables));
    }

    @Override
    public String name() {
        return STANDS_FOR;
    }

    @Override
    public Optional<Readable> readable() {
        Readable made =
                Connectors.installed().find(STANDS_FOR).orElseThrow().readable().orElseThrow();
        return Optional.of(new Readable() {
            @Override
            public OptionSet options() {
                return made.options();
            }

            @Override
            public SourceTraits traits(Options options) {
                return made.traits(options);
            }

            @Override
            public Source open(SourceContext context) {
                return new RowsSource(tables.apply(context.table()), context.schema());
            }
        });
    }

    @Override
    public Optional<Writable> writable() {
        return Optional.empty();
    }

    private record RowsSource(TableRows table, Schema schema) implements Source {
        @Override
        public List<Partition> partitions() {
            return List.of(new Partition(0, "rows"));
        }

        @Override
        public SourceReader reader(Partition partition) {
            return new RowsReader(table, schema);
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    private static final class RowsReader implements SourceReader.Rows {
        private final TableRows table;
        private final int[] places;
        private int next;

        RowsReader(TableRows table, Schema schema) {
            this.table = table;
            this.places = schema.fields().stream()
                    .mapToInt(field -> table.place(field.name()))
                    .toArray();
        }

        @Override
        public Status poll(Batch batch) {
            int rows = Math.min(batch.capacity(), table.rows().size() - next);
            if (rows == 0) {
                return Status.END;
            }
            for (int leaf = 0; leaf < places.length; leaf++) {
                for (int row = 0; row < rows; row++) {
                    put(batch.column(leaf), row, table.rows().get(next + row).get(places[leaf]));
                }
            }
            batch.rows(rows);
            next += rows;
            return Status.DATA;
        }

        private static void put(Column column, int row, Object value) {
            if (value == null) {
                column.putNull(row);
                return;
            }
            if (value instanceof Long number) {
                column.putInt(row, Math.toIntExact(number));
            } else if (value instanceof Double number) {
                column.putDouble(row, number);
            } else {
                column.putText(row, value.toString());
            }
        }

        @Override
        public String position() {
            return Integer.toString(next);
        }

        @Override
        public void seek(String position) {
            next = Integer.parseInt(position);
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
