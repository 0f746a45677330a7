package io.leat.compiler.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A page of the language reference. Whatever stands between fences is tried: a block {@code qt} is a case as in {@link CaseFile}, and a
 * block {@code sql} a text that compiles.
 *
 * @param name of the file, without suffix
 */
record LanguagePage(String name, Path file, List<String> lines) {
    static final Path FOLDER = Path.of("docs/language");

    private static final String FENCE = "```";

    /**
     * What stands between fences.
     *
     * @param kind what stands behind the first fence
     * @param line the number of the first line of the text
     */
    record Block(String kind, String text, int line) {}

    static List<LanguagePage> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(LanguagePage::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LanguagePage read(Path file) {
        try {
            String name = file.getFileName().toString();
            return new LanguagePage(
                    name.substring(0, name.length() - ".md".length()),
                    file,
                    Files.readString(file).lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int at = 0; at < lines.size(); at++) {
            if (lines.get(at).startsWith(FENCE)) {
                int end = at + 1;
                while (!lines.get(end).equals(FENCE)) {
                    end++;
                }
                blocks.add(new Block(
                        lines.get(at).substring(FENCE.length()),
                        String.join("\n", lines.subList(at + 1, end)),
                        at + 2));
                at = end;
            }
        }
        return blocks;
    }

    /** The examples with rows. Each is named after its page and line. */
    List<Case> cases() {
        return blocks().stream()
                .filter(block -> block.kind().equals("qt"))
                .map(block -> CaseFile.parse(name + "-" + block.line(), block.text()))
                .toList();
    }
}
