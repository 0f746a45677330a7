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

    static String text(Choice choice, RandomTable stream, Optional<RandomTable> lookup) {
        RandomQuery query = new RandomQuery(choice, stream, lookup);
        query.build();
        return String.join("\n", query.lines);
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
            lines.add("|> SELECT " + some(1, 3));
            lines.add("|> DISTINCT");
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

    /** One that has a value for every pair: when it is computed is not fixed by the language. */
    private String safeCondition(RandomTable table) {
        return choice.of(table.columns()).name() + choice.of(" IS NOT NULL", " IS NULL");
    }

    private void window() {
        int size = choice.of(1, 2, 4, 5, 10);
        int slide = choice.between(1, size + (choice.oneIn(4) ? 3 : 0));
        lines.add(
                choice.oneIn(2)
                        ? "|> CALL TUMBLE(ts, INTERVAL '" + size + "' SECOND)"
                        : "|> CALL HOP(ts, INTERVAL '" + slide + "' SECOND, INTERVAL '" + size + "' SECOND)");
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

    private String some(int least, int most) {
        List<String> chosen = new ArrayList<>();
        int count = choice.between(least, most);
        for (int i = 0; i < count; i++) {
            Column column = choice.of(columns);
            chosen.add(column.name() + " AS " + newName());
        }
        return String.join(", ", chosen);
    }

    private void end() {
        if (choice.oneIn(8)) {
            lines.add("|> UNION ALL (" + String.join(" ", lines) + ")");
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
