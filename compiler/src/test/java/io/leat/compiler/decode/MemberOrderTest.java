package io.leat.compiler.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.Column;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.local.Engine;
import io.leat.runtime.local.Job;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.local.ResultReceiver;
import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Schema;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Decoders expect members in the order in which they came before. Here they come in changing orders, left out, twice, unknown, escaped and
 * with white space, and every row is what Jackson reads.
 */
class MemberOrderTest {
    private static final int LINES = 20_000;
    private static final int LINES_PER_ORDER = 700;

    private static final String QUERY = """
            CREATE TABLE objects (
              a BIGINT, ab STRING, abcdefghijklmn STRING, `größe` BIGINT,
              a_name_that_takes_more_than_four_words BIGINT, unused STRING,
              a_name_that_takes_more_than_the_eight_words_that_are_compared_at_once BIGINT, d DOUBLE,
              r ROW<a STRING, b BIGINT, a_long_name_in_a_row BIGINT>
            ) WITH ('connector' = 'filesystem', 'path' = '${path}', 'format' = 'json');
            SELECT a, ab, abcdefghijklmn, `größe`, a_name_that_takes_more_than_four_words,
              a_name_that_takes_more_than_the_eight_words_that_are_compared_at_once, d, r.a, r.b, r.a_long_name_in_a_row
            FROM objects
            """;

    private static final List<String> NUMBERS = List.of(
            "a",
            "größe",
            "a_name_that_takes_more_than_four_words",
            "a_name_that_takes_more_than_the_eight_words_that_are_compared_at_once");
    private static final List<String> TEXTS = List.of("ab", "abcdefghijklmn", "unused");
    private static final List<String> OTHERS = List.of("b", "A", "", "abc", "abcdefghijklmo", "\\\"\\\":", "r2");
    private static final List<String> IN_ROW = List.of("a", "b", "a_long_name_in_a_row", "c");

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void rowsAreThoseOfJackson() throws IOException {
        long seed = Long.getLong("seed", 1);
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        List<String> order = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            if (i % LINES_PER_ORDER == 0) {
                order = newOrder(random);
            }
            String line = object(random, order, random.nextInt(4) == 0);
            lines.add(line);
            expected.add(row(JSON.readTree(line)));
        }
        Path file = Files.write(folder.resolve("objects.json"), lines);
        List<String> rows = run(file);
        for (int i = 0; i < LINES; i++) {
            String line = lines.get(i);
            assertEquals(expected.get(i), rows.get(i), () -> "seed " + seed + ": " + line);
        }
        assertEquals(LINES, rows.size());
    }

    private static List<String> newOrder(Random random) {
        List<String> order = new ArrayList<>(NUMBERS);
        order.addAll(TEXTS);
        order.addAll(OTHERS);
        order.addAll(List.of("d", "r"));
        Collections.shuffle(order, random);
        return order.subList(0, 1 + random.nextInt(order.size()));
    }

    /** An object with these members; if {@code wild}, with all that is allowed. */
    private static String object(Random random, List<String> order, boolean wild) {
        List<String> members = new ArrayList<>();
        for (String name : order) {
            int times = !wild || random.nextInt(5) > 0 ? 1 : 2 * random.nextInt(2);
            for (int i = 0; i < times; i++) {
                String blank = wild ? " ".repeat(random.nextInt(3)) : "";
                members.add(blank
                        + '"'
                        + (wild ? escaped(random, name) : name)
                        + '"'
                        + blank
                        + ':'
                        + blank
                        + value(random, name)
                        + blank);
            }
        }
        if (wild && random.nextInt(4) == 0) {
            Collections.shuffle(members, random);
        }
        return "{" + String.join(",", members) + "}";
    }

    private static String escaped(Random random, String name) {
        boolean plain = name.isEmpty() || name.startsWith("\\") || random.nextInt(5) > 0;
        return plain ? name : String.format("\\u%04x", (int) name.charAt(0)) + name.substring(1);
    }

    private static String value(Random random, String name) {
        if (random.nextInt(10) == 0) {
            return "null";
        }
        if (NUMBERS.contains(name)) {
            return number(random);
        }
        if (name.equals("d")) {
            return fraction(random);
        }
        if (name.equals("r")) {
            List<String> members = new ArrayList<>();
            for (String each : IN_ROW) {
                if (random.nextInt(8) > 0) {
                    members.add('"' + each + "\":" + (each.equals("a") ? text(random) : number(random)));
                }
            }
            return "{" + String.join(",", members) + "}";
        }
        return text(random);
    }

    private static String number(Random random) {
        return Long.toString(random.nextLong() >> random.nextInt(64));
    }

    private static String fraction(Random random) {
        BigDecimal number = BigDecimal.valueOf(random.nextLong() >> random.nextInt(64), random.nextInt(20));
        return switch (random.nextInt(4)) {
            case 0 -> number.toString();
            case 1 -> "-0.0" + "0".repeat(random.nextInt(9));
            case 2 -> number.longValue() + "." + random.nextInt(100_000_000);
            default -> number.toPlainString();
        };
    }

    private static String text(Random random) {
        String[] pieces = {"a", "b", "{", "}", ":", ",", "\\\"", "\\\\", "\\n", "é", "字", "\\u00e9", "abcdefgh"};
        StringBuilder text = new StringBuilder();
        boolean plain = random.nextBoolean();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append(plain ? "x" : pieces[random.nextInt(pieces.length)]);
        }
        return "\"" + text + "\"";
    }

    private static String row(JsonNode object) {
        JsonNode inner = object.path("r");
        List<String> cells = new ArrayList<>();
        for (String name : List.of("a", "ab", "abcdefghijklmn", "größe", NUMBERS.get(2), NUMBERS.get(3))) {
            cells.add(text(object.path(name)));
        }
        JsonNode real = object.path("d");
        // Zero has no sign here.
        cells.add(real.isNumber() ? Double.toString(real.doubleValue() + 0.0) : text(real));
        for (String name : List.of("a", "b", "a_long_name_in_a_row")) {
            cells.add(text(inner.path(name)));
        }
        return String.join("|", cells);
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? "-" : value.asText();
    }

    private static List<String> run(Path file) {
        CompiledJob compiled = new QueryCompiler()
                .compile(new SourceText("objects.sql", QUERY), CompileOptions.defaults())
                .job();
        List<String> rows = new ArrayList<>();
        JobOptions options = JobOptions.defaults()
                .withParameters(Map.of("path", file.toString()))
                .withResults(new Rows(rows));
        try (Engine engine = Engine.open();
                Job job = engine.deploy(compiled, options)) {
            job.await();
        }
        return rows;
    }

    /** Takes rows as text. */
    private record Rows(List<String> rows) implements ResultReceiver {
        @Override
        public void begin(String title, Schema schema) {
            rows.clear();
        }

        @Override
        public void rows(Batch batch) {
            for (int row = 0; row < batch.rows(); row++) {
                List<String> cells = new ArrayList<>();
                for (int i = 0; i < batch.columns(); i++) {
                    cells.add(cell(batch.column(i), row));
                }
                rows.add(String.join("|", cells));
            }
        }

        private static String cell(Column column, int row) {
            if (column.isNull(row)) {
                return "-";
            }
            if (column.type().physical() == Physical.FLOAT64) {
                return Double.toString(column.getDouble(row));
            }
            boolean isText = column.type().physical() == Physical.BYTES;
            return isText ? column.getText(row) : Long.toString(column.getLong(row));
        }

        @Override
        public void flush() {
            // Nothing is kept back.
        }

        @Override
        public void end() {
            // The job says so, too.
        }
    }
}
