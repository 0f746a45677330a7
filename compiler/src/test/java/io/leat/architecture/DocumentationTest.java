package io.leat.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What README and design notes name exists. */
class DocumentationTest {
    private static final Path TOP = Path.of("..");

    /** In backticks, of two words or more, so that it is no plain word; perhaps a member after a dot. */
    private static final Pattern NAME = Pattern.compile("`((?:[A-Z][a-z0-9]+){2,})[`.(]");

    private static final Pattern DECLARATION = Pattern.compile("\\b(?:class|interface|record|enum) ([A-Z]\\w+)");

    /** Names of others. */
    private static final Set<String> FOREIGN = Set.of("BufferedReader", "HashMap", "ServiceLoader", "TreeMap");

    @Test
    void namedClassesExist() throws IOException {
        Set<String> declared = declared();
        List<String> missing = new ArrayList<>();
        for (Path document : documents()) {
            Matcher matcher = NAME.matcher(Files.readString(document));
            while (matcher.find()) {
                String name = matcher.group(1);
                if (!declared.contains(name) && !FOREIGN.contains(name)) {
                    missing.add(TOP.relativize(document) + ": " + name);
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    /** What a reader types is what was tried. */
    @Test
    void readmeShowsTheExample() throws IOException {
        String readme = Files.readString(TOP.resolve("README.md"));
        String example = Files.readString(TOP.resolve("examples/site_minutes.sql"));
        String statements = example.substring(example.indexOf("CREATE TABLE"));
        assertTrue(readme.contains("```sql\n" + statements + "```"));
    }

    @Test
    void everyModuleHasItsNote() throws IOException {
        for (String module : List.of("grammar", "runtime", "compiler", "compiler/cli", "benchmarks")) {
            try (Stream<Path> notes = Files.list(TOP.resolve(module).resolve("docs"))) {
                assertFalse(notes.findAny().isEmpty(), module);
            }
        }
    }

    private static List<Path> documents() throws IOException {
        return files(".md");
    }

    private static Set<String> declared() throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path source : files(".java")) {
            Matcher matcher = DECLARATION.matcher(Files.readString(source));
            while (matcher.find()) {
                names.add(matcher.group(1));
            }
        }
        for (Path grammar : files(".g4")) {
            String name = grammar.getFileName().toString();
            names.add(name.substring(0, name.length() - ".g4".length()));
        }
        return names;
    }

    private static List<Path> files(String suffix) throws IOException {
        try (Stream<Path> all = Files.walk(TOP)) {
            return all.filter(file -> file.toString().endsWith(suffix))
                    .filter(file -> !file.toString().contains("target"))
                    .sorted()
                    .toList();
        }
    }
}
