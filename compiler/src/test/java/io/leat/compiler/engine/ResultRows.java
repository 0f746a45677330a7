package io.leat.compiler.engine;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.Column;
import io.leat.runtime.local.ResultReceiver;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Keeps the results of queries as text: a row is its values, separated by {@code |}. One thread at a time, as the engine promises. */
public final class ResultRows implements ResultReceiver {
    private final List<List<String>> results = new ArrayList<>();
    private boolean open;
    private boolean resumed;

    /** The rows of a result, sorted. */
    public List<String> sorted(int result) {
        return results.get(result).stream().sorted().toList();
    }

    /** The rows of a result as they came. */
    public List<String> inOrder(int result) {
        return List.copyOf(results.get(result));
    }

    public int results() {
        return results.size();
    }

    /** Another run goes on with the results, also with the one that is not complete. */
    public void resume() {
        resumed = open;
    }

    @Override
    public void begin(String title, Schema schema) {
        if (resumed) {
            resumed = false;
            return;
        }
        open = true;
        results.add(new ArrayList<>());
    }

    @Override
    public void rows(Batch batch) {
        for (int row = 0; row < batch.rows(); row++) {
            int at = row;
            results.get(results.size() - 1)
                    .add(IntStream.range(0, batch.columns())
                            .mapToObj(leaf -> text(batch.column(leaf), at))
                            .collect(Collectors.joining("|")));
        }
    }

    private static String text(Column column, int row) {
        if (column.isNull(row)) {
            return "NULL";
        }
        if (column.type() instanceof Type.DecimalType) {
            return column.getDecimal(row).toPlainString();
        }
        return switch (column.type().physical()) {
            case BOOL -> Boolean.toString(column.getBoolean(row));
            case INT8, INT16, INT32, INT64 -> Long.toString(column.getLong(row));
            case FLOAT32 -> Float.toString(column.getFloat(row));
            case FLOAT64 -> Double.toString(column.getDouble(row));
            case INT128 -> column.getDecimal(row).toPlainString();
            case BYTES -> column.getText(row);
            case ROW -> "(";
        };
    }

    @Override
    public void flush() {
        // Everything is looked at in the end.
    }

    @Override
    public void end() {
        open = false;
    }
}
