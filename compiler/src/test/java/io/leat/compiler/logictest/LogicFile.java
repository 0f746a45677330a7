package io.leat.compiler.logictest;

import io.leat.compiler.logictest.LogicRecord.Order;
import io.leat.compiler.logictest.LogicRecord.Query;
import io.leat.compiler.logictest.LogicRecord.Statement;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipFile;

/**
 * Reads a file of logic tests record by record, as a database that none of them knows by name: what is for one of the others only is left
 * out, and what others cannot do is asked.
 */
final class LogicFile implements Closeable {
    private static final String FIRST = "test/select1.test";
    private static final String RULER = "----";

    private final BufferedReader lines;
    private int line;

    private LogicFile(InputStream bytes) {
        this.lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    }

    /** The names of all files, sorted. */
    static List<String> names() {
        try (ZipFile jar = new ZipFile(jar().toFile())) {
            return jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".test"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path jar() {
        URL first = LogicFile.class.getClassLoader().getResource(FIRST);
        if (first == null) {
            throw new IllegalStateException("the files of sql-logic-test are not on the class path");
        }
        String place = first.getPath().substring(0, first.getPath().indexOf('!'));
        try {
            return Path.of(new URI(place));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(place, e);
        }
    }

    static LogicFile open(String name) {
        InputStream bytes = LogicFile.class.getClassLoader().getResourceAsStream(name);
        if (bytes == null) {
            throw new IllegalArgumentException("no file of logic tests: " + name);
        }
        return new LogicFile(bytes);
    }

    /** The next record that is for every database; empty at the end. */
    Optional<LogicRecord> next() {
        boolean asked = true;
        String text = read();
        while (text != null) {
            String[] words = text.strip().split("\\s+");
            switch (words[0]) {
                case "onlyif" -> asked = false;
                case "halt" -> {
                    if (asked) {
                        return Optional.empty();
                    }
                    asked = true;
                }
                case "statement", "query" -> {
                    LogicRecord record = words[0].equals("query") ? query(words) : statement(!words[1].equals("error"));
                    if (asked) {
                        return Optional.of(record);
                    }
                    asked = true;
                }
                // Blank lines, comments, what others cannot do, and from how many values on answers are hashed, which
                // each shows.
                default -> {}
            }
            text = read();
        }
        return Optional.empty();
    }

    private Statement statement(boolean succeeds) {
        int begin = line + 1;
        List<String> sql = new ArrayList<>();
        for (String text = read(); text != null && !text.isBlank(); text = read()) {
            sql.add(text);
        }
        return new Statement(begin, String.join("\n", sql), succeeds);
    }

    private Query query(String[] words) {
        int begin = line + 1;
        List<String> sql = new ArrayList<>();
        String text = read();
        for (; text != null && !text.equals(RULER) && !text.isBlank(); text = read()) {
            sql.add(text);
        }
        List<String> expected = new ArrayList<>();
        if (RULER.equals(text)) {
            for (text = read(); text != null && !text.isEmpty(); text = read()) {
                expected.add(text);
            }
        }
        Order order = words.length > 2 ? Order.valueOf(words[2].toUpperCase(Locale.ROOT)) : Order.NOSORT;
        return new Query(begin, String.join("\n", sql), words[1], order, expected);
    }

    private String read() {
        try {
            line++;
            return lines.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
