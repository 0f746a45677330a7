package io.leat.runtime.state;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.Column;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Rows with a column of every type, among them the values at the ends of each. */
final class RandomRows {
    static final Schema SCHEMA = new Schema(List.of(
            field("flag", Type.BOOLEAN),
            field("tiny", Type.TINYINT),
            field("small", Type.SMALLINT),
            field("whole", Type.INT),
            field("big", Type.BIGINT),
            field("single", Type.REAL),
            field("fraction", Type.DOUBLE),
            field("short_decimal", new Type.DecimalType(18, 2)),
            field("long_decimal", new Type.DecimalType(38, 10)),
            field("text", Type.VARCHAR),
            field("binary", Type.VARBINARY),
            field("day", Type.DATE),
            field("ts", new Type.TimestampType(3, false)),
            field("months", Type.INTERVAL_MONTHS),
            field(
                    "inner_row",
                    new Type.RowType(List.of(
                            field("a", Type.INT), field("b", new Type.RowType(List.of(field("c", Type.VARCHAR)))))))));

    private final SplittableRandom random;

    RandomRows(long seed) {
        this.random = new SplittableRandom(seed);
    }

    private static Field field(String name, Type type) {
        return new Field(name, type, true);
    }

    /** A row as objects, one per leaf, {@code null} for NULL; a present row inside the row is {@code TRUE}. */
    List<Object> row() {
        List<Object> values = new ArrayList<>();
        for (Field field : SCHEMA.fields()) {
            add(field.type(), true, values);
        }
        return values;
    }

    private void add(Type type, boolean parent, List<Object> into) {
        boolean present = parent && random.nextInt(5) != 0;
        into.add(present ? value(type) : null);
        if (type instanceof Type.RowType row) {
            row.fields().forEach(field -> add(field.type(), present, into));
        }
    }

    private Object value(Type type) {
        return switch (type.physical()) {
            case ROW -> true;
            case BOOL -> random.nextBoolean();
            case INT8 -> (long) (byte) number();
            case INT16 -> (long) (short) number();
            case INT32 -> (long) (int) number();
            case INT64 ->
                type instanceof Type.DecimalType
                        ? BigDecimal.valueOf(number() % 1_000_000_000_000_000_000L, 2)
                        : (Object) number();
            case FLOAT32 -> random.nextInt(4) == 0 ? (float) number() : Float.intBitsToFloat(finite(random.nextInt()));
            case FLOAT64 ->
                random.nextInt(4) == 0
                        ? (double) random.nextInt(-2, 2)
                        : Double.longBitsToDouble(random.nextLong() & ~(1L << 62));
            case INT128 ->
                new BigDecimal(
                        BigInteger.valueOf(number())
                                .multiply(BigInteger.valueOf(number() % 1_000_000_000_000_000_000L)),
                        10);
            case BYTES -> bytes();
        };
    }

    private static int finite(int bits) {
        return bits & ~(1 << 30);
    }

    private long number() {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt(-2, 3);
            case 1 -> Long.MAX_VALUE;
            case 2 -> Long.MIN_VALUE;
            case 3 -> random.nextInt();
            default -> random.nextLong();
        };
    }

    private byte[] bytes() {
        int longest = random.nextInt(20) == 0 ? 10_000 : random.nextInt(3) == 0 ? 40 : 3;
        byte[] bytes = new byte[random.nextInt(longest + 1)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(3) - 1 : 'a' + random.nextInt(3));
        }
        return bytes;
    }

    /** Writes a row into a batch of the schema. */
    static void write(List<Object> values, Batch batch, int row) {
        for (int leaf = 0; leaf < values.size(); leaf++) {
            write(values.get(leaf), batch.column(leaf), row);
        }
    }

    private static void write(Object value, Column column, int row) {
        if (value == null) {
            column.putNull(row);
            return;
        }
        switch (column.type().physical()) {
            case ROW -> column.putPresent(row);
            case BOOL -> column.putBoolean(row, (Boolean) value);
            case INT8 -> column.putByte(row, ((Long) value).intValue());
            case INT16 -> column.putShort(row, ((Long) value).intValue());
            case INT32 -> column.putInt(row, ((Long) value).intValue());
            case FLOAT32 -> column.putFloat(row, (Float) value);
            case FLOAT64 -> column.putDouble(row, (Double) value);
            case BYTES -> column.putBytes(row, (byte[]) value);
            case INT64, INT128 -> {
                if (value instanceof BigDecimal decimal) {
                    BigInteger unscaled = decimal.unscaledValue();
                    column.putDecimal(row, unscaled.shiftRight(64).longValue(), unscaled.longValue());
                } else {
                    column.putLong(row, (Long) value);
                }
            }
        }
    }

    /** The value of a leaf, as {@link #row} has it. */
    static Object read(Column column, int row) {
        if (column.isNull(row)) {
            return null;
        }
        return switch (column.type().physical()) {
            case ROW -> true;
            case BOOL -> column.getBoolean(row);
            case FLOAT32 -> column.getFloat(row);
            case FLOAT64 -> column.getDouble(row);
            case BYTES -> column.getBytes(row);
            case INT8, INT16, INT32 -> column.getLong(row);
            case INT64, INT128 ->
                column.type() instanceof Type.DecimalType ? column.getDecimal(row) : (Object) column.getLong(row);
        };
    }
}
