package io.leat.compiler.random;

import io.leat.compiler.random.RandomTable.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Joins of what a pipe has so far: with a table, with streams, by time or as of a time. */
final class RandomJoins {
    private final Choice choice;
    private final Pipe pipe;
    private final RandomTables tables;

    RandomJoins(Pipe pipe, RandomTables tables) {
        this.choice = pipe.choice();
        this.pipe = pipe;
        this.tables = tables;
    }

    void lookup(RandomTable table) {
        String condition = "k = tk" + (choice.oneIn(4) ? " AND " + safeCondition(table) : "");
        pipe.add("|> " + choice.of("JOIN ", "LEFT JOIN ") + table.name() + " ON " + condition);
        addAll(table.columns());
    }

    /** One that has a value for every pair: when it is computed is not fixed by the language. */
    private String safeCondition(RandomTable table) {
        return choice.of(table.columns()).name() + choice.of(" IS NOT NULL", " IS NULL");
    }

    private void addAll(List<Column> more) {
        List<Column> all = new ArrayList<>(pipe.columns());
        all.addAll(more);
        pipe.setColumns(all);
    }

    /** With a stream, bound in time or not, by a key or without. */
    void stream(boolean expiring) {
        RandomTable table = choice.oneIn(2) ? tables.other().orElse(tables.main()) : tables.main();
        List<Column> all = table.columns();
        Column more = choice.of(all);
        List<Column> other = new ArrayList<>();
        List<String> items = new ArrayList<>();
        for (Column column : List.of(table.key(), all.get(all.size() - 1), more)) {
            Column renamed = new Column(pipe.newName(), column.type(), column.kind());
            items.add(column.name() + " AS " + renamed.name());
            other.add(renamed);
        }
        String kind = choice.of("", "", "LEFT ", "RIGHT ", "FULL ", "SEMI ", "ANTI ");
        String expiry = expiring || !choice.oneIn(8) ? "" : " EXPIRE AFTER " + seconds(choice);
        pipe.add("|> " + kind + "JOIN (FROM " + table.name() + " |> SELECT " + String.join(", ", items) + ")" + expiry
                + " ON " + String.join(" AND ", conditions(more, other)));
        if (kind.equals("RIGHT ") || kind.equals("FULL ")) {
            pipe.setTime(Optional.empty());
        }
        if (!kind.equals("SEMI ") && !kind.equals("ANTI ")) {
            addAll(other);
        }
    }

    private List<String> conditions(Column more, List<Column> other) {
        List<String> conditions = new ArrayList<>();
        if (choice.between(0, 5) > 0) {
            conditions.add("k = " + other.get(0).name());
        }
        String time = other.get(1).name();
        if (choice.between(0, 2) > 0) {
            conditions.add("ts " + choice.of(">", ">=") + " " + time + choice.of(" - ", " + ") + seconds(choice));
        }
        if (choice.between(0, 2) > 0) {
            conditions.add(time + " + " + seconds(choice) + choice.of(" > ", " >= ") + "ts");
        }
        if (conditions.isEmpty() || choice.oneIn(4)) {
            Column[] like = pipe.columns().stream()
                    .filter(column -> column.kind() == more.kind())
                    .toArray(Column[]::new);
            conditions.add(
                    like.length == 0
                            ? "k = " + other.get(0).name()
                            : choice.of(like).name()
                                    + choice.of(" IS NOT DISTINCT FROM ", " IS DISTINCT FROM ")
                                    + other.get(2).name());
        }
        return conditions;
    }

    static String seconds(Choice choice) {
        return "INTERVAL '" + choice.between(0, 9) + "' SECOND";
    }

    /** With the row of the other table that was valid at the time of a row. */
    void asOf(RandomTable table) {
        String time = pipe.time().orElseThrow();
        boolean temporal = choice.oneIn(2);
        String expiry = choice.oneIn(4) ? " EXPIRE AFTER INTERVAL '" + choice.between(1, 9) + "' SECOND" : "";
        if (temporal) {
            pipe.add("|> " + choice.of("JOIN ", "LEFT JOIN ") + table.name() + " FOR SYSTEM_TIME AS OF " + time + expiry
                    + " ON k = rk");
        } else {
            pipe.add("|> " + choice.of("ASOF JOIN ", "ASOF LEFT JOIN ") + table.name() + expiry + " ON k = rk AND "
                    + time + choice.of(" >= ", " > ") + "rts");
        }
        addAll(table.columns());
    }

    /** With windows of a stream that are the same as those of the rows. */
    void windows(String window) {
        RandomTable table = tables.other().orElse(tables.main());
        Column more = choice.of(table.columns());
        String sameWindow = window.replace("(ts,", "(" + table.time().orElseThrow() + ",");
        List<Column> other = new ArrayList<>();
        List<String> items = new ArrayList<>();
        List<Column> of = List.of(
                table.key(),
                new Column("window_start", table.key().type(), Kind.TIME),
                new Column("window_end", table.key().type(), Kind.TIME),
                more);
        for (Column column : of) {
            Column renamed = new Column(pipe.newName(), column.type(), column.kind());
            items.add(column.name() + " AS " + renamed.name());
            other.add(renamed);
        }
        String kind = choice.of("", "LEFT ", "FULL ", "SEMI ", "ANTI ");
        pipe.add("|> " + kind + "JOIN (FROM " + table.name() + " |> CALL " + sameWindow + " |> SELECT "
                + items.stream().collect(Collectors.joining(", ")) + ") ON k = "
                + other.get(0).name() + " AND window_start = " + other.get(1).name() + " AND window_end = "
                + other.get(2).name());
        if (!kind.equals("SEMI ") && !kind.equals("ANTI ")) {
            addAll(other);
        }
    }
}
