package io.leat.runtime.connector.format;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.batch.Column;
import io.leat.runtime.kernel.FloatPrinter;
import io.leat.runtime.kernel.IntervalPrinter;
import io.leat.runtime.kernel.NumberPrinter;
import io.leat.runtime.kernel.TimePrinter;
import io.leat.runtime.kernel.Zone;
import io.leat.runtime.type.Type;
import java.time.ZoneId;
import org.apache.arrow.memory.BufferAllocator;

/** Prints plain values, each with what its text is to a format that must choose between numbers and quotes. */
final class ValuePrinter implements AutoCloseable {
    private final Zone zone;
    private final BytesResult text;

    /** What the text of a value is. */
    enum Shape {
        /** A type without values, of which only NULL is ever seen. */
        NOTHING,
        BOOLEAN,
        /** A {@code long}. */
        INTEGER,
        /** A number in plain or scientific notation. */
        NUMBER,
        /** ASCII text that no format needs to escape. */
        SIMPLE_TEXT,
        /** UTF-8 text of any kind. */
        TEXT,
        BINARY,
        ARRAY,
        ROW
    }

    ValuePrinter(ZoneId zone, BufferAllocator allocator) {
        this.zone = Zone.of(zone);
        this.text = new BytesResult(allocator);
    }

    static Shape shape(Type type) {
        if (type instanceof Type.NullType) {
            return Shape.NOTHING;
        }
        if (type instanceof Type.IntegerType) {
            return Shape.INTEGER;
        }
        if (type instanceof Type.FloatType || type instanceof Type.DecimalType) {
            return Shape.NUMBER;
        }
        if (type instanceof Type.VarbinaryType) {
            return Shape.BINARY;
        }
        if (type instanceof Type.ArrayType) {
            return Shape.ARRAY;
        }
        return switch (type.physical()) {
            case BOOL -> Shape.BOOLEAN;
            case BYTES -> Shape.TEXT;
            case ROW -> Shape.ROW;
            default -> Shape.SIMPLE_TEXT;
        };
    }

    /** The text of a value that is not NULL and neither text, bytes, an array nor a row; valid until the next call. */
    BytesResult print(Column column, int row) {
        Type type = column.type();
        if (type instanceof Type.BooleanType) {
            NumberPrinter.booleanToText(column.getBoolean(row), text);
        } else if (type instanceof Type.IntegerType) {
            NumberPrinter.int64ToText(column.getLong(row), text);
        } else if (type instanceof Type.FloatType number) {
            printFloat(number, column, row);
        } else if (type instanceof Type.DecimalType decimal) {
            NumberPrinter.int128ToText(column.getDecimalHigh(row), column.getLong(row), decimal.scale(), text);
        } else if (type instanceof Type.DateType) {
            TimePrinter.dateToText((int) column.getLong(row), text);
        } else if (type instanceof Type.TimeType) {
            TimePrinter.timeToText(column.getLong(row), text);
        } else if (type instanceof Type.TimestampType timestamp) {
            printTimestamp(timestamp, column.getLong(row));
        } else if (type instanceof Type.IntervalType interval) {
            if (interval.months()) {
                IntervalPrinter.monthsToText((int) column.getLong(row), text);
            } else {
                IntervalPrinter.microsToText(column.getLong(row), text);
            }
        } else {
            throw new IllegalArgumentException(type.sql() + " is no plain value");
        }
        return text;
    }

    private void printFloat(Type.FloatType type, Column column, int row) {
        if (type.bits() == 32) {
            FloatPrinter.float32ToText(column.getFloat(row), text);
        } else {
            FloatPrinter.float64ToText(column.getDouble(row), text);
        }
    }

    private void printTimestamp(Type.TimestampType type, long ticks) {
        if (type.local()) {
            TimePrinter.instantToText(ticks, type.ticksPerSecond(), zone, text);
        } else {
            TimePrinter.timestampToText(ticks, type.ticksPerSecond(), text);
        }
    }

    @Override
    public void close() {
        text.close();
    }
}
