package io.leat.runtime.connector.format;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.Column;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Rows of every type, random and at the edges, with what they mean as Java objects. */
public final class TypedRows {
    public static final Schema SCHEMA = new Schema(List.of(
            Field.nullable("flag", Type.BOOLEAN),
            Field.nullable("tiny", Type.TINYINT),
            Field.nullable("small", Type.SMALLINT),
            Field.nullable("number", Type.INT),
            Field.nullable("big", Type.BIGINT),
            Field.nullable("real", Type.REAL),
            Field.nullable("double", Type.DOUBLE),
            Field.nullable("price", new Type.DecimalType(10, 2)),
            Field.nullable("whole", new Type.DecimalType(18, 0)),
            Field.nullable("wide", new Type.DecimalType(38, 19)),
            Field.nullable("text \"with, all\"", Type.VARCHAR),
            Field.nullable("bytes", Type.VARBINARY),
            Field.nullable("day", Type.DATE),
            Field.nullable("time", new Type.TimeType(6)),
            Field.nullable("ts", new Type.TimestampType(3, false)),
            Field.nullable("ts9", new Type.TimestampType(9, false)),
            Field.nullable("instant", new Type.TimestampType(6, true)),
            Field.nullable("months", Type.INTERVAL_MONTHS),
            Field.nullable("micros", Type.INTERVAL_MICROS),
            Field.nullable(
                    "outer",
                    new Type.RowType(List.of(
                            Field.nullable("a", Type.BIGINT),
                            Field.nullable(
                                    "inner",
                                    new Type.RowType(List.of(
                                            Field.nullable("b", Type.VARCHAR), Field.nullable("c", Type.DOUBLE)))),
                            Field.nullable("d", Type.BOOLEAN)))),
            Field.nullable("last", Type.INT)));

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "plain",
            "two\nlines",
            "carriage\r\nreturn",
            "quote \" and \"\" more",
            "back\\slash",
            "comma, semicolon; tab\t",
            "#comment",
            "null",
            "NULL",
            "żółć € 日本 𝄞",
            "\uFEFFmark",
            "\u2028 \u0001 \u001f \u007f",
            "'single'",
            "{\"json\": [1]}",
            "x".repeat(9_000));

    private final SplittableRandom random;
    private final List<Map<String, Object>> rows = new ArrayList<>();

    private TypedRows(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Fills the batch; answers the rows as maps from column to value, null for NULL, a map for a row. */
    public static List<Map<String, Object>> fill(Batch batch, int count, long seed) {
        TypedRows made = new TypedRows(seed);
        for (int row = 0; row < count; row++) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (int i = 0; i < SCHEMA.size(); i++) {
                Field field = SCHEMA.field(i);
                values.put(field.name(), made.put(batch, field.type(), SCHEMA.firstLeaf(i), row, false));
            }
            batch.rows(row + 1);
            made.rows.add(values);
        }
        return made.rows;
    }

    private Object put(Batch batch, Type type, int leaf, int row, boolean absent) {
        Column column = batch.column(leaf);
        boolean isNull = absent || random.nextInt(6) == 0;
        if (type instanceof Type.RowType rowType) {
            return putRow(batch, rowType, leaf, row, isNull);
        }
        if (isNull) {
            column.putNull(row);
            return null;
        }
        return putValue(column, type, row);
    }

    private Object putRow(Batch batch, Type.RowType type, int leaf, int row, boolean isNull) {
        if (isNull) {
            batch.column(leaf).putNull(row);
        } else {
            batch.column(leaf).putPresent(row);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        int next = leaf + 1;
        for (Field field : type.fields()) {
            values.put(field.name(), put(batch, field.type(), next, row, isNull));
            next += Schema.leafCount(field.type());
        }
        return isNull ? null : values;
    }

    private Object putValue(Column column, Type type, int row) {
        if (type instanceof Type.BooleanType) {
            boolean value = random.nextBoolean();
            column.putBoolean(row, value);
            return value;
        }
        if (type instanceof Type.IntegerType integer) {
            long value = edge(integer.bits());
            putInteger(column, integer.bits(), row, value);
            return value;
        }
        if (type instanceof Type.FloatType floats) {
            return putFloat(column, floats.bits(), row);
        }
        if (type instanceof Type.DecimalType decimal) {
            return putDecimal(column, decimal, row);
        }
        if (type instanceof Type.VarcharType) {
            String value = TEXTS.get(random.nextInt(TEXTS.size()));
            column.putText(row, value);
            return value;
        }
        if (type instanceof Type.VarbinaryType) {
            byte[] value = new byte[random.nextInt(9)];
            random.nextBytes(value);
            column.putBytes(row, value);
            return value;
        }
        return putTime(column, type, row);
    }

    private long edge(int bits) {
        long any = random.nextLong() >> (64 - bits);
        long most = Long.MAX_VALUE >> (64 - bits);
        return switch (random.nextInt(5)) {
            case 0 -> most;
            case 1 -> -most - 1;
            case 2 -> 0;
            default -> any;
        };
    }

    private static void putInteger(Column column, int bits, int row, long value) {
        switch (bits) {
            case 8 -> column.putByte(row, (int) value);
            case 16 -> column.putShort(row, (int) value);
            case 32 -> column.putInt(row, (int) value);
            default -> column.putLong(row, value);
        }
    }

    private Object putFloat(Column column, int bits, int row) {
        if (bits == 32) {
            float[] edges = {Float.MAX_VALUE, Float.MIN_VALUE, 0.1f, -1e-7f, 16_777_216f, 1e21f};
            float drawn = Float.intBitsToFloat(random.nextInt());
            float value = Float.isFinite(drawn) && random.nextBoolean() ? drawn : edges[random.nextInt(edges.length)];
            column.putFloat(row, value);
            return value;
        }
        double[] edges = {Double.MAX_VALUE, Double.MIN_VALUE, 0.1, -1e-7, 9_007_199_254_740_992.0, 1e21, 77};
        double drawn = Double.longBitsToDouble(random.nextLong());
        double value = Double.isFinite(drawn) && random.nextBoolean() ? drawn : edges[random.nextInt(edges.length)];
        column.putDouble(row, value);
        return value;
    }

    private Object putDecimal(Column column, Type.DecimalType type, int row) {
        BigInteger limit = BigInteger.TEN.pow(type.precision());
        BigInteger unscaled = new BigInteger(126, new java.util.Random(random.nextLong())).mod(limit);
        unscaled = switch (random.nextInt(5)) {
            case 0 -> limit.subtract(BigInteger.ONE);
            case 1 -> BigInteger.ONE.subtract(limit);
            case 2 -> BigInteger.ZERO;
            case 3 -> unscaled.negate();
            default -> unscaled;
        };
        column.putDecimal(row, unscaled.shiftRight(64).longValue(), unscaled.longValue());
        return new BigDecimal(unscaled, type.scale());
    }

    private Object putTime(Column column, Type type, int row) {
        if (type instanceof Type.DateType) {
            int days = random.nextInt(-719_528, 2_932_896); // years 0 to 9999
            column.putInt(row, days);
            return LocalDate.ofEpochDay(days);
        }
        if (type instanceof Type.TimeType) {
            long micros = random.nextLong(86_400_000_000L);
            column.putLong(row, micros);
            return LocalTime.ofNanoOfDay(micros * 1_000);
        }
        if (type instanceof Type.TimestampType timestamp) {
            long unit = timestamp.unit();
            long limit = timestamp.nanos() ? Long.MAX_VALUE : 62_000_000_000L * 1_000_000;
            long ticks = random.nextLong(-limit, limit) / unit * unit;
            column.putLong(row, ticks);
            long second = Math.floorDiv(ticks, timestamp.ticksPerSecond());
            long nanos =
                    Math.floorMod(ticks, timestamp.ticksPerSecond()) * (1_000_000_000L / timestamp.ticksPerSecond());
            Instant instant = Instant.ofEpochSecond(second, nanos);
            return timestamp.local() ? instant : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        }
        if (((Type.IntervalType) type).months()) {
            int months = (int) edge(32);
            column.putInt(row, months);
            return months;
        }
        long micros = edge(64);
        column.putLong(row, micros);
        return micros;
    }
}
