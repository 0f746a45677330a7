package io.leat.compiler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.compiler.codegen.GeneratedClass;
import io.leat.compiler.explain.Compilation;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.job.JobSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever text stands in a query as a name, a literal, an option, a parameter or a comment, it is data: it never becomes a part of
 * the generated source, and the rows are right.
 */
class InjectionTest {
    /** Each may be a name, a key of a JSON object, and a value. */
    private static final List<String> TEXTS = List.of(
            "plain",
            "class",
            "this",
            "null",
            "goto",
            "row",
            "batch",
            "watermark",
            "c_plain",
            "c0",
            "_",
            "$",
            "Memory",
            "it's",
            "say \"hi\"",
            "back\\slash",
            "\\u0022",
            "\\u002A/ throw null; /*",
            "*/ System.exit(1); /*",
            "// x",
            "\"); System.exit(1); (\"",
            "new\nline",
            "carriage\r\nreturn",
            "tab\t",
            "nul\0nul",
            "\uD83D\uDE00",
            "\u00e9\u0301",
            "\u2028\u2029",
            "\u0130\u1E9E",
            "a.b",
            "a b",
            "${dir}",
            ":parameter",
            "%s%n",
            "'; DROP TABLE t; --",
            "--",
            "[0]",
            "x".repeat(300));

    private static final int ROWS = 5;

    @TempDir
    Path folder;

    private QueryRuns runs;

    @BeforeEach
    void open() {
        runs = new QueryRuns(new TickingClock(1_000_000), folder);
    }

    @AfterEach
    void close() {
        runs.close();
    }

    private static String name(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String value(int row, int column) {
        return TEXTS.get((row + column) % TEXTS.size());
    }

    private static String columns(String between) {
        return TEXTS.stream().map(InjectionTest::name).collect(Collectors.joining(between));
    }

    /** A file whose records have every text as a key, in the order of the columns. */
    private void writeRecords(String file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            ObjectNode record = JsonNodeFactory.instance.objectNode();
            for (int column = 0; column < TEXTS.size(); column++) {
                record.put(TEXTS.get(column), value(row, column));
            }
            lines.add(record.toString());
        }
        Files.write(folder.resolve(file), lines);
    }

    private static String declaration(String table, String file) {
        return "CREATE TABLE " + table + " (" + columns(" STRING, ")
                + " STRING) WITH (connector = 'filesystem', path = " + literal("${dir}/" + file)
                + ", format = 'json');\n";
    }

    private QueryRuns.Outcome run(String sql, Map<String, String> parameters) {
        CompileOptions options = CompileOptions.defaults().withParameters(parameters);
        Compilation compilation = new QueryCompiler().compile(new SourceText("a */ \\u0022\n.sql", sql), options);
        for (GeneratedClass generated : compilation.generated()) {
            for (String text : TEXTS) {
                boolean isWord = text.matches("[A-Za-z0-9_$]+|//.*|--|\\[0\\]");
                assertFalse(!isWord && generated.source().contains(text), text + " stands in " + generated.source());
            }
            assertFalse(generated.source().contains("System"), generated.source());
        }
        return runs.run(compilation.job(), JobSettings.NONE);
    }

    @Test
    void columnsOfAnyName() throws IOException {
        writeRecords("records.json");
        QueryRuns.Outcome outcome =
                run(declaration("t", "records.json") + "SELECT " + columns(", ") + " FROM t", Map.of());
        List<String> expected = IntStream.range(0, ROWS)
                .mapToObj(row -> IntStream.range(0, TEXTS.size())
                        .mapToObj(column -> value(row, column))
                        .collect(Collectors.joining("|")))
                .sorted()
                .toList();
        assertEquals(expected, outcome.rows().sorted(0));
    }

    @Test
    void aliasesTablesAndViewsOfAnyName() throws IOException {
        writeRecords("records.json");
        StringBuilder sql = new StringBuilder(declaration("t", "records.json"));
        List<List<String>> expected = new ArrayList<>();
        for (int i = 0; i < TEXTS.size(); i++) {
            int column = i;
            String text = name(TEXTS.get(i));
            String other = name(TEXTS.get((i + 1) % TEXTS.size()));
            sql.append("WITH ")
                    .append(text)
                    .append(" AS (SELECT ")
                    .append(text)
                    .append(" AS ")
                    .append(other);
            sql.append(", 1 AS n FROM t) SELECT ")
                    .append(other)
                    .append(", sum(n) AS ")
                    .append(text);
            sql.append(" FROM ").append(text).append(" AS ").append(other);
            sql.append(" GROUP BY ").append(other).append(".").append(other).append(";\n");
            Map<String, Integer> counts = new TreeMap<>();
            IntStream.range(0, ROWS).forEach(row -> counts.merge(value(row, column), 1, Integer::sum));
            expected.add(counts.entrySet().stream()
                    .map(entry -> entry.getKey() + "|" + entry.getValue())
                    .sorted()
                    .toList());
        }
        QueryRuns.Outcome outcome = run(sql.toString(), Map.of());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i), outcome.rows().sorted(i), TEXTS.get(i));
        }
    }

    @Test
    void literalsAndParametersOfAnyText() throws IOException {
        writeRecords("records.json");
        Map<String, String> parameters = new TreeMap<>();
        StringBuilder sql = new StringBuilder(declaration("t", "records.json"));
        for (int i = 0; i < TEXTS.size(); i++) {
            // In quotes a value is text in any case; what stands between them is the text.
            parameters.put("p" + i, "'" + TEXTS.get(i) + "'");
            sql.append("SELECT plain || ")
                    .append(literal(TEXTS.get(i)))
                    .append(" AS a, :p")
                    .append(i);
            sql.append(" AS b FROM t WHERE plain = ").append(literal(value(i % ROWS, 0)));
            sql.append(" AND plain <> CASE WHEN plain LIKE ").append(literal(TEXTS.get(i)));
            sql.append(" ESCAPE '#' THEN 'never' ELSE 'so' END;\n");
        }
        QueryRuns.Outcome outcome = run(sql.toString(), parameters);
        for (int i = 0; i < TEXTS.size(); i++) {
            String expected = value(i % ROWS, 0) + TEXTS.get(i) + "|" + TEXTS.get(i);
            assertEquals(List.of(expected), outcome.rows().sorted(i));
        }
    }

    @Test
    void commentsOfAnyText() throws IOException {
        writeRecords("records.json");
        StringBuilder sql = new StringBuilder(declaration("t", "records.json")).append("SELECT plain");
        for (String text : TEXTS) {
            if (text.chars().noneMatch(c -> c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029')) {
                sql.append(" -- ").append(text).append('\n');
            }
            if (!text.contains("*/") && !text.contains("/*")) {
                sql.append(" /* ").append(text).append(" */");
            }
        }
        sql.append(" AS a FROM t");
        List<String> expected =
                IntStream.range(0, ROWS).mapToObj(row -> value(row, 0)).sorted().toList();
        assertEquals(expected, run(sql.toString(), Map.of()).rows().sorted(0));
    }

    @Test
    void filesAndOptionsOfAnyText() throws IOException {
        List<String> files =
                List.of("it's.json", "back\\slash \\u0022.json", "quote\".json", "\uD83D\uDE00.json", "new\nline.json");
        StringBuilder sql = new StringBuilder();
        for (String file : files) {
            writeRecords(file);
            String table = name(file);
            sql.append(declaration(table, file))
                    .append("SELECT count(*) AS n FROM ")
                    .append(table)
                    .append(";\n");
        }
        sql.append("CREATE TABLE c (a STRING, b STRING) WITH (connector = 'filesystem', path = '${dir}/c.csv', "
                + "format = 'csv', 'csv.field-delimiter' = '\\t', 'csv.quote-character' = '''', 'csv.null-literal' = ");
        sql.append(literal("\\u0022*/")).append("); SELECT a, b FROM c");
        Files.writeString(folder.resolve("c.csv"), "'it''s'\t\\u0022*/\n");
        QueryRuns.Outcome outcome = run(sql.toString(), Map.of());
        for (int i = 0; i < files.size(); i++) {
            assertEquals(List.of(Integer.toString(ROWS)), outcome.rows().sorted(i), files.get(i));
        }
        assertEquals(List.of("it's|NULL"), outcome.rows().sorted(files.size()));
    }

    /** Names in a query match without regard to case, keys of a JSON object do not. */
    @Test
    void keysThatDifferInCaseOnly() throws IOException {
        Files.writeString(folder.resolve("k.json"), "{\"KEY\":\"other\",\"Key\":\"mine\",\"key\":\"another\"}\n");
        String sql = "CREATE TABLE t (\"Key\" STRING) WITH (connector = 'filesystem', path = '${dir}/k.json', "
                + "format = 'json'); SELECT kEY FROM t";
        assertEquals(List.of("mine"), run(sql, Map.of()).rows().sorted(0));
    }
}
