package io.leat.compiler.corpus;

import io.leat.compiler.expr.ByteText;
import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.Column;
import io.leat.runtime.kernel.ArrayElement;
import io.leat.runtime.local.ResultReceiver;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.ArrayType;
import io.leat.runtime.type.Type.DecimalType;
import io.leat.runtime.type.Type.FloatType;
import io.leat.runtime.type.Type.RowType;
import io.leat.runtime.type.Type.VarbinaryType;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;

/** Keeps the results of a job as Java objects. One thread at a time, as the engine promises. */
final class CollectedResults implements ResultReceiver {
    private final List<Answer> answers = new ArrayList<>();
    private Schema schema;
    private List<List<Object>> rows;
    private boolean resumed;

    List<Answer> answers() {
        return answers;
    }

    /** Another run goes on with the results, also with the one that is not complete. */
    void resume() {
        resumed = true;
    }

    @Override
    public void begin(String title, Schema newSchema) {
        if (schema != null && resumed) {
            resumed = false;
            return;
        }
        if (schema != null) {
            throw new IllegalStateException("a result begins inside another one");
        }
        schema = newSchema;
        rows = new ArrayList<>();
    }

    @Override
    public void rows(Batch batch) {
        for (int row = 0; row < batch.rows(); row++) {
            List<Object> values = new ArrayList<>();
            for (int column = 0; column < schema.size(); column++) {
                values.add(value(
                        batch, schema.firstLeaf(column), schema.field(column).type(), row));
            }
            rows.add(values);
        }
    }

    private static Object value(Batch batch, int leaf, Type type, int row) {
        Column column = batch.column(leaf);
        if (type instanceof RowType rowType && !column.isNull(row)) {
            return fields(batch, leaf + 1, rowType, row);
        }
        return value(column, type, row);
    }

    private static Object value(Column column, Type type, int row) {
        if (column.isNull(row)) {
            return null;
        }
        if (type instanceof ArrayType array) {
            return elements(column, array, row);
        }
        if (type instanceof DecimalType) {
            return column.getDecimal(row);
        }
        if (type instanceof FloatType real) {
            // Adding zero takes the sign from -0.0.
            return real.bits() == 32 ? (Object) (column.getFloat(row) + 0.0F) : (Object) (column.getDouble(row) + 0.0);
        }
        if (type instanceof VarbinaryType) {
            return new ByteText(column.getBytes(row));
        }
        return switch (type.physical()) {
            case BOOL -> column.getBoolean(row);
            case BYTES -> column.getText(row);
            default -> column.getLong(row);
        };
    }

    private static List<Object> elements(Column column, ArrayType type, int row) {
        List<Object> values = new ArrayList<>();
        try (RootAllocator allocator = new RootAllocator();
                ArrayElement element = new ArrayElement(type.element(), allocator)) {
            long end = column.bytesAddress(row) + column.bytesLength(row);
            for (long at = column.bytesAddress(row); at < end; ) {
                at = element.read(at);
                values.add(value(element.column(), type.element(), 0));
            }
        }
        return values;
    }

    private static List<Object> fields(Batch batch, int firstLeaf, RowType type, int row) {
        List<Object> values = new ArrayList<>();
        int leaf = firstLeaf;
        for (Field field : type.fields()) {
            values.add(value(batch, leaf, field.type(), row));
            leaf += Schema.leafCount(field.type());
        }
        return values;
    }

    @Override
    public void flush() {
        // Everything is shown at the end.
    }

    @Override
    public void end() {
        answers.add(new Answer(schema.fields(), rows));
        schema = null;
    }
}
