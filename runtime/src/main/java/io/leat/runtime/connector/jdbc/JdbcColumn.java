package io.leat.runtime.connector.jdbc;

import io.leat.runtime.batch.Column;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.DecimalType;
import io.leat.runtime.type.Type.IntegerType;
import io.leat.runtime.type.Type.TimestampType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** A column of a table as a database has it: between its values and those of a batch. */
final class JdbcColumn {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private final String table;
    private final Field field;

    JdbcColumn(String table, Field field) {
        this.table = table;
        this.field = field;
        if (field.type() instanceof Type.RowType
                || field.type() instanceof Type.ArrayType
                || field.type() instanceof Type.IntervalType
                || field.type() instanceof TimestampType type && type.nanos()) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    "table " + table + ": column '" + field.name() + "' is "
                            + field.type().sql() + ", which is neither read from a database nor written to one");
        }
    }

    // ---- from the database
    // -------------------------------------------------------------------------------------------

    /** Reads the column at a position of the current row. */
    void read(ResultSet from, int position, Column into, int row) throws SQLException {
        Object value;
        try {
            value = value(from, position);
        } catch (SQLException | RuntimeException e) {
            // Drivers say in many ways that a value is of another type.
            throw misfit(String.valueOf(e.getMessage()));
        }
        if (value == null) {
            if (!field.nullable()) {
                throw misfit("it is NULL, and the column is NOT NULL");
            }
            into.putNull(row);
        } else {
            put(value, into, row);
        }
    }

    private ConnectorException misfit(String why) {
        return new ConnectorException(
                Kind.CONFIGURATION,
                "table " + table + ": a value of column '" + field.name() + "' does not fit "
                        + field.type().sql() + ": " + why);
    }

    /** A number, a text, or whatever else the batch takes; null for NULL. */
    private Object value(ResultSet from, int at) throws SQLException {
        Type type = field.type();
        if (type instanceof Type.BooleanType) {
            boolean value = from.getBoolean(at);
            return from.wasNull() ? null : value;
        }
        if (type instanceof IntegerType integer) {
            BigDecimal exact = from.getBigDecimal(at);
            return exact == null ? null : whole(exact, integer.bits());
        }
        if (type instanceof Type.FloatType) {
            double value = from.getDouble(at);
            return from.wasNull() ? null : finite(value);
        }
        if (type instanceof DecimalType decimal) {
            BigDecimal exact = from.getBigDecimal(at);
            return exact == null ? null : scaled(exact, decimal);
        }
        if (type instanceof Type.VarcharType varchar) {
            return text(from.getString(at), varchar);
        }
        if (type instanceof Type.VarbinaryType) {
            return from.getBytes(at);
        }
        return time(from, at);
    }

    private static Long whole(BigDecimal exact, int bits) {
        BigInteger value = exact.toBigIntegerExact();
        if (value.bitLength() >= bits) {
            throw new ArithmeticException(value + " is out of range");
        }
        return value.longValueExact();
    }

    private static Double finite(double value) {
        if (!Double.isFinite(value)) {
            throw new ArithmeticException("it is " + value);
        }
        return value;
    }

    private static BigInteger scaled(BigDecimal exact, DecimalType type) {
        BigDecimal value = exact.setScale(type.scale(), RoundingMode.UNNECESSARY);
        if (value.precision() > type.precision()) {
            throw new ArithmeticException(exact.toPlainString() + " has too many digits");
        }
        return value.unscaledValue();
    }

    private static String text(String value, Type.VarcharType type) {
        boolean fits = value == null
                || type.length() == Type.VarcharType.UNBOUNDED
                || value.codePointCount(0, value.length()) <= type.length();
        if (!fits) {
            throw new ArithmeticException("it has more than " + type.length() + " characters");
        }
        return value;
    }

    private Long time(ResultSet from, int at) throws SQLException {
        Type type = field.type();
        if (type instanceof Type.DateType) {
            LocalDate date = from.getObject(at, LocalDate.class);
            return date == null ? null : date.toEpochDay();
        }
        if (type instanceof TimestampType timestamp && timestamp.local()) {
            OffsetDateTime moment = from.getObject(at, OffsetDateTime.class);
            return moment == null ? null : micros(moment.toInstant());
        }
        if (type instanceof TimestampType) {
            LocalDateTime local = from.getObject(at, LocalDateTime.class);
            return local == null ? null : micros(local.toInstant(ZoneOffset.UTC));
        }
        LocalTime time = from.getObject(at, LocalTime.class);
        return time == null ? null : time.toNanoOfDay() / NANOS_PER_MICRO;
    }

    private static long micros(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND), instant.getNano() / NANOS_PER_MICRO);
    }

    private void put(Object value, Column into, int row) {
        switch (field.type().physical()) {
            case BOOL -> into.putBoolean(row, (Boolean) value);
            case INT8 -> into.putByte(row, ((Long) value).intValue());
            case INT16 -> into.putShort(row, ((Long) value).intValue());
            case INT32 -> into.putInt(row, ((Long) value).intValue());
            case INT64 -> into.putLong(row, value instanceof BigInteger unscaled ? unscaled.longValue() : (Long) value);
            case FLOAT32 -> into.putFloat(row, ((Double) value).floatValue());
            case FLOAT64 -> into.putDouble(row, (Double) value);
            case INT128 -> {
                BigInteger unscaled = (BigInteger) value;
                into.putDecimal(row, unscaled.shiftRight(Long.SIZE).longValue(), unscaled.longValue());
            }
            case BYTES -> {
                if (value instanceof String text) {
                    into.putText(row, text);
                } else {
                    into.putBytes(row, (byte[]) value);
                }
            }
            case ROW -> throw new IllegalStateException("a row in a database");
        }
    }

    // ---- to the database
    // ---------------------------------------------------------------------------------------------

    /** Sets a parameter to the value of a row. */
    void setOrNull(PreparedStatement statement, int parameter, Column from, int row) throws SQLException {
        if (from.isNull(row)) {
            statement.setNull(parameter, sqlType());
        } else {
            set(statement, parameter, from, row);
        }
    }

    private int sqlType() {
        Type type = field.type();
        if (type instanceof TimestampType timestamp) {
            return timestamp.local() ? Types.TIMESTAMP_WITH_TIMEZONE : Types.TIMESTAMP;
        }
        return switch (type.physical()) {
            case BOOL -> Types.BOOLEAN;
            case FLOAT32, FLOAT64 -> Types.DOUBLE;
            case INT128 -> Types.DECIMAL;
            case BYTES -> type instanceof Type.VarbinaryType ? Types.VARBINARY : Types.VARCHAR;
            case INT8, INT16, INT32, INT64, ROW ->
                type instanceof DecimalType
                        ? Types.DECIMAL
                        : type instanceof Type.DateType
                                ? Types.DATE
                                : type instanceof Type.TimeType ? Types.TIME : Types.BIGINT;
        };
    }

    /** Sets a parameter to the value of a row, which is not NULL. */
    void set(PreparedStatement statement, int parameter, Column from, int row) throws SQLException {
        Type type = field.type();
        if (type instanceof Type.BooleanType) {
            statement.setBoolean(parameter, from.getBoolean(row));
        } else if (type instanceof IntegerType) {
            statement.setLong(parameter, from.getLong(row));
        } else if (type instanceof Type.FloatType real) {
            statement.setDouble(parameter, real.bits() == 32 ? from.getFloat(row) : from.getDouble(row));
        } else if (type instanceof DecimalType) {
            statement.setBigDecimal(parameter, from.getDecimal(row));
        } else if (type instanceof Type.VarcharType) {
            statement.setString(parameter, from.getText(row));
        } else if (type instanceof Type.VarbinaryType) {
            statement.setBytes(parameter, from.getBytes(row));
        } else if (type instanceof Type.DateType) {
            statement.setObject(parameter, LocalDate.ofEpochDay(from.getLong(row)));
        } else if (type instanceof TimestampType timestamp) {
            LocalDateTime time = local(from.getLong(row));
            statement.setObject(parameter, timestamp.local() ? time.atOffset(ZoneOffset.UTC) : time);
        } else {
            statement.setObject(parameter, LocalTime.ofNanoOfDay(from.getLong(row) * NANOS_PER_MICRO));
        }
    }

    private static LocalDateTime local(long micros) {
        long second = Math.floorDiv(micros, MICROS_PER_SECOND);
        int nano = (int) (Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
        return LocalDateTime.ofEpochSecond(second, nano, ZoneOffset.UTC);
    }
}
