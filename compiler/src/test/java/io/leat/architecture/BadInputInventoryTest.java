package io.leat.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever the design note on bad input says comes of it, a test that it names says, too. */
class BadInputInventoryTest {
    private static final Path TOP = Path.of("..");
    private static final Path NOTE = TOP.resolve("runtime/docs/007-bad-input.md");
    private static final Path CORPUS = Path.of("src/test/resources/corpus");
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Pattern CASE = Pattern.compile("`([a-z]+/[a-z0-9-]+\\.qt)`");
    private static final Pattern METHOD = Pattern.compile("@Test\\s+void (\\w+)\\(");
    private static final int INPUTS = 26;
    private static final int QUERIES = 13;

    /** Cells of each row of a table, of which the last one names tests. */
    private static List<List<String[]>> tables() throws IOException {
        List<List<String[]>> tables = new ArrayList<>();
        boolean within = false;
        for (String line : Files.readAllLines(NOTE)) {
            boolean row = line.startsWith("|");
            if (row && !within) {
                tables.add(new ArrayList<>());
            } else if (row && !line.startsWith("|---")) {
                tables.get(tables.size() - 1).add(line.substring(1).split("\\|"));
            }
            within = row;
        }
        return tables;
    }

    /** The texts of all tests of a name: modules may have one each. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> all = Files.walk(TOP)) {
            for (Path file : all.filter(file -> file.toString().contains("src/test/java"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                sources.merge(name, Files.readString(file), String::concat);
            }
        }
        return sources;
    }

    @Test
    void everyRowHasATest() throws IOException {
        List<List<String[]>> tables = tables();
        assertEquals(List.of(INPUTS, QUERIES), tables.stream().map(List::size).toList());
        Map<String, String> sources = sources();
        for (List<String[]> table : tables) {
            for (String[] cells : table) {
                String tests = cells[cells.length - 1];
                int named = 0;
                for (Matcher test = TEST.matcher(tests); test.find(); named++) {
                    String source = sources.getOrDefault(test.group(1), "");
                    boolean there = Pattern.compile("(void|ArchRule|Stream<\\w+>) " + test.group(2) + "\\b")
                            .matcher(source)
                            .find();
                    assertTrue(there, test.group() + " of '" + cells[0] + "' is not there");
                }
                for (Matcher each = CASE.matcher(tests); each.find(); named++) {
                    assertTrue(Files.exists(CORPUS.resolve(each.group(1))), each.group());
                }
                assertFalse(named == 0, "no test for '" + cells[0] + "'");
            }
        }
    }

    @Test
    void everyTestOfBadInputHasARow() throws IOException {
        String note = Files.readString(NOTE);
        Map<String, String> sources = sources();
        for (String name : List.of("BadInputTest", "BadTimeTest", "HostileQueryTest")) {
            Matcher method = METHOD.matcher(sources.get(name));
            while (method.find()) {
                assertTrue(note.contains("`" + name + "#" + method.group(1) + "`"), name + "#" + method.group(1));
            }
        }
    }
}
