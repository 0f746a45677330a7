package io.leat.compiler.random;

import io.leat.compiler.random.RandomTable.Column;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A query in pipes, an operator a line, so that a line can be left out when a failure is made small. */
final class RandomQuery {
    private final Choice choice;
    private final RandomTable stream;
    private final Optional<RandomTable> lookup;
    private final List<String> lines = new ArrayList<>();
    private List<Column> columns;
    private int names;

    private RandomQuery(Choice choice, RandomTable stream, Optional<RandomTable> lookup) {
        this.choice = choice;
        this.stream = stream;
        this.lookup = lookup;
        this.columns = new ArrayList<>(stream.columns());
    }

    /** A query, or a statement that keeps the rows of one and a query over those. */
    static String text(Choice choice, RandomTable stream, Optional<RandomTable> lookup, int number) {
        RandomQuery query = new RandomQuery(choice, stream, lookup);
        if (!choice.oneIn(6)) {
            query.build();
            return String.join("\n", query.lines);
        }
        query.lines.add("CREATE TABLE kept" + number + " AS FROM " + stream.name());
        query.rowOperators(choice.between(0, 2));
        query.lines.add("|> SELECT " + query.chosen(choice.between(1, 4)) + ";");
        query.lines.add("FROM kept" + number);
        query.rowOperators(choice.between(0, 1));
        if (choice.oneIn(2)) {
            query.aggregate(false);
        }
        query.end();
        return String.join("\n", query.lines);
    }

    /** Some of the columns under new names; from here on there are no others. */
    private String chosen(int count) {
        List<Column> kept = new ArrayList<>();
        List<String> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Column column = choice.of(columns);
            Column renamed = new Column(newName(), column.type(), column.kind());
            kept.add(renamed);
            items.add(column.name() + " AS " + renamed.name());
        }
        columns = kept;
        return String.join(", ", items);
    }

    private RandomExpressions expressions() {
        return new RandomExpressions(choice, columns);
    }

    private String newName() {
        return "x" + names++;
    }

    private void build() {
        lines.add("FROM " + stream.name());
        rowOperators(choice.between(0, 2));
        if (lookup.isPresent() && choice.oneIn(2)) {
            join(lookup.get());
            rowOperators(choice.between(0, 1));
        }
        if (choice.oneIn(4)) {
            joinStream();
            rowOperators(choice.oneIn(4) ? 1 : 0);
        }
        boolean windowed = choice.oneIn(2);
        if (windowed) {
            window();
            rowOperators(choice.oneIn(4) ? 1 : 0);
        }
        if (choice.between(0, 4) > 0) {
            aggregate(windowed);
            rowOperators(choice.oneIn(3) ? 1 : 0);
            if (choice.oneIn(6)) {
                aggregate(false);
            }
        } else if (choice.oneIn(3)) {
            lines.add("|> SELECT " + chosen(choice.between(1, 3)));
            lines.add("|> DISTINCT");
        } else if (choice.oneIn(2)) {
            select();
        }
        end();
    }

    private void rowOperators(int count) {
        for (int i = 0; i < count; i++) {
            switch (choice.between(0, 3)) {
                case 0, 1 -> lines.add("|> WHERE " + expressions().condition(2));
                case 2 -> extend();
                default -> lines.add("|> WHERE " + expressions().condition(1));
            }
        }
    }

    private void extend() {
        Kind kind = choice.of(Kind.values());
        String name = newName();
        lines.add("|> EXTEND " + expressions().of(kind, 2) + " AS " + name);
        columns.add(new Column(name, Type.NULL, kind));
    }

    private void join(RandomTable table) {
        String condition = "k = tk" + (choice.oneIn(4) ? " AND " + safeCondition(table) : "");
        lines.add("|> " + choice.of("JOIN ", "LEFT JOIN ") + table.name() + " ON " + condition);
        columns.addAll(table.columns());
    }

    /** The stream with itself, bound in time or not, by a key or without. */
    private void joinStream() {
        Column more = choice.of(stream.columns());
        List<Column> other = new ArrayList<>();
        List<String> items = new ArrayList<>();
        for (String name : List.of("k", "ts", more.name())) {
            Column column = stream.columns().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            Column renamed = new Column(newName(), column.type(), column.kind());
            items.add(name + " AS " + renamed.name());
            other.add(renamed);
        }
        List<String> conditions = new ArrayList<>();
        if (choice.between(0, 5) > 0) {
            conditions.add("k = " + other.get(0).name());
        }
        String time = other.get(1).name();
        if (choice.between(0, 2) > 0) {
            conditions.add("ts " + choice.of(">", ">=") + " " + time + choice.of(" - ", " + ") + seconds());
        }
        if (choice.between(0, 2) > 0) {
            conditions.add(time + " + " + seconds() + choice.of(" > ", " >= ") + "ts");
        }
        if (conditions.isEmpty() || choice.oneIn(4)) {
            conditions.add(more.name()
                    + choice.of(" IS NOT DISTINCT FROM ", " IS DISTINCT FROM ")
                    + other.get(2).name());
        }
        String kind = choice.of("", "", "LEFT ", "RIGHT ", "FULL ", "SEMI ", "ANTI ");
        lines.add("|> " + kind + "JOIN (FROM " + stream.name() + " |> SELECT " + String.join(", ", items) + ") ON "
                + String.join(" AND ", conditions));
        if (!kind.equals("SEMI ") && !kind.equals("ANTI ")) {
            columns.addAll(other);
        }
    }

    private String seconds() {
        return "INTERVAL '" + choice.between(0, 9) + "' SECOND";
    }

    /** One that has a value for every pair: when it is computed is not fixed by the language. */
    private String safeCondition(RandomTable table) {
        return choice.of(table.columns()).name() + choice.of(" IS NOT NULL", " IS NULL");
    }

    private void window() {
        int size = choice.of(1, 2, 4, 5, 10);
        int slide = choice.between(1, size + (choice.oneIn(4) ? 3 : 0));
        String offset = choice.oneIn(4) ? ", INTERVAL '" + choice.between(-3, 3) + "' SECOND" : "";
        String window = switch (choice.between(0, 3)) {
            case 0, 1 -> "TUMBLE(ts, INTERVAL '" + size + "' SECOND";
            case 2 -> "HOP(ts, INTERVAL '" + slide + "' SECOND, INTERVAL '" + size + "' SECOND";
            default ->
                "CUMULATE(ts, INTERVAL '" + size + "' SECOND, INTERVAL '" + size * choice.between(1, 6) + "' SECOND";
        };
        lines.add("|> CALL " + window + offset + ")");
        for (String name : List.of("window_start", "window_end", "window_time")) {
            columns.add(new Column(name, Type.NULL, Kind.TIME));
        }
    }

    private void aggregate(boolean windowed) {
        List<Column> keys = new ArrayList<>();
        List<Column> results = new ArrayList<>();
        if (windowed) {
            columns.stream()
                    .filter(column -> column.name().equals("window_start"))
                    .forEach(keys::add);
            if (choice.oneIn(2)) {
                keys.set(0, new Column(choice.of("window_end", "window_time"), Type.NULL, Kind.TIME));
            }
        }
        int more = choice.between(windowed ? 0 : 1, 2);
        for (int i = 0; i < more; i++) {
            Column key = choice.of(columns);
            if (keys.stream().noneMatch(each -> each.name().equals(key.name()))) {
                keys.add(key);
            }
        }
        if (!windowed && choice.oneIn(5)) {
            keys.clear();
        }
        String calls = java.util.stream.IntStream.range(0, choice.between(1, 3))
                .mapToObj(i -> call(results))
                .collect(Collectors.joining(", "));
        lines.add("|> AGGREGATE " + calls
                + (keys.isEmpty()
                        ? ""
                        : keys.stream().map(Column::name).collect(Collectors.joining(", ", " GROUP BY ", ""))));
        columns = new ArrayList<>(keys);
        columns.addAll(results);
    }

    private String call(List<Column> results) {
        String name = newName();
        Kind kind = choice.of(Kind.values());
        String argument = expressions().of(kind, choice.of(0, 0, 1, 2));
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
        String filter = choice.oneIn(4) ? " FILTER (WHERE " + expressions().condition(1) + ")" : "";
        return function + filter + " AS " + name;
    }

    /** An aggregate that looks at the order of its rows, with a result of this kind. */
    private String ordered(Kind kind, String argument) {
        String by = expressions().of(choice.of(Kind.values()), 1);
        String order = choice.oneIn(3) ? "" : " ORDER BY " + by + choice.of("", " DESC", " NULLS FIRST");
        if (kind == Kind.TEXT && choice.oneIn(2)) {
            boolean distinct = choice.oneIn(3);
            return "STRING_AGG(" + (distinct ? "DISTINCT " : "") + argument + ", '-'" + (distinct ? "" : order) + ")";
        }
        return choice.oneIn(3)
                ? choice.of("ARG_MIN", "ARG_MAX") + "(" + argument + ", " + by + ")"
                : choice.of("FIRST", "LAST", "FIRST_VALUE", "LAST_VALUE", "ANY_VALUE") + "(" + argument + order + ")";
    }

    private void select() {
        List<Column> selected = new ArrayList<>();
        List<String> items = new ArrayList<>();
        for (int i = choice.between(1, 3); i > 0; i--) {
            Kind kind = choice.of(Kind.values());
            Column column = new Column(newName(), Type.NULL, kind);
            items.add(expressions().of(kind, 2) + " AS " + column.name());
            selected.add(column);
        }
        lines.add("|> SELECT " + String.join(", ", items));
        columns = selected;
    }

    private void end() {
        if (choice.oneIn(8)) {
            String other = String.join(" ", lines);
            if (!other.contains(";")) {
                lines.add("|> UNION ALL (" + other + ")");
            }
        }
        if (choice.oneIn(4)) {
            // By every column, so that no order is left open.
            lines.add("|> ORDER BY "
                    + columns.stream()
                            .map(column -> column.name() + choice.of("", " DESC", " NULLS FIRST", " DESC NULLS LAST"))
                            .collect(Collectors.joining(", ")));
            if (choice.oneIn(2)) {
                lines.add("|> LIMIT " + choice.between(0, 5) + choice.of("", " OFFSET 1"));
            }
        }
    }
}
