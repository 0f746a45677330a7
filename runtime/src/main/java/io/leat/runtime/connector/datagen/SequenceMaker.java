package io.leat.runtime.connector.datagen;

import io.leat.runtime.connector.OptionException;
import io.leat.runtime.type.Type;
import java.math.BigInteger;

/** Counts upwards, row by row over all partitions. Behind the largest number of its type it begins again. */
final class SequenceMaker {
    private SequenceMaker() {}

    static ValueMaker of(Type type, FieldSettings settings) {
        long start = settings.start();
        long period = period(type, settings);
        if (type instanceof Type.IntegerType || type instanceof Type.DateType) {
            LongForm form = LongForm.of(type);
            return (number, draws, column, row) -> form.put(column, row, start + number % period);
        }
        if (type instanceof Type.DecimalType decimal) {
            BigInteger unit = BigInteger.TEN.pow(decimal.scale());
            return (number, draws, column, row) -> RandomMakers.putWide(
                    column, row, BigInteger.valueOf(start + number % period).multiply(unit));
        }
        if (type.equals(Type.REAL)) {
            return (number, draws, column, row) -> column.putFloat(row, (float) (start + number));
        }
        if (type.equals(Type.DOUBLE)) {
            return (number, draws, column, row) -> column.putDouble(row, (double) (start + number));
        }
        if (type instanceof Type.VarcharType) {
            return (number, draws, column, row) -> column.putText(row, Long.toString(start + number));
        }
        throw new OptionException(
                FieldSettings.key(settings.path(), "kind"),
                type.sql() + " cannot be a sequence",
                "sequences are numbers, texts and dates");
    }

    /** How many numbers the type has from the start on. */
    private static long period(Type type, FieldSettings settings) {
        BigInteger end = BigInteger.TWO.pow(63);
        if (type instanceof Type.IntegerType integer) {
            end = BigInteger.TWO.pow(integer.bits() - 1);
        } else if (type instanceof Type.DateType) {
            end = BigInteger.TWO.pow(31);
        } else if (type instanceof Type.DecimalType decimal) {
            end = BigInteger.TEN.pow(decimal.precision() - decimal.scale());
        }
        BigInteger period = end.subtract(BigInteger.valueOf(settings.start()));
        BigInteger largest =
                settings.end().isPresent() ? BigInteger.valueOf(settings.end().getAsLong()) : BigInteger.ZERO;
        boolean fits = period.signum() > 0 && largest.compareTo(end) < 0 && startFits(type, settings.start());
        if (!fits) {
            String name = period.signum() > 0 && settings.end().isPresent() ? "end" : "start";
            throw new OptionException(
                    FieldSettings.key(settings.path(), name), type.sql() + " has no such numbers", "");
        }
        return period.min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
    }

    private static boolean startFits(Type type, long start) {
        int bits = type instanceof Type.IntegerType integer ? integer.bits() : 64;
        return start << (64 - bits) >> (64 - bits) == start;
    }
}
