package io.leat.compiler.random;

import io.leat.compiler.corpus.CellText;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.DecimalType;
import io.leat.runtime.type.Type.TimestampType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A table with rows: NULLs, the ends of each type, text of all sizes, times before 1970, rows out of order, several partitions. */
final class RandomTable {
    private final Choice choice;
    private final String name;
    private final Mode mode;
    private final List<Column> columns = new ArrayList<>();
    private final RandomValues values;

    /** A column of a table or of rows on their way. */
    record Column(String name, Type type, Kind kind) {
        static Column of(String name, Type type) {
            return new Column(name, type, Kind.of(type));
        }
    }

    /** What its records are. */
    private enum Mode {
        BOUNDED,
        STREAM,
        CHANGES_BY_KEY,
        CHANGES,
        CHANGES_OF_BOUNDED;

        boolean isChangelog() {
            return this != BOUNDED && this != STREAM;
        }

        boolean isStream() {
            return this != BOUNDED && this != CHANGES_OF_BOUNDED;
        }
    }

    private RandomTable(Choice choice, String name, Mode mode, long origin) {
        this.choice = choice;
        this.name = name;
        this.mode = mode;
        this.values = new RandomValues(choice, origin);
    }

    private static RandomTable main(Choice choice, Mode mode) {
        RandomTable table = new RandomTable(choice, "s", mode, RandomValues.origin(choice));
        table.columns.add(Column.of("k", choice.of(Type.VARCHAR, Type.INT)));
        table.addColumns("", choice.between(1, 5));
        table.columns.add(Column.of("ts", new TimestampType(choice.of(0, 3, 6), choice.oneIn(3))));
        return table;
    }

    /** A table, mostly a stream, with a key, an event time and some more. */
    static RandomTable stream(Choice choice) {
        return main(choice, choice.oneIn(8) ? Mode.BOUNDED : Mode.STREAM);
    }

    /** The same as rows that come and go. */
    static RandomTable changelog(Choice choice) {
        return main(choice, choice.of(Mode.CHANGES_BY_KEY, Mode.CHANGES, Mode.CHANGES, Mode.CHANGES_OF_BOUNDED));
    }

    /** Another stream with keys and times that meet those of the first. */
    static RandomTable other(Choice choice, RandomTable main) {
        Mode mode = choice.oneIn(8) ? Mode.BOUNDED : Mode.STREAM;
        RandomTable table = new RandomTable(choice, "r", mode, main.values.origin());
        table.columns.add(Column.of("rk", main.columns.get(0).type()));
        table.addColumns("r", choice.between(1, 3));
        Type time = main.columns.get(main.columns.size() - 1).type();
        table.columns.add(Column.of("rts", time));
        return table;
    }

    /** A table of few rows to join with, with the same keys. */
    static RandomTable lookup(Choice choice, RandomTable main) {
        RandomTable table = new RandomTable(choice, "t", Mode.BOUNDED, main.values.origin());
        table.columns.add(Column.of("tk", main.columns.get(0).type()));
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

    /** The columns that queries see. */
    List<Column> columns() {
        return columns;
    }

    Column key() {
        return columns.get(0);
    }

    boolean isChangelog() {
        return mode.isChangelog();
    }

    /** The column of its event time; rows that replace each other by key have none. */
    Optional<String> time() {
        Column last = columns.get(columns.size() - 1);
        boolean timed = last.kind() == Kind.TIME && mode != Mode.CHANGES_BY_KEY;
        return timed ? Optional.of(last.name()) : Optional.empty();
    }

    /** Whether rows of it may be late. */
    boolean judgesLateness() {
        return mode.isStream() && time().isPresent();
    }

    /** As it stands in a case. */
    String text() {
        StringBuilder text = new StringBuilder(mode.isStream() ? "stream " : "table ")
                .append(name)
                .append(columns.stream()
                        .map(column -> column.name() + " " + column.type().sql())
                        .collect(Collectors.joining(
                                ", ",
                                mode.isChangelog() ? " (op STRING, " : " (",
                                mode == Mode.CHANGES_BY_KEY ? ", PRIMARY KEY (k) NOT ENFORCED)" : ")")));
        if (judgesLateness()) {
            String delay = isChangelog() ? choice.of(" - 2 s", " - 60 s") : choice.of("", " - 2 s", " - 5 s");
            text.append(" watermark ").append(time().orElseThrow()).append(delay);
        } else if (mode.isStream()) {
            text.append(" watermark none");
        }
        text.append(isChangelog() ? " with changelog = op" : "");
        boolean large = !name.equals("t");
        int partitions = large ? choice.between(1, 3) : 1;
        for (int partition = 0; partition < partitions; partition++) {
            text.append(partition == 0 ? "\n" : "--\n");
            if (isChangelog()) {
                changes(choice.oneIn(8) ? 0 : choice.between(4, 20), text);
            } else {
                rows(choice.oneIn(8) ? 0 : choice.between(2, large ? 14 : 6), text);
            }
        }
        return text.toString();
    }

    private void rows(int count, StringBuilder text) {
        values.restart();
        for (int row = 0; row < count; row++) {
            text.append(choice.oneIn(40) ? choice.of("! no json", "! {\"k\":", "! []") : row())
                    .append('\n');
        }
    }

    /** Rows that come and go, and now and then a record that says nothing, or that takes back what is not there. */
    private void changes(int count, StringBuilder text) {
        values.restart();
        List<String> there = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            if (choice.oneIn(30)) {
                text.append(choice.of("-D", "-U", "?", "NULL"))
                        .append("  ")
                        .append(row())
                        .append('\n');
            } else if (!there.isEmpty() && choice.oneIn(2)) {
                String gone = there.remove(choice.between(0, there.size() - 1));
                boolean replaced = choice.oneIn(2);
                text.append(replaced ? "-U" : "-D").append("  ").append(gone).append('\n');
                if (replaced) {
                    String instead = mode == Mode.CHANGES_BY_KEY ? sameKey(gone) : row();
                    there.add(instead);
                    text.append("+U  ").append(instead).append('\n');
                }
            } else {
                String next = there.isEmpty() || !choice.oneIn(5) ? row() : choice.of(there);
                there.add(next);
                text.append(choice.oneIn(4) ? "+U  " : "+I  ").append(next).append('\n');
            }
        }
    }

    /** Another row with the key of one. */
    private String sameKey(String row) {
        String key = row.substring(0, row.indexOf("  "));
        String other = row();
        return key + other.substring(other.indexOf("  "));
    }

    private String row() {
        values.advance();
        List<String> cells = new ArrayList<>();
        for (Column column : columns) {
            Object value = column.name().endsWith("ts") ? values.time(column.type()) : values.of(column.type());
            cells.add(CellText.print(value, column.type()));
        }
        return String.join("  ", cells);
    }
}
