package io.leat.runtime.connector.datagen;

import io.leat.runtime.batch.Column;
import io.leat.runtime.connector.OptionException;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.type.Type;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Values drawn from a range. */
final class RandomMakers {
    private static final int DEFAULT_LENGTH = 16;
    private static final byte[] HEX_DIGITS = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private RandomMakers() {}

    static ValueMaker of(Type type, FieldSettings settings) {
        LongForm form = LongForm.of(type);
        if (form != null) {
            return longs(form, settings);
        }
        if (type instanceof Type.FloatType) {
            return floats(type, settings);
        }
        if (type instanceof Type.DecimalType decimal) {
            return wideDecimals(decimal, settings);
        }
        if (type instanceof Type.VarcharType varchar) {
            int length = settings.length().orElse(Math.min(DEFAULT_LENGTH, varchar.length()));
            if (length > varchar.length()) {
                throw new OptionException(
                        FieldSettings.key(settings.path(), "length"), type.sql() + " is shorter than " + length, "");
            }
            return new Text(length);
        }
        if (type instanceof Type.VarbinaryType) {
            return new Binary(settings.length().orElse(DEFAULT_LENGTH));
        }
        return (number, draws, column, row) -> column.putBoolean(row, draws.bits() < 0);
    }

    private static ValueMaker longs(LongForm form, FieldSettings settings) {
        long min =
                settings.min().map(text -> parse(form, settings, "min", text)).orElse(form.from());
        long max =
                settings.max().map(text -> parse(form, settings, "max", text)).orElse(form.to());
        checkRange(settings, min <= max);
        long steps = Long.divideUnsigned(max - min, form.step());
        return (number, draws, column, row) -> form.put(column, row, min + draws.upTo(steps) * form.step());
    }

    static long parse(LongForm form, FieldSettings settings, String name, String text) {
        try {
            return form.parse(text.strip());
        } catch (IllegalArgumentException e) {
            throw badValue(form.type(), settings, name, text);
        }
    }

    static OptionException badValue(Type type, FieldSettings settings, String name, String text) {
        String key = FieldSettings.key(settings.path(), name);
        return new OptionException(key, "'" + text + "' is no value of type " + type.sql(), "");
    }

    private static void checkRange(FieldSettings settings, boolean isRange) {
        if (!isRange) {
            throw new OptionException(
                    FieldSettings.key(settings.path(), "max"),
                    "the range of '" + settings.path() + "' is empty",
                    "'max' must not be below 'min'");
        }
    }

    private static ValueMaker floats(Type type, FieldSettings settings) {
        double min = settings.min()
                .map(text -> parseFloat(type, settings, "min", text))
                .orElse(0.0);
        double max = settings.max()
                .map(text -> parseFloat(type, settings, "max", text))
                .orElse(1.0);
        checkRange(settings, min <= max);
        // No difference of the two: it may be too large.
        if (type.equals(Type.REAL)) {
            return (number, draws, column, row) -> {
                double share = draws.unit();
                column.putFloat(row, (float) (min * (1 - share) + max * share));
            };
        }
        return (number, draws, column, row) -> {
            double share = draws.unit();
            column.putDouble(row, min * (1 - share) + max * share);
        };
    }

    static double parseFloat(Type type, FieldSettings settings, String name, String text) {
        try {
            double value = Double.parseDouble(text.strip());
            if (Double.isFinite(type.equals(Type.REAL) ? (float) value : value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // As for a number that is too large.
        }
        throw badValue(type, settings, name, text);
    }

    private static ValueMaker wideDecimals(Type.DecimalType type, FieldSettings settings) {
        BigInteger min = settings.min()
                .map(text -> parseWide(type, settings, "min", text))
                .orElse(BigInteger.ZERO);
        BigInteger max = settings.max()
                .map(text -> parseWide(type, settings, "max", text))
                .orElse(BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE));
        checkRange(settings, min.compareTo(max) <= 0);
        BigInteger count = max.subtract(min).add(BigInteger.ONE);
        return (number, draws, column, row) -> {
            BigInteger high = BigInteger.valueOf(draws.bits() >>> 1).shiftLeft(64);
            BigInteger drawn = high.add(BigInteger.valueOf(draws.bits() >>> 1));
            putWide(column, row, min.add(drawn.mod(count)));
        };
    }

    static BigInteger parseWide(Type.DecimalType type, FieldSettings settings, String name, String text) {
        try {
            BigDecimal value = new BigDecimal(text.strip()).setScale(type.scale());
            if (value.precision() <= type.precision()) {
                return value.unscaledValue();
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // As for a number with too many digits.
        }
        throw badValue(type, settings, name, text);
    }

    static void putWide(Column column, int row, BigInteger value) {
        column.putDecimal(row, value.shiftRight(64).longValue(), value.longValue());
    }

    /** Texts of random hexadecimal digits. */
    private record Text(int length) implements ValueMaker {
        @Override
        public void make(long number, Draws draws, Column column, int row) {
            long at = column.reserveBytes(row, length);
            long bits = 0;
            for (int i = 0; i < length; i++) {
                bits = i % 16 == 0 ? draws.bits() : bits >>> 4;
                Memory.putByte(at + i, HEX_DIGITS[(int) bits & 15]);
            }
            column.finishBytes(row, length);
        }

        @Override
        public int bytes() {
            return length;
        }
    }

    private record Binary(int length) implements ValueMaker {
        @Override
        public void make(long number, Draws draws, Column column, int row) {
            long at = column.reserveBytes(row, length);
            long bits = 0;
            for (int i = 0; i < length; i++) {
                bits = i % 8 == 0 ? draws.bits() : bits >>> 8;
                Memory.putByte(at + i, (byte) bits);
            }
            column.finishBytes(row, length);
        }

        @Override
        public int bytes() {
            return length;
        }
    }
}
