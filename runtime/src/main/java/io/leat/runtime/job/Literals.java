package io.leat.runtime.job;

import io.leat.runtime.batch.Column;
import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Type;
import java.math.BigInteger;
import java.util.Base64;

/**
 * Values of a query as text and back: integers, dates and times as the number they are stored as, decimals as their unscaled value,
 * text as itself, bytes in base 64.
 */
public final class Literals {
    private Literals() {}

    /** Writes a value into a column; null is NULL. */
    public static void put(Column column, int row, String text) {
        if (text == null) {
            column.putNull(row);
            return;
        }
        Physical physical = column.type().physical();
        boolean decimal = column.type() instanceof Type.DecimalType;
        switch (physical) {
            case BOOL -> column.putBoolean(row, Boolean.parseBoolean(text));
            case INT8 -> column.putByte(row, Integer.parseInt(text));
            case INT16 -> column.putShort(row, Integer.parseInt(text));
            case INT32 -> column.putInt(row, Integer.parseInt(text));
            case FLOAT32 -> column.putFloat(row, Float.parseFloat(text));
            case FLOAT64 -> column.putDouble(row, Double.parseDouble(text));
            case BYTES -> {
                if (column.type() instanceof Type.VarbinaryType) {
                    column.putBytes(row, Base64.getDecoder().decode(text));
                } else {
                    column.putText(row, text);
                }
            }
            case ROW -> throw new IllegalArgumentException("a row is no literal");
            default -> {
                if (decimal) {
                    BigInteger unscaled = new BigInteger(text);
                    column.putDecimal(row, unscaled.shiftRight(Long.SIZE).longValue(), unscaled.longValue());
                } else {
                    column.putLong(row, Long.parseLong(text));
                }
            }
        }
    }
}
