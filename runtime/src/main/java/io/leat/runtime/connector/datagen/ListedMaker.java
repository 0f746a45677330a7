package io.leat.runtime.connector.datagen;

import io.leat.runtime.batch.Column;
import io.leat.runtime.type.Type;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Picks from a list of values, some of them more often than others. */
final class ListedMaker implements ValueMaker {
    private final List<Constant> constants;
    private final int largest;
    /** The sums of the weights up to each value. */
    private final long[] bounds;

    /** Puts always the same value. */
    private interface Constant {
        void put(Column column, int row);
    }

    private ListedMaker(List<Constant> constants, int largest, long[] bounds) {
        this.constants = constants;
        this.largest = largest;
        this.bounds = bounds;
    }

    static ListedMaker of(Type type, FieldSettings settings) {
        List<Constant> constants = new ArrayList<>();
        int largest = 0;
        long[] bounds = new long[settings.values().size()];
        long sum = 0;
        for (int i = 0; i < bounds.length; i++) {
            constants.add(constant(type, settings, settings.values().get(i)));
            largest = Math.max(largest, settings.values().get(i).length());
            sum += settings.weights().isEmpty() ? 1 : settings.weights().get(i);
            bounds[i] = sum;
        }
        return new ListedMaker(constants, largest, bounds);
    }

    private static Constant constant(Type type, FieldSettings settings, String text) {
        LongForm form = LongForm.of(type);
        if (form != null) {
            long value = RandomMakers.parse(form, settings, "values", text);
            return (column, row) -> form.put(column, row, value);
        }
        if (type instanceof Type.FloatType) {
            double value = RandomMakers.parseFloat(type, settings, "values", text);
            return type.equals(Type.REAL)
                    ? (column, row) -> column.putFloat(row, (float) value)
                    : (column, row) -> column.putDouble(row, value);
        }
        if (type instanceof Type.DecimalType decimal) {
            BigInteger value = RandomMakers.parseWide(decimal, settings, "values", text);
            return (column, row) -> RandomMakers.putWide(column, row, value);
        }
        if (type instanceof Type.BooleanType) {
            boolean value = text.strip().equalsIgnoreCase("true");
            if (!value && !text.strip().equalsIgnoreCase("false")) {
                throw RandomMakers.badValue(type, settings, "values", text);
            }
            return (column, row) -> column.putBoolean(row, value);
        }
        byte[] bytes = bytes(type, settings, text);
        return (column, row) -> column.putBytes(row, bytes);
    }

    private static byte[] bytes(Type type, FieldSettings settings, String text) {
        try {
            if (type instanceof Type.VarbinaryType) {
                return Base64.getDecoder().decode(text.strip());
            }
        } catch (IllegalArgumentException e) {
            throw RandomMakers.badValue(type, settings, "values", text);
        }
        if (type instanceof Type.VarcharType varchar && text.codePointCount(0, text.length()) > varchar.length()) {
            throw RandomMakers.badValue(type, settings, "values", text);
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void make(long number, Draws draws, Column column, int row) {
        long drawn = draws.upTo(bounds[bounds.length - 1] - 1);
        int index = 0;
        while (bounds[index] <= drawn) {
            index++;
        }
        constants.get(index).put(column, row);
    }

    @Override
    public int bytes() {
        return largest;
    }
}
