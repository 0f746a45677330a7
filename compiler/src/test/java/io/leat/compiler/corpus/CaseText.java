package io.leat.compiler.corpus;

import io.leat.compiler.corpus.Case.ExpectedRows;
import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.Origin;
import io.leat.grammar.source.QueryException;
import io.leat.grammar.source.SourceText;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text that is compiled for a case: a line that declares its tables, its query, and, behind it, queries for the rows that it
 * expects to be refused. What is said about the text is turned into what is said about the query alone.
 */
final class CaseText {
    /** Where the data of the case is; a value comes with the run, so that a job can be compiled once. */
    static final String FOLDER = "dir";

    private static final String NAME = "query.sql";
    private static final Pattern POSITION = Pattern.compile("\\b(\\d+):(\\d+)\\b");

    private final Case of;
    private final String declarations;
    private final SourceText whole;
    private final SourceText query;

    CaseText(Case of, Variation variation) {
        this.of = of;
        this.declarations =
                of.tables().stream().map(table -> declaration(table, variation)).collect(Collectors.joining(" "))
                        + (of.tables().isEmpty() ? "" : "\n");
        String sides = variation.sideTables() ? sides("late", of.late()) + sides("rejected", of.rejected()) : "";
        String asked = variation.told() ? ToldQuery.of(of.query()) : of.query();
        String end = sides.isEmpty() || asked.endsWith(";") ? "" : ";";
        this.whole = new SourceText(NAME, declarations + asked + end + sides);
        this.query = new SourceText(NAME, of.query());
    }

    private String declaration(CaseTable table, Variation variation) {
        boolean stream = variation.isStream(table);
        StringBuilder text = new StringBuilder("CREATE TABLE " + table.name() + " (" + table.columns());
        table.watermark().ifPresent(watermark -> text.append(", WATERMARK FOR ").append(watermark));
        text.append(") WITH (connector = 'filesystem', path = '${")
                .append(FOLDER)
                .append("}/t");
        text.append(of.tables().indexOf(table))
                .append("', format = '")
                .append(variation.form().format());
        text.append(stream ? "', 'scan.mode' = 'stream'" : "'");
        table.options().ifPresent(options -> text.append(", ").append(options));
        return text.append(");").toString();
    }

    private String sides(String suffix, Map<String, ExpectedRows> expected) {
        return expected.keySet().stream()
                .map(table -> "\nSELECT " + columns(table) + (suffix.equals("late") ? "" : ", reason") + " FROM "
                        + table + "$" + suffix + ";")
                .collect(Collectors.joining());
    }

    private String columns(String table) {
        CaseTable declared = of.tables().stream()
                .filter(each -> each.name().equals(table))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no table " + table));
        return CaseBinding.columns(declared).stream()
                .map(column -> '"' + column.name().replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(", "));
    }

    SourceText source() {
        return whole;
    }

    /** What the compiler says, as if the query stood alone. */
    String message(QueryException problem) {
        return problem.diagnostics().stream().map(this::render).collect(Collectors.joining("\n\n"));
    }

    private String render(Diagnostic diagnostic) {
        int shift = declarations.length();
        boolean elsewhere = diagnostic.at().start() < shift
                || diagnostic.notes().stream().anyMatch(note -> note.at().start() < shift);
        if (elsewhere) {
            return diagnostic.render(whole);
        }
        List<Diagnostic.Note> notes = diagnostic.notes().stream()
                .map(note -> new Diagnostic.Note(note.message(), shifted(note.at())))
                .toList();
        return new Diagnostic(
                        diagnostic.code(), diagnostic.message(), shifted(diagnostic.at()), diagnostic.help(), notes)
                .render(query);
    }

    private Origin shifted(Origin at) {
        return new Origin(at.start() - declarations.length(), at.end() - declarations.length());
    }

    /** A text with every {@code line:column} as if the query stood alone. */
    String positions(String text) {
        if (declarations.isEmpty()) {
            return text;
        }
        Matcher positions = POSITION.matcher(text);
        return positions.replaceAll(each -> (Integer.parseInt(each.group(1)) - 1) + ":" + each.group(2));
    }
}
