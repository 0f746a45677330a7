package io.leat.runtime.type;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The type of a value. Whether a value may be NULL is not part of its type: it stands beside it, in {@link Field} and in
 * expressions.
 *
 * <p>Value forms, also the units in which generated code computes: {@code DATE} is days since 1970-01-01; {@code TIME} is
 * microseconds since midnight; {@code TIMESTAMP(p)} and {@code TIMESTAMP_LTZ(p)} are microseconds since 1970-01-01T00:00
 * (local, or UTC) for {@code p <= 6} and nanoseconds for {@code p} from 7 to 9; intervals are months or microseconds; a
 * decimal is its unscaled integer.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Type.NullType.class, name = "null"),
    @JsonSubTypes.Type(value = Type.BooleanType.class, name = "boolean"),
    @JsonSubTypes.Type(value = Type.IntegerType.class, name = "integer"),
    @JsonSubTypes.Type(value = Type.FloatType.class, name = "float"),
    @JsonSubTypes.Type(value = Type.DecimalType.class, name = "decimal"),
    @JsonSubTypes.Type(value = Type.VarcharType.class, name = "varchar"),
    @JsonSubTypes.Type(value = Type.VarbinaryType.class, name = "varbinary"),
    @JsonSubTypes.Type(value = Type.DateType.class, name = "date"),
    @JsonSubTypes.Type(value = Type.TimeType.class, name = "time"),
    @JsonSubTypes.Type(value = Type.TimestampType.class, name = "timestamp"),
    @JsonSubTypes.Type(value = Type.IntervalType.class, name = "interval"),
    @JsonSubTypes.Type(value = Type.ArrayType.class, name = "array"),
    @JsonSubTypes.Type(value = Type.RowType.class, name = "row"),
})
public sealed interface Type {

    Type NULL = new NullType();
    Type BOOLEAN = new BooleanType();
    Type TINYINT = new IntegerType(8);
    Type SMALLINT = new IntegerType(16);
    Type INT = new IntegerType(32);
    Type BIGINT = new IntegerType(64);
    Type REAL = new FloatType(32);
    Type DOUBLE = new FloatType(64);
    Type VARCHAR = new VarcharType(VarcharType.UNBOUNDED);
    Type VARBINARY = new VarbinaryType();
    Type DATE = new DateType();
    Type INTERVAL_MONTHS = new IntervalType(true);
    Type INTERVAL_MICROS = new IntervalType(false);

    /** The type as it is written in a query, e.g. {@code DECIMAL(10, 2)}. */
    String sql();

    /** The machine form that a value of this type has in generated code. */
    Physical physical();

    /** The type of a bare {@code NULL}, before it takes the type of its surroundings. */
    record NullType() implements Type {
        @Override
        public String sql() {
            return "NULL";
        }

        @Override
        public Physical physical() {
            return Physical.BOOL;
        }
    }

    record BooleanType() implements Type {
        @Override
        public String sql() {
            return "BOOLEAN";
        }

        @Override
        public Physical physical() {
            return Physical.BOOL;
        }
    }

    /** A signed integer of 8, 16, 32 or 64 bits. */
    record IntegerType(int bits) implements Type {
        public IntegerType {
            if (bits != 8 && bits != 16 && bits != 32 && bits != 64) {
                throw new IllegalArgumentException("integer of " + bits + " bits");
            }
        }

        @Override
        public String sql() {
            return switch (bits) {
                case 8 -> "TINYINT";
                case 16 -> "SMALLINT";
                case 32 -> "INT";
                default -> "BIGINT";
            };
        }

        @Override
        public Physical physical() {
            return switch (bits) {
                case 8 -> Physical.INT8;
                case 16 -> Physical.INT16;
                case 32 -> Physical.INT32;
                default -> Physical.INT64;
            };
        }

        /** Decimal digits that hold every value of this type. */
        public int digits() {
            return switch (bits) {
                case 8 -> 3;
                case 16 -> 5;
                case 32 -> 10;
                default -> 19;
            };
        }
    }

    /** An IEEE 754 number of 32 or 64 bits. Values are always finite: NaN and infinities are refused where they would arise. */
    record FloatType(int bits) implements Type {
        public FloatType {
            if (bits != 32 && bits != 64) {
                throw new IllegalArgumentException("float of " + bits + " bits");
            }
        }

        @Override
        public String sql() {
            return bits == 32 ? "REAL" : "DOUBLE";
        }

        @Override
        public Physical physical() {
            return bits == 32 ? Physical.FLOAT32 : Physical.FLOAT64;
        }
    }

    /** An exact number with {@code precision} digits in all, {@code scale} of them after the point. */
    record DecimalType(int precision, int scale) implements Type {
        public static final int MAX_PRECISION = 38;
        /** Up to this precision the unscaled value fits a {@code long}. */
        public static final int MAX_LONG_PRECISION = 18;

        public DecimalType {
            if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
                throw new IllegalArgumentException("DECIMAL(" + precision + ", " + scale + ")");
            }
        }

        @Override
        public String sql() {
            return "DECIMAL(" + precision + ", " + scale + ")";
        }

        @Override
        public Physical physical() {
            return precision <= MAX_LONG_PRECISION ? Physical.INT64 : Physical.INT128;
        }
    }

    /** UTF-8 text of at most {@code length} code points. */
    record VarcharType(int length) implements Type {
        public static final int UNBOUNDED = Integer.MAX_VALUE;

        public VarcharType {
            if (length < 1) {
                throw new IllegalArgumentException("VARCHAR(" + length + ")");
            }
        }

        @Override
        public String sql() {
            return length == UNBOUNDED ? "VARCHAR" : "VARCHAR(" + length + ")";
        }

        @Override
        public Physical physical() {
            return Physical.BYTES;
        }
    }

    record VarbinaryType() implements Type {
        @Override
        public String sql() {
            return "VARBINARY";
        }

        @Override
        public Physical physical() {
            return Physical.BYTES;
        }
    }

    record DateType() implements Type {
        @Override
        public String sql() {
            return "DATE";
        }

        @Override
        public Physical physical() {
            return Physical.INT32;
        }
    }

    /** Time of day with {@code precision} fraction digits, 0 to 6. */
    record TimeType(int precision) implements Type {
        public static final int MAX_PRECISION = 6;

        public TimeType {
            if (precision < 0 || precision > MAX_PRECISION) {
                throw new IllegalArgumentException("TIME(" + precision + ")");
            }
        }

        @Override
        public String sql() {
            return "TIME(" + precision + ")";
        }

        @Override
        public Physical physical() {
            return Physical.INT64;
        }
    }

    /** A point in time: a wall clock reading without zone, or ({@code local}) an instant shown in the zone of the job. */
    record TimestampType(int precision, boolean local) implements Type {
        public static final int MAX_PRECISION = 9;
        /** Up to this precision a value counts microseconds, above it nanoseconds. */
        public static final int MAX_MICROS_PRECISION = 6;

        public TimestampType {
            if (precision < 0 || precision > MAX_PRECISION) {
                throw new IllegalArgumentException("TIMESTAMP(" + precision + ")");
            }
        }

        @Override
        public String sql() {
            return (local ? "TIMESTAMP_LTZ(" : "TIMESTAMP(") + precision + ")";
        }

        @Override
        public Physical physical() {
            return Physical.INT64;
        }

        public boolean nanos() {
            return precision > MAX_MICROS_PRECISION;
        }

        /** How many counts of the value form make one second. */
        public long ticksPerSecond() {
            return nanos() ? 1_000_000_000L : 1_000_000L;
        }

        /** The smallest step that this precision can show, in counts of the value form. */
        public long unit() {
            long unit = ticksPerSecond();
            for (int digit = 0; digit < precision; digit++) {
                unit /= 10;
            }
            return unit;
        }
    }

    /** A span of time: whole months, or microseconds. The two do not mix, since a month has no fixed length. */
    record IntervalType(boolean months) implements Type {
        @Override
        public String sql() {
            return months ? "INTERVAL YEAR TO MONTH" : "INTERVAL DAY TO SECOND";
        }

        @Override
        public Physical physical() {
            return months ? Physical.INT32 : Physical.INT64;
        }
    }

    /**
     * Values of one type in an order, any of which may be NULL. An array is one element behind the other, as {@link
     * io.leat.runtime.kernel.OrderedBytes} writes them, so that the order of arrays is that of their bytes.
     */
    record ArrayType(Type element) implements Type {
        @Override
        public String sql() {
            return "ARRAY<" + element.sql() + ">";
        }

        @Override
        public Physical physical() {
            return Physical.BYTES;
        }
    }

    /** A row inside a row, such as a JSON object. In a batch it is a presence column followed by the columns of its fields. */
    record RowType(List<Field> fields) implements Type {
        public RowType {
            fields = List.copyOf(fields);
        }

        @Override
        public String sql() {
            return fields.stream().map(Field::sql).collect(Collectors.joining(", ", "ROW<", ">"));
        }

        @Override
        public Physical physical() {
            return Physical.ROW;
        }
    }
}
