package io.leat.compiler.random;

import io.leat.compiler.corpus.CellText;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.DecimalType;
import io.leat.runtime.type.Type.IntegerType;
import io.leat.runtime.type.Type.TimestampType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table with rows: NULLs, the ends of each type, text of all sizes, times before 1970, rows out of order, several partitions. */
final class RandomTable {
    private static final long SECOND = 1_000_000L;

    private final Choice choice;
    private final String name;
    private final boolean stream;
    private final List<Column> columns = new ArrayList<>();
    /** Around which rows lie, in microseconds. */
    private final long origin;

    /** A column of a table or of rows on their way. */
    record Column(String name, Type type, Kind kind) {
        static Column of(String name, Type type) {
            return new Column(name, type, Kind.of(type));
        }
    }

    private RandomTable(Choice choice, String name, boolean stream) {
        this.choice = choice;
        this.name = name;
        this.stream = stream;
        this.origin = choice.of(0L, -1_000_000_000L * SECOND, 1_780_000_000L * SECOND);
    }

    /** A table, mostly a stream, with a key, an event time and some more. */
    static RandomTable stream(Choice choice) {
        RandomTable table = new RandomTable(choice, "s", !choice.oneIn(8));
        table.columns.add(Column.of("k", choice.of(Type.VARCHAR, Type.INT)));
        table.addColumns("", choice.between(1, 5));
        table.columns.add(Column.of("ts", new TimestampType(choice.of(0, 3, 6), choice.oneIn(3))));
        return table;
    }

    /** A table of few rows to join with, whose key is of the type given. */
    static RandomTable lookup(Choice choice, Type key) {
        RandomTable table = new RandomTable(choice, "t", false);
        table.columns.add(Column.of("tk", key));
        table.addColumns("t", choice.between(1, 3));
        return table;
    }

    private void addColumns(String prefix, int count) {
        for (int i = 0; i < count; i++) {
            Type type = choice.of(
                    Type.TINYINT,
                    Type.INT,
                    Type.BIGINT,
                    Type.DOUBLE,
                    new DecimalType(9, 2),
                    new DecimalType(30, 4),
                    Type.VARCHAR,
                    Type.BOOLEAN,
                    Type.DATE);
            columns.add(Column.of(prefix + "c" + i, type));
        }
    }

    String name() {
        return name;
    }

    List<Column> columns() {
        return columns;
    }

    /** As it stands in a case. */
    String text() {
        StringBuilder text = new StringBuilder(stream ? "stream " : "table ")
                .append(name)
                .append(columns.stream()
                        .map(column -> column.name() + " " + column.type().sql())
                        .collect(Collectors.joining(", ", " (", ")")));
        if (stream) {
            text.append(choice.of("", " watermark ts - 2 s", " watermark ts - 5 s"));
        }
        int partitions = name.equals("s") ? choice.between(1, 3) : 1;
        for (int partition = 0; partition < partitions; partition++) {
            text.append(partition == 0 ? "\n" : "--\n");
            rows(choice.between(0, name.equals("s") ? 14 : 6), text);
        }
        return text.toString();
    }

    private void rows(int count, StringBuilder text) {
        long clock = origin;
        for (int row = 0; row < count; row++) {
            clock += choice.between(0, 3) * SECOND;
            if (choice.oneIn(40)) {
                text.append(choice.of("! no json", "! {\"k\":", "! []")).append('\n');
                continue;
            }
            List<String> cells = new ArrayList<>();
            for (Column column : columns) {
                Object value = column.name().equals("ts") ? time(clock, column.type()) : value(column.type());
                cells.add(CellText.print(value, column.type()));
            }
            text.append(String.join("  ", cells)).append('\n');
        }
    }

    /** Now and then a row lies behind the clock, by less or by more than the watermark, and now and then it has no time. */
    private Object time(long clock, Type type) {
        if (choice.oneIn(30)) {
            return null;
        }
        long back = choice.oneIn(4) ? choice.between(0, 15) * SECOND : 0;
        long ticks = clock - back + choice.of(0L, 0L, 1L, 999L, 1_000L, 500_000L, 999_999L);
        return ticks - Math.floorMod(ticks, ((TimestampType) type).unit());
    }

    private Object value(Type type) {
        if (choice.oneIn(7)) {
            return null;
        }
        if (type instanceof IntegerType integer) {
            long end = 1L << integer.bits() - 2;
            long most = end - 1 + end;
            return choice.oneIn(12) ? choice.of(most, -most - 1, end) : (Long) (long) choice.between(-3, 6);
        }
        if (type instanceof DecimalType decimal) {
            BigInteger most = BigInteger.TEN.pow(decimal.precision()).subtract(BigInteger.ONE);
            BigInteger digits =
                    choice.oneIn(12) ? choice.of(most, most.negate()) : BigInteger.valueOf(choice.between(-300, 900));
            return new BigDecimal(digits, decimal.scale());
        }
        if (type instanceof Type.FloatType) {
            // Sums of quarters are exact, so that they are the same in any order.
            return choice.between(-40, 80) / 4.0;
        }
        if (type instanceof Type.BooleanType) {
            return choice.oneIn(2);
        }
        return type instanceof Type.DateType
                ? (Object) (long) choice.of(0, -1, 20_000, -719_162, 2_932_896, choice.between(19_990, 20_010))
                : choice.of(
                        "a",
                        "b",
                        "A",
                        "ab",
                        "",
                        " a ",
                        "ä",
                        "\uD83D\uDE00",
                        "x%y_z",
                        "10",
                        "long ".repeat(20),
                        "\u0001\"\\");
    }
}
