package io.leat.compiler.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the users of another engine write: a file of tables, and of statements over them.
 *
 * <pre>
 * tables, as in {@link CaseFile}
 * ## a topic
 * === what the statements are
 * query
 * statements, and expected rows as in a case; without any they only have to compile
 * ours
 * how Leat spells it, where that is not the same: it gives the same rows
 * refused
 * (nothing: the compiler must refuse the statements, and say what to do instead)
 * </pre>
 *
 * @param community whose statements they are, as in the name of the file and of its page
 */
record Coverage(String community, List<Entry> entries) {
    private static final Path FOLDER = Path.of("src/test/resources/coverage");
    private static final String TOPIC = "## ";
    private static final String ENTRY = "=== ";
    private static final String OURS = "ours";
    private static final String REFUSED = "refused";

    /**
     * Some statements.
     *
     * @param asTyped as a case
     * @param ours the same case as Leat spells it; empty if that is no other way
     * @param refused whether the compiler must refuse it
     */
    record Entry(String topic, String title, Case asTyped, Optional<Case> ours, boolean refused) {
        /** Whether there are rows to compare: where the tables of the statements are far away, they are only compiled. */
        boolean runs() {
            return !refused && !asTyped.results().isEmpty();
        }
    }

    static Coverage of(String community) {
        try {
            return parse(community, Files.readAllLines(FOLDER.resolve(community + ".txt")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Coverage parse(String community, List<String> lines) {
        List<Entry> entries = new ArrayList<>();
        List<String> tables = new ArrayList<>();
        String topic = "";
        int at = 0;
        while (at < lines.size()) {
            String line = lines.get(at++);
            if (line.startsWith(TOPIC)) {
                topic = line.substring(TOPIC.length());
            } else if (line.startsWith(ENTRY)) {
                int end = at;
                while (end < lines.size()
                        && !lines.get(end).startsWith(ENTRY)
                        && !lines.get(end).startsWith(TOPIC)) {
                    end++;
                }
                String name = community + "-" + at;
                entries.add(entry(name, topic, line.substring(ENTRY.length()), tables, lines.subList(at, end)));
                at = end;
            } else {
                tables.add(line);
            }
        }
        return new Coverage(community, entries);
    }

    private static Entry entry(String name, String topic, String title, List<String> tables, List<String> body) {
        int ours = body.indexOf(OURS);
        boolean refused = body.contains(REFUSED);
        List<String> typed = body.subList(0, ours >= 0 ? ours : refused ? body.indexOf(REFUSED) : body.size());
        Case asTyped = parse(name, tables, typed);
        Optional<Case> other = Optional.empty();
        if (ours >= 0) {
            int rows = Math.max(typed.indexOf("----"), 1);
            List<String> text = new ArrayList<>(List.of("query"));
            text.addAll(body.subList(ours + 1, body.size()));
            text.addAll(typed.subList(rows, typed.size()));
            other = Optional.of(parse(name + "-ours", tables, text));
        }
        return new Entry(topic, title, asTyped, other, refused);
    }

    private static Case parse(String name, List<String> tables, List<String> body) {
        List<String> text = new ArrayList<>(tables);
        text.addAll(body);
        return CaseFile.parse(name, String.join("\n", text));
    }
}
