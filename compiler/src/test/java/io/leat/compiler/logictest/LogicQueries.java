package io.leat.compiler.logictest;

import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.Column;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.local.Engine;
import io.leat.runtime.local.Job;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.local.JobReport;
import io.leat.runtime.local.ResultReceiver;
import io.leat.runtime.local.RowCounts;
import io.leat.runtime.local.SecretResolver;
import io.leat.runtime.platform.Platform;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Compiles queries and runs them over tables in memory. */
final class LogicQueries implements AutoCloseable {
    private final QueryCompiler compiler = new QueryCompiler();
    private final LogicTables tables;
    private final Engine engine;
    private final CompileOptions options;

    LogicQueries(LogicTables tables) {
        this.tables = tables;
        this.engine =
                Engine.open(Platform.system(), SecretResolver.environmentOnly(), RowsConnector.with(tables::table));
        this.options = CompileOptions.defaults()
                .withSizes(table ->
                        OptionalLong.of(tables.table(table.name()).rows().size()));
    }

    /** An expression had no value for some row: what was answered without that row is no answer. */
    static final class RowsRejectedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String reason;

        RowsRejectedException(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /**
     * The rows of a query, in their order.
     *
     * @throws RowsRejectedException if an expression had no value for some row
     */
    List<List<Object>> rows(String sql) {
        CompiledJob compiled = compiler.compile(new SourceText("query.sql", tables.declarations(sql) + sql), options)
                .job();
        Rows rows = new Rows();
        try (Job job = engine.deploy(compiled, JobOptions.defaults().withResults(rows))) {
            JobReport report = job.await();
            for (RowCounts counts : report.statements().values()) {
                if (counts.rejected() > 0) {
                    throw new RowsRejectedException(report.sources().stream()
                            .flatMap(source -> source.samples().stream())
                            .findFirst()
                            .orElse("?"));
                }
            }
        }
        return rows.rows;
    }

    @Override
    public void close() {
        engine.close();
    }

    private static final class Rows implements ResultReceiver {
        private final List<List<Object>> rows = new ArrayList<>();

        @Override
        public void begin(String title, Schema schema) {
            rows.clear();
        }

        @Override
        public void rows(Batch batch) {
            for (int row = 0; row < batch.rows(); row++) {
                List<Object> values = new ArrayList<>();
                for (int leaf = 0; leaf < batch.columns(); leaf++) {
                    values.add(value(batch.column(leaf), row));
                }
                rows.add(values);
            }
        }

        private static Object value(Column column, int row) {
            if (column.isNull(row)) {
                return null;
            }
            if (column.type() instanceof Type.DecimalType) {
                return column.getDecimal(row);
            }
            return switch (column.type().physical()) {
                case BOOL -> column.getBoolean(row);
                case INT8, INT16, INT32, INT64 -> column.getLong(row);
                case FLOAT32 -> (double) column.getFloat(row);
                case FLOAT64 -> column.getDouble(row);
                case INT128 -> column.getDecimal(row);
                case BYTES -> column.getText(row);
                case ROW -> throw new IllegalArgumentException("a row in an answer");
            };
        }

        @Override
        public void flush() {
            // Everything is looked at in the end.
        }

        @Override
        public void end() {
            // The query had one result.
        }
    }
}
