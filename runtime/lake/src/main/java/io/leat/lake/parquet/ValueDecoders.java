package io.leat.lake.parquet;

import io.leat.lake.parquet.FoundType.Kind;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.DecimalType;
import io.leat.runtime.type.Type.FloatType;
import io.leat.runtime.type.Type.IntegerType;
import io.leat.runtime.type.Type.TimeType;
import io.leat.runtime.type.Type.TimestampType;
import java.time.LocalDate;
import java.util.Optional;

/** Which types of a file a type of a table can be read from: those all of whose values it holds, apart from what no type of a table does. */
final class ValueDecoders {
    private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private ValueDecoders() {}

    /** How values are read; empty if they are of a type that the wanted one does not hold. */
    static Optional<ValueDecoder> of(Type wanted, FoundType found, RowRefusals refusals) {
        return Optional.ofNullable(find(wanted, found, refusals));
    }

    private static ValueDecoder find(Type wanted, FoundType found, RowRefusals refusals) {
        if (wanted instanceof Type.BooleanType) {
            return found.kind() == Kind.PLAIN && found.stored() == org.apache.parquet.format.Type.BOOLEAN
                    ? NumberDecoders.booleans()
                    : null;
        }
        if (wanted instanceof IntegerType integer) {
            return integers(integer.bits(), found);
        }
        if (wanted instanceof FloatType real) {
            return floats(real.bits(), found, refusals);
        }
        if (wanted instanceof DecimalType decimal) {
            return decimals(decimal, found, refusals);
        }
        if (wanted instanceof Type.VarcharType varchar) {
            boolean text = found.stored() == org.apache.parquet.format.Type.BYTE_ARRAY
                    && (found.kind() == Kind.TEXT || found.kind() == Kind.PLAIN);
            return text ? BytesDecoder.text(varchar.length(), refusals) : null;
        }
        if (wanted instanceof Type.VarbinaryType) {
            boolean bytes = found.stored() == org.apache.parquet.format.Type.BYTE_ARRAY
                    || found.stored() == org.apache.parquet.format.Type.FIXED_LEN_BYTE_ARRAY;
            return bytes && found.kind() == Kind.PLAIN ? BytesDecoder.bytes(refusals) : null;
        }
        if (wanted instanceof Type.DateType) {
            return found.kind() == Kind.DATE && isInteger(found)
                    ? NumberDecoders.days(FIRST_DAY, LAST_DAY, refusals)
                    : null;
        }
        if (wanted instanceof TimeType time) {
            return found.kind() == Kind.TIME && isInteger(found)
                    ? times(found, MICROS_PER_SECOND, unit(time.precision()), 0, SECONDS_PER_DAY - 1, refusals)
                    : null;
        }
        if (wanted instanceof TimestampType timestamp) {
            boolean same = found.kind() == Kind.TIMESTAMP && isWide(found) && found.utc() == timestamp.local();
            return same
                    ? times(
                            found,
                            timestamp.ticksPerSecond(),
                            timestamp.unit(),
                            FIRST_DAY * SECONDS_PER_DAY,
                            (LAST_DAY + 1) * SECONDS_PER_DAY - 1,
                            refusals)
                    : null;
        }
        return null;
    }

    private static boolean isWide(FoundType found) {
        return found.stored() == org.apache.parquet.format.Type.INT64;
    }

    private static boolean isInteger(FoundType found) {
        return isWide(found) || found.stored() == org.apache.parquet.format.Type.INT32;
    }

    private static ValueDecoder integers(int bits, FoundType found) {
        if (!isInteger(found) || found.kind() != Kind.PLAIN && found.kind() != Kind.INTEGER) {
            return null;
        }
        int stored = isWide(found) ? 64 : 32;
        int width = found.kind() == Kind.PLAIN ? stored : Math.min(stored, found.bits());
        // An unsigned number takes a bit more.
        if (width + (found.signed() ? 0 : 1) > bits) {
            return null;
        }
        return switch (bits) {
            case 8 -> NumberDecoders.bytes();
            case 16 -> NumberDecoders.shorts();
            case 32 -> NumberDecoders.ints();
            default ->
                isWide(found)
                        ? NumberDecoders.longs()
                        : found.signed() ? NumberDecoders.intsToLongs() : NumberDecoders.unsignedIntsToLongs();
        };
    }

    private static ValueDecoder floats(int bits, FoundType found, RowRefusals refusals) {
        if (found.kind() != Kind.PLAIN) {
            return null;
        }
        return switch (found.stored()) {
            case FLOAT -> bits == 32 ? NumberDecoders.floats(refusals) : NumberDecoders.floatsToDoubles(refusals);
            case DOUBLE -> bits == 64 ? NumberDecoders.doubles(refusals) : null;
            default -> null;
        };
    }

    private static ValueDecoder decimals(DecimalType wanted, FoundType found, RowRefusals refusals) {
        boolean holds = found.kind() == Kind.DECIMAL
                && found.scale() == wanted.scale()
                && found.precision() <= wanted.precision();
        if (!holds) {
            return null;
        }
        if (isInteger(found)) {
            int digits = Math.min(wanted.precision(), DecimalType.MAX_LONG_PRECISION);
            return NumberDecoders.decimals(isWide(found), tenTo(digits), refusals);
        }
        return new NumberDecoders.BytesToDecimals(wanted.precision(), refusals);
    }

    private static long tenTo(int digits) {
        long power = 1;
        for (int i = 0; i < digits; i++) {
            power *= 10;
        }
        return power;
    }

    /** Microseconds in the last digit of a time. */
    private static long unit(int precision) {
        return MICROS_PER_SECOND / tenTo(precision);
    }

    /**
     * @param ticks counts of the wanted type in a second
     * @param firstSecond the first one that may be
     * @param lastSecond the last one
     */
    private static ValueDecoder times(
            FoundType found, long ticks, long unit, long firstSecond, long lastSecond, RowRefusals refusals) {
        long factor = ticks >= found.ticks() ? ticks / found.ticks() : -(found.ticks() / ticks);
        // Nanoseconds reach neither the first nor the last year.
        long finest = Math.max(ticks, found.ticks());
        long first = Math.max(firstSecond, Long.MIN_VALUE / finest);
        long last = Math.min(lastSecond, Long.MAX_VALUE / finest - 1);
        return NumberDecoders.times(
                isWide(found), factor, unit, first * found.ticks(), last * found.ticks() + found.ticks() - 1, refusals);
    }
}
