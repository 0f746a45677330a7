package io.leat.runtime.connector.datagen;

import io.leat.runtime.batch.Column;
import io.leat.runtime.type.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * A type whose values are whole numbers of some step: integers, narrow decimals, dates, times, intervals.
 *
 * @param step between two values that the type tells apart
 * @param from and {@code to}: the range of values if nothing else is said
 */
record LongForm(Type type, long step, long from, long to) {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long DEFAULT_LARGEST = 999_999;
    private static final LocalDate FIRST_DAY = LocalDate.of(2020, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2029, 12, 31);

    /** The form of a type, or null if its values are none. */
    static LongForm of(Type type) {
        if (type instanceof Type.IntegerType integer) {
            long largest = integer.bits() == 64 ? Long.MAX_VALUE : (1L << (integer.bits() - 1)) - 1;
            return new LongForm(type, 1, 0, Math.min(largest, DEFAULT_LARGEST));
        }
        if (type instanceof Type.DecimalType decimal && decimal.precision() <= Type.DecimalType.MAX_LONG_PRECISION) {
            return new LongForm(
                    type, 1, 0, BigDecimal.TEN.pow(decimal.precision()).longValueExact() - 1);
        }
        if (type instanceof Type.DateType) {
            return new LongForm(type, 1, FIRST_DAY.toEpochDay(), LAST_DAY.toEpochDay());
        }
        if (type instanceof Type.TimeType time) {
            long step = MICROS_PER_SECOND / power(time.precision());
            return new LongForm(type, step, 0, SECONDS_PER_DAY * MICROS_PER_SECOND - step);
        }
        if (type instanceof Type.TimestampType timestamp) {
            long perDay = SECONDS_PER_DAY * timestamp.ticksPerSecond();
            long end = (LAST_DAY.toEpochDay() + 1) * perDay - timestamp.unit();
            return new LongForm(type, timestamp.unit(), FIRST_DAY.toEpochDay() * perDay, end);
        }
        if (type instanceof Type.IntervalType interval) {
            return interval.months()
                    ? new LongForm(type, 1, 0, 99)
                    : new LongForm(type, MICROS_PER_SECOND, 0, SECONDS_PER_DAY * MICROS_PER_SECOND);
        }
        return null;
    }

    private static long power(int digits) {
        return BigDecimal.TEN.pow(digits).longValueExact();
    }

    /**
     * The value that a text stands for.
     *
     * @throws IllegalArgumentException if it is none of this type
     */
    long parse(String text) {
        try {
            if (type instanceof Type.IntegerType integer) {
                return inRange(Long.parseLong(text), integer.bits());
            }
            if (type instanceof Type.DecimalType decimal) {
                BigDecimal value = new BigDecimal(text).setScale(decimal.scale());
                if (value.precision() > decimal.precision()) {
                    throw new IllegalArgumentException("too many digits");
                }
                return value.unscaledValue().longValueExact();
            }
            if (type instanceof Type.DateType) {
                return LocalDate.parse(text).toEpochDay();
            }
            if (type instanceof Type.TimeType) {
                return onStep(LocalTime.parse(text).toNanoOfDay() / 1_000);
            }
            if (type instanceof Type.TimestampType timestamp) {
                long micros = instantMicros(text);
                return onStep(timestamp.nanos() ? Math.multiplyExact(micros, 1_000L) : micros);
            }
            return ((Type.IntervalType) type).months()
                    ? inRange(Long.parseLong(text), 32)
                    : Duration.parse(text).toNanos() / 1_000;
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static long inRange(long value, int bits) {
        if (value << (64 - bits) >> (64 - bits) != value) {
            throw new IllegalArgumentException("out of range");
        }
        return value;
    }

    /** The last value of the type that is not later. */
    long onStep(long ticks) {
        return ticks - Math.floorMod(ticks, step);
    }

    /** A time with or without an offset, as microseconds since 1970; without one it is in UTC. */
    static long instantMicros(String text) {
        try {
            String iso = text.strip().replace(' ', 'T');
            boolean zoned = iso.endsWith("Z") || iso.matches(".*T.*[+-]\\d\\d:?\\d\\d");
            Instant instant = zoned
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
            return Math.addExact(
                    Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND), instant.getNano() / 1_000);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    void put(Column column, int row, long value) {
        if (type instanceof Type.DecimalType) {
            column.putDecimal(row, value);
            return;
        }
        switch (type.physical()) {
            case INT8 -> column.putByte(row, (int) value);
            case INT16 -> column.putShort(row, (int) value);
            case INT32 -> column.putInt(row, (int) value);
            default -> column.putLong(row, value);
        }
    }
}
