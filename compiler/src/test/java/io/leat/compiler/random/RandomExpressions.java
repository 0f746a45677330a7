package io.leat.compiler.random;

import io.leat.compiler.random.RandomTable.Column;
import java.util.List;

/** Expressions over columns, by kind. Some have no value for some rows. */
final class RandomExpressions {
    private final Choice choice;
    private final List<Column> columns;

    RandomExpressions(Choice choice, List<Column> columns) {
        this.choice = choice;
        this.columns = columns;
    }

    String of(Kind kind, int depth) {
        List<Column> fitting =
                columns.stream().filter(column -> column.kind() == kind).toList();
        if (depth == 0 || choice.oneIn(4)) {
            return fitting.isEmpty() || choice.oneIn(6)
                    ? literal(kind)
                    : choice.of(fitting).name();
        }
        if (choice.oneIn(6)) {
            return choice(kind, depth - 1);
        }
        return switch (kind) {
            case WHOLE -> whole(depth - 1);
            case EXACT -> number(Kind.EXACT, depth - 1);
            case REAL -> number(Kind.REAL, depth - 1);
            case TEXT -> text(depth - 1);
            case TRUTH -> condition(depth - 1);
            case DAY -> "(" + of(Kind.DAY, 0) + choice.of(" + ", " - ") + choice.between(0, 40) + ")";
            case TIME -> time();
        };
    }

    private String literal(Kind kind) {
        return switch (kind) {
            case WHOLE -> choice.of("0", "1", "2", "-1", "7", "100", "2147483647", "9223372036854775807");
            case EXACT -> choice.of("0.5", "1.25", "-2.0", "100.01", "12345678901234567890.1");
            case REAL -> choice.of("0.5E0", "2E0", "-4E0", "0E0");
            case TEXT -> choice.of("'a'", "'B'", "''", "'ä'", "'a%'", "'\uD83D\uDE00'", "'it''s'");
            case TRUTH -> choice.of("TRUE", "FALSE", "CAST(NULL AS BOOLEAN)");
            case DAY -> choice.of("DATE '2024-02-29'", "DATE '1969-12-31'");
            case TIME -> choice.of("TIMESTAMP '2026-06-01 00:00:10'", "TIMESTAMP '1970-01-01 00:00:03.5'");
        };
    }

    private String choice(Kind kind, int depth) {
        String first = of(kind, depth);
        String second = of(kind, depth);
        return switch (choice.between(0, 4)) {
            case 0 -> "CASE WHEN " + condition(depth) + " THEN " + first + " ELSE " + second + " END";
            case 1 ->
                "CASE WHEN " + condition(depth) + " THEN " + first + " WHEN " + condition(depth) + " THEN " + second
                        + " END";
            case 2 -> "COALESCE(" + first + ", " + second + ")";
            case 3 -> "NULLIF(" + first + ", " + second + ")";
            default -> choice.of("GREATEST(", "LEAST(") + first + ", " + second + ")";
        };
    }

    private String whole(int depth) {
        return switch (choice.between(0, 5)) {
            case 0 -> "CHAR_LENGTH(" + of(Kind.TEXT, depth) + ")";
            case 1 ->
                "CAST(" + of(choice.of(Kind.TRUTH, Kind.EXACT, Kind.REAL), depth) + " AS " + choice.of("INT", "TINYINT")
                        + ")";
            case 2 -> "TRY_CAST(" + of(Kind.TEXT, depth) + " AS INT)";
            case 3 -> "EXTRACT(" + choice.of("YEAR", "MONTH", "DOW", "WEEK") + " FROM " + of(Kind.DAY, depth) + ")";
            default -> number(Kind.WHOLE, depth);
        };
    }

    private String number(Kind kind, int depth) {
        String left = of(kind, depth);
        String right = of(choice.oneIn(4) ? Kind.WHOLE : kind, depth);
        return switch (choice.between(0, 6)) {
            case 0, 1 -> "(" + left + " + " + right + ")";
            case 2 -> "(" + left + " - " + right + ")";
            case 3 -> "(" + left + " * " + right + ")";
            case 4 -> "(" + left + choice.of(" / ", " % ") + right + ")";
            case 5 -> "ABS(" + left + ")";
            default -> kind == Kind.WHOLE ? "(- " + left + ")" : "ROUND(" + left + ", 1)";
        };
    }

    private String text(int depth) {
        String inner = of(Kind.TEXT, depth);
        return switch (choice.between(0, 7)) {
            case 0 -> "(" + inner + " || " + of(Kind.TEXT, depth) + ")";
            case 1 -> choice.of("UPPER(", "LOWER(", "TRIM(", "REVERSE(", "INITCAP(") + inner + ")";
            case 2 -> "SUBSTRING(" + inner + ", " + choice.between(-1, 3) + ", " + choice.between(0, 4) + ")";
            case 3 -> "REPLACE(" + inner + ", 'a', " + of(Kind.TEXT, 0) + ")";
            case 4 -> "LPAD(" + inner + ", " + choice.between(0, 6) + ", 'xä')";
            case 5 -> "CONCAT(" + inner + ", " + of(Kind.TEXT, depth) + ")";
            case 6 -> "SPLIT_INDEX(" + inner + ", 'a', " + choice.between(0, 2) + ")";
            default -> "CAST(" + of(choice.of(Kind.values()), depth) + " AS STRING)";
        };
    }

    private String time() {
        String value = of(Kind.TIME, 0);
        return switch (choice.between(0, 2)) {
            case 0 ->
                "(" + value + choice.of(" + ", " - ") + "INTERVAL '" + choice.between(1, 90) + "' "
                        + choice.of("SECOND", "DAY", "MONTH") + ")";
            case 1 -> "FLOOR(" + value + " TO " + choice.of("MINUTE", "HOUR", "WEEK", "YEAR") + ")";
            default -> value;
        };
    }

    String condition(int depth) {
        Kind kind = choice.of(Kind.values());
        int deeper = Math.max(0, depth - 1);
        return switch (choice.between(0, depth == 0 ? 5 : 8)) {
            case 0, 1 -> of(kind, deeper) + choice.of(" = ", " <> ", " < ", " <= ", " > ", " >= ") + of(kind, deeper);
            case 2 -> of(kind, deeper) + choice.of(" IS NULL", " IS NOT NULL");
            case 3 -> of(kind, deeper) + choice.of(" IS DISTINCT FROM ", " IS NOT DISTINCT FROM ") + of(kind, deeper);
            case 4 ->
                of(Kind.WHOLE, deeper) + choice.of(" IN ", " NOT IN ") + choice.of("(1, 2, 3)", "(0, NULL)", "(5)");
            case 5 ->
                of(Kind.TEXT, deeper)
                        + choice.of(" LIKE ", " NOT LIKE ", " ILIKE ")
                        + choice.of("'%a%'", "'_'", "'a%'", "'%'", "'x\\%%' ESCAPE '\\'");
            case 6 -> "(" + condition(deeper) + choice.of(" AND ", " OR ") + condition(deeper) + ")";
            case 7 -> "NOT (" + condition(deeper) + ")";
            default -> of(kind, deeper) + " BETWEEN " + of(kind, 0) + " AND " + of(kind, 0);
        };
    }
}
