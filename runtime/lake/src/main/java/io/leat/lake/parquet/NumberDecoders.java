package io.leat.lake.parquet;

import io.leat.runtime.batch.Column;
import io.leat.runtime.decode.RejectReason;
import io.leat.runtime.kernel.Int128;
import java.math.BigInteger;
import org.apache.parquet.column.values.ValuesReader;

/** Decoders of values that are numbers, or stored as such. */
final class NumberDecoders {
    private NumberDecoders() {}

    static ValueDecoder booleans() {
        return (values, into, row, count) -> {
            ValuesReader numbers = values.numbers();
            for (int i = row; i < row + count; i++) {
                into.putBoolean(i, numbers.readBoolean());
            }
        };
    }

    static ValueDecoder bytes() {
        return (values, into, row, count) -> {
            ValuesReader numbers = values.numbers();
            for (int i = row; i < row + count; i++) {
                into.putByte(i, numbers.readInteger());
            }
        };
    }

    static ValueDecoder shorts() {
        return (values, into, row, count) -> {
            ValuesReader numbers = values.numbers();
            for (int i = row; i < row + count; i++) {
                into.putShort(i, numbers.readInteger());
            }
        };
    }

    static ValueDecoder ints() {
        return (values, into, row, count) -> {
            ValuesReader numbers = values.numbers();
            for (int i = row; i < row + count; i++) {
                into.putInt(i, numbers.readInteger());
            }
        };
    }

    static ValueDecoder longs() {
        return (values, into, row, count) -> {
            ValuesReader numbers = values.numbers();
            for (int i = row; i < row + count; i++) {
                into.putLong(i, numbers.readLong());
            }
        };
    }

    static ValueDecoder intsToLongs() {
        return (values, into, row, count) -> {
            ValuesReader numbers = values.numbers();
            for (int i = row; i < row + count; i++) {
                into.putLong(i, numbers.readInteger());
            }
        };
    }

    static ValueDecoder unsignedIntsToLongs() {
        return (values, into, row, count) -> {
            ValuesReader numbers = values.numbers();
            for (int i = row; i < row + count; i++) {
                into.putLong(i, Integer.toUnsignedLong(numbers.readInteger()));
            }
        };
    }

    static ValueDecoder floats(RowRefusals refusals) {
        return (values, into, row, count) -> {
            ValuesReader numbers = values.numbers();
            for (int i = row; i < row + count; i++) {
                float value = numbers.readFloat();
                if (Float.isFinite(value)) {
                    into.putFloat(i, value);
                } else {
                    refusals.add(into, i, RejectReason.OUT_OF_RANGE);
                }
            }
        };
    }

    static ValueDecoder floatsToDoubles(RowRefusals refusals) {
        return (values, into, row, count) -> {
            ValuesReader numbers = values.numbers();
            for (int i = row; i < row + count; i++) {
                float value = numbers.readFloat();
                if (Float.isFinite(value)) {
                    into.putDouble(i, value);
                } else {
                    refusals.add(into, i, RejectReason.OUT_OF_RANGE);
                }
            }
        };
    }

    static ValueDecoder doubles(RowRefusals refusals) {
        return (values, into, row, count) -> {
            ValuesReader numbers = values.numbers();
            for (int i = row; i < row + count; i++) {
                double value = numbers.readDouble();
                if (Double.isFinite(value)) {
                    into.putDouble(i, value);
                } else {
                    refusals.add(into, i, RejectReason.OUT_OF_RANGE);
                }
            }
        };
    }

    /** Days since 1970 of the years that there are. */
    static ValueDecoder days(long first, long last, RowRefusals refusals) {
        return (values, into, row, count) -> {
            ValuesReader numbers = values.numbers();
            for (int i = row; i < row + count; i++) {
                int day = numbers.readInteger();
                if (day >= first && day <= last) {
                    into.putInt(i, day);
                } else {
                    refusals.add(into, i, RejectReason.OUT_OF_RANGE);
                }
            }
        };
    }

    /**
     * Counts of time in other units.
     *
     * @param wide whether they are stored as 64 bits
     * @param factor what they are multiplied with, or -n for a division by n
     * @param unit whose multiples the column holds
     * @param first the least value, in units of the file
     * @param last the largest one
     */
    static ValueDecoder times(boolean wide, long factor, long unit, long first, long last, RowRefusals refusals) {
        return (values, into, row, count) -> {
            ValuesReader numbers = values.numbers();
            for (int i = row; i < row + count; i++) {
                long found = wide ? numbers.readLong() : numbers.readInteger();
                if (found < first || found > last) {
                    refusals.add(into, i, RejectReason.OUT_OF_RANGE);
                } else {
                    long value = factor > 0 ? found * factor : Math.floorDiv(found, -factor);
                    into.putLong(i, unit == 1 ? value : Math.floorDiv(value, unit) * unit);
                }
            }
        };
    }

    /**
     * Decimals that are stored as integers.
     *
     * @param limit the unscaled value that has one digit too many
     */
    static ValueDecoder decimals(boolean wide, long limit, RowRefusals refusals) {
        return (values, into, row, count) -> {
            ValuesReader numbers = values.numbers();
            for (int i = row; i < row + count; i++) {
                long unscaled = wide ? numbers.readLong() : numbers.readInteger();
                if (unscaled > -limit && unscaled < limit) {
                    into.putDecimal(i, unscaled);
                } else {
                    refusals.add(into, i, RejectReason.OUT_OF_RANGE);
                }
            }
        };
    }

    /** Decimals that are stored as bytes, the highest one first. */
    static final class BytesToDecimals implements ValueDecoder {
        private static final int MAX_BYTES = 16;

        private final long maxHigh;
        private final long maxLow;
        private final long minHigh;
        private final long minLow;
        private final RowRefusals refusals;

        BytesToDecimals(int precision, RowRefusals refusals) {
            BigInteger max = BigInteger.TEN.pow(precision).subtract(BigInteger.ONE);
            this.maxHigh = max.shiftRight(Long.SIZE).longValue();
            this.maxLow = max.longValue();
            this.minHigh = max.negate().shiftRight(Long.SIZE).longValue();
            this.minLow = max.negate().longValue();
            this.refusals = refusals;
        }

        @Override
        public boolean takesBytes() {
            return true;
        }

        @Override
        public void decode(PageValues values, Column into, int row, int count) {
            ByteValues bytes = values.bytes();
            for (int i = row; i < row + count; i++) {
                bytes.next();
                put(bytes.array, bytes.offset, bytes.length, into, i);
            }
        }

        private void put(byte[] array, int offset, int length, Column into, int row) {
            if (length == 0) {
                refusals.add(into, row, RejectReason.OUT_OF_RANGE);
                return;
            }
            long sign = array[offset] >> 7;
            int from = offset;
            int end = offset + length;
            while (end - from > MAX_BYTES) {
                if (array[from++] != sign) {
                    refusals.add(into, row, RejectReason.OUT_OF_RANGE);
                    return;
                }
            }
            long high = sign;
            long low = sign;
            for (int at = from; at < end; at++) {
                high = high << 8 | low >>> 56;
                low = low << 8 | array[at] & 0xFF;
            }
            // Bytes that were left out may have been of another sign than what is left.
            boolean fits = high >> 63 == sign
                    && Int128.compareInt128(high, low, maxHigh, maxLow) <= 0
                    && Int128.compareInt128(high, low, minHigh, minLow) >= 0;
            if (fits) {
                into.putDecimal(row, high, low);
            } else {
                refusals.add(into, row, RejectReason.OUT_OF_RANGE);
            }
        }
    }
}
