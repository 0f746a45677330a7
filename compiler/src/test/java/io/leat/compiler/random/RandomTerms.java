package io.leat.compiler.random;

import io.leat.compiler.random.Scope.Item;
import java.util.List;

/** Expressions that mean the same in every dialect and never fail, with queries inside. */
final class RandomTerms {
    private final Choice choice;
    private final Queries queries;

    /** Makes a query inside an expression. */
    interface Queries {
        String query(List<Kind> kinds, Scope outside, int depth);
    }

    RandomTerms(Choice choice, Queries queries) {
        this.choice = choice;
        this.queries = queries;
    }

    String of(Kind kind, Scope rows, int depth) {
        if (choice.oneIn(2)) {
            return column(kind, rows);
        }
        return switch (choice.between(0, depth > 0 ? 6 : 4)) {
            case 0 -> kind == Kind.WHOLE ? number(rows) : text(rows);
            case 1 -> "COALESCE(" + column(kind, rows) + ", " + column(kind, rows) + ")";
            case 2 ->
                "CASE WHEN " + condition(rows, depth - 1) + " THEN " + column(kind, rows) + " ELSE "
                        + column(kind, rows) + " END";
            case 3 -> "NULLIF(" + column(kind, rows) + ", " + column(kind, rows) + ")";
            case 5, 6 -> value(kind, rows, depth);
            default -> column(kind, rows);
        };
    }

    private String column(Kind kind, Scope rows) {
        return rows.of(kind, choice)
                .map(Item::name)
                .orElseGet(() -> kind == Kind.WHOLE ? choice.of("0", "1", "2") : choice.of("'a'", "'b'", "''"));
    }

    private String number(Scope rows) {
        return "(" + column(Kind.WHOLE, rows) + choice.of(" + ", " - ", " * ") + column(Kind.WHOLE, rows) + ")";
    }

    private String text(Scope rows) {
        return choice.oneIn(2)
                ? "UPPER(" + column(Kind.TEXT, rows) + ")"
                : "(" + column(Kind.TEXT, rows) + " || " + column(Kind.TEXT, rows) + ")";
    }

    /** The value of a query that has one row at most. */
    private String value(Kind kind, Scope rows, int depth) {
        String query = queries.query(List.of(kind), rows, depth - 1);
        if (choice.oneIn(3)) {
            return "(" + query + "\nORDER BY c0" + choice.of("", " DESC") + " LIMIT 1)";
        }
        String call = kind == Kind.WHOLE ? choice.of("MIN", "MAX", "COUNT", "SUM") : choice.of("MIN", "MAX");
        // Sums are wider than what they are compared with elsewhere.
        return "(SELECT " + call + "(c0) AS c0 FROM (" + query + ") AS x)";
    }

    String condition(Scope rows, int depth) {
        switch (choice.between(0, depth > 0 ? 9 : 5)) {
            case 0, 1 -> {
                Kind kind = choice.of(Kind.WHOLE, Kind.WHOLE, Kind.TEXT);
                return of(kind, rows, Math.max(0, depth - 1))
                        + choice.of(" = ", " = ", " <> ", " < ", " <= ", " > ", " >= ")
                        + column(kind, rows);
            }
            case 2 -> {
                return column(choice.of(Kind.WHOLE, Kind.TEXT), rows) + choice.of(" IS NULL", " IS NOT NULL");
            }
            case 3 -> {
                return column(Kind.WHOLE, rows)
                        + choice.of(" IN (1, 2)", " NOT IN (1, 3)", " BETWEEN 0 AND 2", " NOT IN (2, NULL)");
            }
            case 4 -> {
                return "(" + condition(rows, depth - 1) + choice.of(" AND ", " OR ") + condition(rows, depth - 1) + ")";
            }
            case 5 -> {
                return "NOT (" + condition(rows, depth - 1) + ")";
            }
            case 6, 7 -> {
                String exists = choice.of("EXISTS (", "NOT EXISTS (");
                return exists + queries.query(List.of(Kind.WHOLE), rows, depth - 1) + ")";
            }
            default -> {
                Kind kind = choice.of(Kind.WHOLE, Kind.WHOLE, Kind.TEXT);
                return column(kind, rows) + choice.of(" IN (", " NOT IN (")
                        + queries.query(List.of(kind), rows, depth - 1) + ")";
            }
        }
    }

    /** Over a group of rows. */
    String aggregate(Kind kind, Scope rows) {
        String argument = local(kind, rows);
        String filter = choice.oneIn(5) ? " FILTER (WHERE " + local(Kind.WHOLE, rows) + " > 0)" : "";
        if (kind == Kind.TEXT) {
            return (choice.oneIn(3)
                            ? "STRING_AGG(" + argument + ", '-' ORDER BY " + argument + choice.of("", " DESC") + ")"
                            : choice.of("MIN(", "MAX(") + argument + ")")
                    + filter;
        }
        return choice.of(
                        "COUNT(*)",
                        "COUNT(" + argument + ")",
                        "COUNT(DISTINCT " + argument + ")",
                        "SUM(" + argument + ")",
                        "SUM(DISTINCT " + argument + ")",
                        "MIN(" + argument + ")",
                        "MAX(" + argument + ")")
                + filter;
    }

    private String local(Kind kind, Scope rows) {
        return column(kind, new Scope(rows.items(), List.of()));
    }

    /** A number that is told by the rows around a row. */
    String over(Scope rows) {
        String of = local(Kind.WHOLE, rows);
        String call = choice.of(
                "SUM(" + of + ")", "COUNT(*)", "MIN(" + of + ")", "MAX(" + of + ")", "LAST_VALUE(" + of + ")");
        return switch (choice.between(0, 3)) {
            case 0 -> place(rows);
            case 1 -> choice.of("LAG(", "LEAD(") + of + ") OVER (" + partition(rows) + ")";
            case 2 ->
                choice.of("RANK()", "DENSE_RANK()", "COUNT(*)", "SUM(" + of + ")") + " OVER (PARTITION BY "
                        + local(Kind.TEXT, rows) + " ORDER BY " + local(Kind.WHOLE, rows) + ")";
            default -> call + " OVER (" + partition(rows) + frame() + ")";
        };
    }

    private String frame() {
        return choice.of(
                "",
                " ROWS BETWEEN 1 PRECEDING AND CURRENT ROW",
                " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 FOLLOWING",
                " RANGE BETWEEN 2 PRECEDING AND 1 FOLLOWING",
                " ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING");
    }

    /** Which place a row has among those of its partition. */
    String place(Scope rows) {
        return "ROW_NUMBER() OVER (" + partition(rows) + ")";
    }

    private String partition(Scope rows) {
        String by = choice.oneIn(4) ? "" : "PARTITION BY " + local(choice.of(Kind.WHOLE, Kind.TEXT), rows) + " ";
        return by + "ORDER BY " + rows.id().orElseThrow().name() + choice.of("", " DESC");
    }
}
