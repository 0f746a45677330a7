package io.leat.compiler.random;

import io.leat.compiler.random.Scope.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Cases in SQL as everybody speaks it, so that DuckDB can be asked the same: subqueries that speak of the rows outside, joins, groups,
 * window functions, set operations, in each other. No row is late or rejected, and no expression fails.
 */
final class RandomQuestion {
    private static final List<String> SETS =
            List.of("UNION ALL", "UNION", "INTERSECT", "INTERSECT ALL", "EXCEPT", "EXCEPT ALL");

    private final Choice choice;
    private final List<QuestionTable> tables;
    private final RandomTerms terms;
    private int aliases;

    private RandomQuestion(Choice choice) {
        this.choice = choice;
        this.tables = List.of(new QuestionTable(choice, "a"), new QuestionTable(choice, "b"));
        this.terms = new RandomTerms(choice, this::query);
    }

    /** The sections of a case. */
    static String text(Choice choice) {
        RandomQuestion question = new RandomQuestion(choice);
        StringBuilder text = new StringBuilder();
        question.tables.forEach(table -> text.append(table.text()));
        text.append("query\n");
        if (choice.oneIn(6)) {
            text.append(question.shared());
        } else {
            text.append(question.whole(question.kinds()));
        }
        return text.append("\nduckdb same\n").toString();
    }

    private List<Kind> kinds() {
        return IntStream.range(0, choice.between(1, 3))
                .mapToObj(i -> choice.of(Kind.WHOLE, Kind.WHOLE, Kind.TEXT))
                .toList();
    }

    /** Two queries that share the rows of a view. */
    private String shared() {
        List<Kind> kinds = kinds();
        String view = "CREATE VIEW w AS\n" + query(kinds, Scope.NONE, 2) + ";\n";
        Scope rows = columns("w", kinds);
        String first = "SELECT " + items(kinds(), rows, 1) + "\nFROM w\nWHERE " + terms.condition(rows, 1);
        String second = "SELECT " + rows.of(choice).name() + " AS c0, count(*) AS c1, max("
                + rows.of(choice).name() + ") AS c2\nFROM w\nGROUP BY 1";
        return view + first + ";\n" + second;
    }

    private static Scope columns(String alias, List<Kind> kinds) {
        return new Scope(
                IntStream.range(0, kinds.size())
                        .mapToObj(i -> new Item(alias + ".c" + i, kinds.get(i)))
                        .toList(),
                List.of());
    }

    /** A query with an order, perhaps. */
    private String whole(List<Kind> kinds) {
        String query = query(kinds, Scope.NONE, 2);
        if (!choice.oneIn(4)) {
            return query;
        }
        // By every column, so that no order is left open.
        return query + "\nORDER BY "
                + IntStream.range(0, kinds.size())
                        .mapToObj(i -> "c" + i + choice.of("", " DESC"))
                        .collect(Collectors.joining(", "))
                + (choice.oneIn(2) ? " LIMIT " + choice.between(1, 4) : "");
    }

    /** A query whose columns are called c0, c1 … and are of these kinds. */
    private String query(List<Kind> kinds, Scope outside, int depth) {
        if (depth > 0 && choice.oneIn(5)) {
            return query(kinds, outside, 0) + "\n" + choice.of(SETS) + "\n" + query(kinds, outside, depth - 1);
        }
        return select(kinds, outside, depth);
    }

    private String select(List<Kind> kinds, Scope outside, int depth) {
        StringBuilder from = new StringBuilder();
        Scope rows = from(from, outside, depth);
        String where = choice.oneIn(2) ? "" : "\nWHERE " + terms.condition(rows, depth);
        if (choice.oneIn(4)) {
            return groups(kinds, from + where, rows, depth);
        }
        boolean distinct = choice.oneIn(6);
        if (!distinct && rows.id().isPresent() && choice.oneIn(5)) {
            return windows(kinds, from + where, rows, depth);
        }
        return "SELECT " + (distinct ? "DISTINCT " : "") + items(kinds, rows, depth) + from + where;
    }

    private String items(List<Kind> kinds, Scope rows, int depth) {
        return IntStream.range(0, kinds.size())
                .mapToObj(i -> terms.of(kinds.get(i), rows, depth) + " AS c" + i)
                .collect(Collectors.joining(", "));
    }

    /** Adds FROM, and yields what its rows have. */
    private Scope from(StringBuilder text, Scope outside, int depth) {
        if (depth > 0 && choice.oneIn(6)) {
            List<Kind> kinds = kinds();
            String alias = "q" + aliases++;
            text.append("\nFROM (").append(query(kinds, Scope.NONE, depth - 1)).append(") AS " + alias);
            return columns(alias, kinds).inside(outside);
        }
        String left = "t" + aliases++;
        QuestionTable table = choice.of(tables);
        text.append("\nFROM ").append(table.name()).append(" AS ").append(left);
        Scope rows = table.scope(left).inside(outside);
        if (!choice.oneIn(3)) {
            return rows;
        }
        String right = "t" + aliases++;
        QuestionTable other = choice.of(tables);
        Scope both = rows.with(other.scope(right));
        String kind = choice.of("JOIN", "JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN");
        String key = left + ".k = " + right + ".k";
        String time = choice.oneIn(2)
                ? ""
                : " AND " + right + ".ts BETWEEN " + left + ".ts - INTERVAL '" + choice.between(0, 5) + "' SECOND AND "
                        + left + ".ts + INTERVAL '" + choice.between(0, 5) + "' SECOND";
        String more = !choice.oneIn(4) ? "" : " AND " + left + ".v" + choice.of(" < ", " <> ") + right + ".v";
        text.append("\n" + kind + " ").append(other.name()).append(" AS " + right + " ON " + key + time + more);
        return both;
    }

    private String groups(List<Kind> kinds, String rest, Scope rows, int depth) {
        List<Item> keys = new ArrayList<>();
        for (int i = choice.between(0, 2); i > 0; i--) {
            Item key = choice.of(rows.items());
            if (!keys.contains(key) && key.kind() != Kind.TIME) {
                keys.add(key);
            }
        }
        Scope grouped = new Scope(keys, rows.outside());
        List<String> items = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            Kind kind = kinds.get(i);
            boolean key = choice.oneIn(2) && grouped.has(kind);
            items.add((key ? terms.of(kind, grouped, depth) : terms.aggregate(kind, rows)) + " AS c" + i);
        }
        String having = choice.oneIn(4)
                ? "\nHAVING " + terms.aggregate(Kind.WHOLE, rows) + choice.of(" > ", " <= ", " <> ")
                        + terms.of(Kind.WHOLE, grouped, depth)
                : "";
        return "SELECT " + String.join(", ", items) + rest
                + (keys.isEmpty()
                        ? ""
                        : keys.stream().map(Item::name).collect(Collectors.joining(", ", "\nGROUP BY ", "")))
                + having;
    }

    /** Rows with functions of the rows around them, which are in one order only. */
    private String windows(List<Kind> kinds, String rest, Scope rows, int depth) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            boolean over = kinds.get(i) == Kind.WHOLE && choice.oneIn(2);
            items.add((over ? terms.over(rows) : terms.of(kinds.get(i), rows, depth)) + " AS c" + i);
        }
        String qualify = choice.oneIn(2) ? "" : "\nQUALIFY " + terms.place(rows) + choice.of(" = 1", " <= 2");
        return "SELECT " + String.join(", ", items) + rest + qualify;
    }
}
