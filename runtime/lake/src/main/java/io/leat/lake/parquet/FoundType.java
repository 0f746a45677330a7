package io.leat.lake.parquet;

import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.Type;

/**
 * What the values of a column are, whichever way the file says it: newer files with a logical type, older ones with a converted type, or both.
 *
 * @param stored how a value is stored
 * @param bytes length of a value that has a fixed one
 * @param kind what it means
 * @param bits of an integer, signed or not
 * @param precision digits of a decimal
 * @param scale digits of it behind the point
 * @param ticks how many counts of a time or timestamp make a second
 * @param utc whether a timestamp is a moment, rather than what a clock on the wall shows
 */
record FoundType(
        Type stored,
        int bytes,
        Kind kind,
        int bits,
        boolean signed,
        int precision,
        int scale,
        long ticks,
        boolean utc) {

    /** What a value means. */
    enum Kind {
        /** What it is stored as. */
        PLAIN,
        INTEGER,
        DECIMAL,
        TEXT,
        DATE,
        TIME,
        TIMESTAMP,
        /** Something that has no counterpart here. */
        OTHER
    }

    private static final long MILLIS = 1_000;
    private static final long MICROS = 1_000_000;
    private static final long NANOS = 1_000_000_000;

    static FoundType of(SchemaElement element) {
        if (element.isSetLogicalType() && element.getLogicalType().isSet()) {
            return ofLogical(element, element.getLogicalType());
        }
        return element.isSetConverted_type()
                ? ofConverted(element, element.getConverted_type())
                : plain(element, Kind.PLAIN);
    }

    private static FoundType ofLogical(SchemaElement element, LogicalType logical) {
        if (logical.isSetSTRING() || logical.isSetENUM() || logical.isSetJSON()) {
            return plain(element, Kind.TEXT);
        }
        if (logical.isSetINTEGER()) {
            IntType integer = logical.getINTEGER();
            return integer(element, integer.getBitWidth(), integer.isIsSigned());
        }
        if (logical.isSetDECIMAL()) {
            return decimal(
                    element,
                    logical.getDECIMAL().getPrecision(),
                    logical.getDECIMAL().getScale());
        }
        if (logical.isSetDATE()) {
            return plain(element, Kind.DATE);
        }
        if (logical.isSetTIME()) {
            return time(
                    element,
                    Kind.TIME,
                    ticks(logical.getTIME().getUnit()),
                    logical.getTIME().isIsAdjustedToUTC());
        }
        if (logical.isSetTIMESTAMP()) {
            return time(
                    element,
                    Kind.TIMESTAMP,
                    ticks(logical.getTIMESTAMP().getUnit()),
                    logical.getTIMESTAMP().isIsAdjustedToUTC());
        }
        return plain(element, Kind.OTHER);
    }

    private static FoundType ofConverted(SchemaElement element, ConvertedType converted) {
        return switch (converted) {
            case UTF8, ENUM, JSON -> plain(element, Kind.TEXT);
            case DECIMAL -> decimal(element, element.getPrecision(), element.getScale());
            case DATE -> plain(element, Kind.DATE);
            case TIME_MILLIS -> time(element, Kind.TIME, MILLIS, true);
            case TIME_MICROS -> time(element, Kind.TIME, MICROS, true);
            // As the format says of files that have no more than this.
            case TIMESTAMP_MILLIS -> time(element, Kind.TIMESTAMP, MILLIS, true);
            case TIMESTAMP_MICROS -> time(element, Kind.TIMESTAMP, MICROS, true);
            case UINT_8 -> integer(element, 8, false);
            case UINT_16 -> integer(element, 16, false);
            case UINT_32 -> integer(element, 32, false);
            case UINT_64 -> integer(element, 64, false);
            case INT_8 -> integer(element, 8, true);
            case INT_16 -> integer(element, 16, true);
            case INT_32 -> integer(element, 32, true);
            case INT_64 -> integer(element, 64, true);
            case MAP, MAP_KEY_VALUE, LIST, BSON, INTERVAL -> plain(element, Kind.OTHER);
        };
    }

    private static long ticks(TimeUnit unit) {
        return unit.isSetMILLIS() ? MILLIS : unit.isSetMICROS() ? MICROS : NANOS;
    }

    private static FoundType plain(SchemaElement element, Kind kind) {
        return new FoundType(element.getType(), element.getType_length(), kind, 0, true, 0, 0, 0, false);
    }

    private static FoundType integer(SchemaElement element, int bits, boolean signed) {
        return new FoundType(element.getType(), 0, Kind.INTEGER, bits, signed, 0, 0, 0, false);
    }

    private static FoundType decimal(SchemaElement element, int precision, int scale) {
        return new FoundType(
                element.getType(), element.getType_length(), Kind.DECIMAL, 0, true, precision, scale, 0, false);
    }

    private static FoundType time(SchemaElement element, Kind kind, long ticks, boolean utc) {
        return new FoundType(element.getType(), 0, kind, 0, true, 0, 0, ticks, utc);
    }

    /** The type in the words of the format. */
    String text() {
        String storedAs = stored + (bytes > 0 ? "(" + bytes + ")" : "");
        return switch (kind) {
            case PLAIN -> storedAs;
            case INTEGER -> storedAs + " " + (signed ? "INT(" : "UINT(") + bits + ")";
            case DECIMAL -> storedAs + " DECIMAL(" + precision + ", " + scale + ")";
            case TEXT -> storedAs + " STRING";
            case DATE -> storedAs + " DATE";
            case TIME -> storedAs + " TIME(" + unit() + ")";
            case TIMESTAMP -> storedAs + " TIMESTAMP(" + unit() + (utc ? ", UTC)" : ", local)");
            case OTHER -> storedAs + " of a logical type that is not read";
        };
    }

    private String unit() {
        return ticks == MILLIS ? "MILLIS" : ticks == MICROS ? "MICROS" : "NANOS";
    }
}
