package io.leat.compiler.corpus;

import io.leat.compiler.function.Functions;
import io.leat.compiler.function.Overload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables of functions of a page: {@code | call | meaning | example | gives |}. */
final class FunctionRows {
    private static final int PER_CASE = 10;
    private static final Pattern ROW = Pattern.compile("\\| (`.*?) \\| (.*) \\| `(.*)` \\| `(.*)` \\|");
    private static final Pattern OWN_SYNTAX = Pattern.compile("…|\\((?!a number|a value)[a-z]| WHEN ");

    /**
     * A row of such a table.
     *
     * @param example an expression
     * @param gives its value, as a cell of a case
     */
    record FunctionRow(String calls, String example, String gives) {
        /** Whether it is called by a name and values alone, and not by a syntax of its own: no parameter has a name of its own. */
        boolean isCalledAsAny() {
            return OWN_SYNTAX.matcher(calls).results().findAny().isEmpty();
        }
    }

    private FunctionRows() {}

    static List<FunctionRow> of(LanguagePage page) {
        List<FunctionRow> rows = new ArrayList<>();
        for (String line : page.lines()) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.add(new FunctionRow(row.group(1), row.group(3).replace("\\|", "|"), row.group(4)));
            }
        }
        return rows;
    }

    /** How the functions of the registry are called: what the first column has to say. */
    static List<String> registered() {
        Map<List<Overload>, List<String>> names = new LinkedHashMap<>();
        for (String name : Functions.names()) {
            names.computeIfAbsent(Functions.overloads(name), overloads -> new ArrayList<>())
                    .add(name);
        }
        return names.entrySet().stream()
                .map(each -> calls(each.getKey(), each.getValue()))
                .toList();
    }

    private static String calls(List<Overload> overloads, List<String> names) {
        String first = overloads.stream()
                .map(overload -> "`" + names.get(0) + overload.title() + "`")
                .distinct()
                .collect(Collectors.joining(", "));
        String others = names.stream().skip(1).map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        return others.isEmpty() ? first : first + "; also " + others;
    }

    /** All examples of a page, some of them in each case: a query of one row. */
    static List<Case> examples(LanguagePage page) {
        List<FunctionRow> rows = of(page);
        List<Case> cases = new ArrayList<>();
        for (int at = 0; at < rows.size(); at += PER_CASE) {
            List<FunctionRow> some = rows.subList(at, Math.min(at + PER_CASE, rows.size()));
            String query = some.stream().map(FunctionRow::example).collect(Collectors.joining(",\n", "SELECT ", ""));
            String gives = some.stream().map(FunctionRow::gives).collect(Collectors.joining("  "));
            String name = page.name() + "-" + some.get(0).calls().split("\\W+", 3)[1];
            cases.add(CaseFile.parse(name, "query\n" + query + "\n----\n" + gives));
        }
        return cases;
    }
}
