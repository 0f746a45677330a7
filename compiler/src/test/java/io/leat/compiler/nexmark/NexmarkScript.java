package io.leat.compiler.nexmark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The text of {@code examples/nexmark/tables.sql} and of a query behind it, where tables may get other options. */
record NexmarkScript(String text) {
    private static final Path EXAMPLES = Path.of("..", "examples", "nexmark");
    private static final String EVENTS = "nexmark";
    private static final String SIDE_INPUT = "side_input";

    static NexmarkScript tables() {
        return new NexmarkScript(read(EXAMPLES.resolve("tables.sql")));
    }

    /** The names of all queries. That over processing time has one window, where the clock stands. */
    static List<String> queries() {
        return IntStream.rangeClosed(0, 22).mapToObj(number -> "q" + number).toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With events from elsewhere. */
    NexmarkScript from(String options) {
        return withOptions(EVENTS, options);
    }

    NexmarkScript withSideInput(String options) {
        return withOptions(SIDE_INPUT, options);
    }

    private NexmarkScript withOptions(String table, String options) {
        Matcher declaration = Pattern.compile("(?s)(CREATE TABLE " + table + " .*?\\)\\s*WITH )\\(.*?\\);")
                .matcher(text);
        assertTrue(declaration.find(), "there is a table " + table);
        return new NexmarkScript(text.substring(0, declaration.start()) + declaration.group(1) + "(" + options + ");"
                + text.substring(declaration.end()));
    }

    /** Statements that write all events into a table of the same columns. */
    String copyOfEvents(String options) {
        int start = text.indexOf('(', text.indexOf("CREATE TABLE " + EVENTS)) + 1;
        String columns = text.substring(start, text.indexOf("dateTime AS CASE"));
        return "CREATE TABLE copied (" + columns.substring(0, columns.lastIndexOf(',')) + ") WITH (" + options
                + ");\nINSERT INTO copied SELECT event_type, person, auction, bid FROM " + EVENTS + ";\n";
    }

    /** With a query of the examples behind it. */
    NexmarkScript ask(String query) {
        return new NexmarkScript(text + "\n" + read(EXAMPLES.resolve(query + ".sql")));
    }

    /** With a changelog as the result of the query that stands last. */
    NexmarkScript toldAsChanges() {
        return new NexmarkScript(text.substring(0, text.lastIndexOf(';')) + "\nEMIT CHANGES;\n");
    }
}
