package io.leat.compiler.random;

import io.leat.compiler.random.RandomTable.Column;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Windows and groups of what a pipe has so far. */
final class RandomGroups {
    private static final List<String> BOUNDS = List.of("window_start", "window_end", "window_time");

    private final Choice choice;
    private final Pipe pipe;

    RandomGroups(Pipe pipe) {
        this.choice = pipe.choice();
        this.pipe = pipe;
    }

    /** Windows over the event time, and the call that makes them. */
    String window() {
        String time = pipe.time().orElseThrow();
        int size = choice.of(1, 2, 4, 5, 10);
        int slide = choice.between(1, size + (choice.oneIn(4) ? 3 : 0));
        String offset = choice.oneIn(4) ? ", INTERVAL '" + choice.between(-3, 3) + "' SECOND" : "";
        String window = switch (choice.between(0, 3)) {
            case 0, 1 -> "TUMBLE(" + time + ", INTERVAL '" + size + "' SECOND";
            case 2 -> "HOP(" + time + ", INTERVAL '" + slide + "' SECOND, INTERVAL '" + size + "' SECOND";
            default ->
                "CUMULATE(" + time + ", INTERVAL '" + size + "' SECOND, INTERVAL '" + size * choice.between(1, 6)
                        + "' SECOND";
        };
        pipe.add("|> CALL " + window + offset + ")");
        addBounds();
        return window + offset + ")";
    }

    /** Sessions of all rows. */
    void sessions() {
        pipe.add("|> CALL SESSION(" + pipe.time().orElseThrow() + ", " + gap() + ")");
        addBounds();
    }

    /** Sessions by key at the head of a pipe. */
    void sessionsByKey(RandomTable table) {
        List<String> keys = new ArrayList<>(List.of("k"));
        Column more = choice.of(table.columns());
        if (choice.oneIn(3) && more.kind() != Kind.TIME && !more.name().equals("k")) {
            keys.add(more.name());
        }
        String by = keys.size() == 1 ? "k" : "(" + String.join(", ", keys) + ")";
        String session = "TABLE(SESSION(TABLE " + table.name() + " PARTITION BY " + by + ", DESCRIPTOR("
                + table.time().orElseThrow() + "), " + gap() + "))";
        pipe.begin(session, table.columns(), table.time());
        addBounds();
    }

    private String gap() {
        return "INTERVAL '" + choice.of(1, 2, 3, 5, 9) + "' SECOND";
    }

    private void addBounds() {
        BOUNDS.forEach(name -> pipe.addColumn(name, Kind.TIME));
        pipe.setTime(Optional.of("window_time"));
    }

    /** Groups, by the window if there is one; whole windows go on as rows of a time. */
    void aggregate(boolean windowed, boolean whole) {
        List<Column> keys = new ArrayList<>();
        if (windowed) {
            List<Column> bounds = pipe.columns().stream()
                    .filter(column -> BOUNDS.contains(column.name()))
                    .toList();
            keys.addAll(whole ? bounds : List.of(choice.of(bounds)));
        }
        for (Column key : pipe.someColumns(windowed ? 0 : 1, 2)) {
            if (!keys.contains(key)) {
                keys.add(key);
            }
        }
        if (!windowed && choice.oneIn(5)) {
            keys.clear();
        }
        List<Column> results = new ArrayList<>();
        String calls = IntStream.range(0, choice.between(1, 3))
                .mapToObj(i -> call(results))
                .collect(Collectors.joining(", "));
        pipe.add("|> AGGREGATE " + calls + (keys.isEmpty() ? "" : " GROUP BY " + Pipe.names(keys)));
        List<Column> columns = new ArrayList<>(keys);
        columns.addAll(results);
        pipe.setColumns(columns);
        pipe.setTime(windowed ? Optional.of("window_time") : Optional.empty());
    }

    /** Results of windows under new names, with their time, so that other windows can stand on them. */
    void results() {
        String time = pipe.newName();
        List<Column> kept = new ArrayList<>();
        List<String> items = new ArrayList<>(List.of("window_time AS " + time));
        for (Column column : pipe.columns()) {
            if (!BOUNDS.contains(column.name())) {
                kept.add(column);
                items.add(column.name());
            }
        }
        pipe.add("|> SELECT " + String.join(", ", items));
        pipe.setColumns(kept);
        pipe.addColumn(time, Kind.TIME);
        pipe.setTime(Optional.of(time));
    }

    private String call(List<Column> results) {
        String name = pipe.newName();
        Kind kind = choice.of(Kind.values());
        String argument = pipe.expressions().of(kind, choice.of(0, 0, 1, 2));
        String function;
        if (choice.oneIn(4)) {
            function = "COUNT(*)";
            kind = Kind.WHOLE;
        } else if (choice.oneIn(4)) {
            function = "COUNT(" + (choice.oneIn(2) ? "DISTINCT " : "") + argument + ")";
            kind = Kind.WHOLE;
        } else if (choice.oneIn(3)) {
            function = ordered(kind, argument);
        } else if (kind == Kind.WHOLE || kind == Kind.EXACT || kind == Kind.REAL) {
            String method = choice.of("SUM", "AVG", "MIN", "MAX");
            function = method + "(" + (choice.oneIn(4) ? "DISTINCT " : "") + argument + ")";
            kind = method.equals("AVG") && kind == Kind.WHOLE ? Kind.REAL : kind;
        } else {
            function = choice.of("MIN", "MAX") + "(" + argument + ")";
        }
        results.add(new Column(name, Type.NULL, kind));
        String filter = choice.oneIn(4) ? " FILTER (WHERE " + pipe.expressions().condition(1) + ")" : "";
        return function + filter + " AS " + name;
    }

    /** An aggregate that looks at the order of its rows, with a result of this kind. */
    private String ordered(Kind kind, String argument) {
        String by = pipe.expressions().of(choice.of(Kind.values()), 1);
        String order = choice.oneIn(3) ? "" : " ORDER BY " + by + choice.of("", " DESC", " NULLS FIRST");
        if (kind == Kind.TEXT && choice.oneIn(2)) {
            boolean distinct = choice.oneIn(3);
            return "STRING_AGG(" + (distinct ? "DISTINCT " : "") + argument + ", '-'" + (distinct ? "" : order) + ")";
        }
        return choice.oneIn(3)
                ? choice.of("ARG_MIN", "ARG_MAX") + "(" + argument + ", " + by + ")"
                : choice.of("FIRST", "LAST", "FIRST_VALUE", "LAST_VALUE", "ANY_VALUE") + "(" + argument + order + ")";
    }
}
