package io.leat.grammar.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Text cases: lines with {@code #} say why, then an input, a line {@code ----}, and the output expected for it; a line {@code ====}
 * ends the case. With {@code -Dgolden=update} the outputs are rewritten to what came out, for review.
 */
final class CaseFile {
    private static final Path FOLDER = Path.of("src/test/resources/io/leat/grammar/parse");
    private static final boolean UPDATE = "update".equals(System.getProperty("golden"));

    private record Case(String reason, String input, String output) {}

    private CaseFile() {}

    /** A test per case of each file in a folder. */
    static Stream<DynamicTest> tests(String folder, UnaryOperator<String> run) {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : files(folder)) {
            if (UPDATE) {
                update(file, run);
            }
            for (Case each : read(file)) {
                String name = file.getFileName() + ": "
                        + each.reason.lines().findFirst().orElse(each.input);
                tests.add(DynamicTest.dynamicTest(
                        name, () -> assertEquals(each.output, run.apply(each.input), each.input)));
            }
        }
        return tests.stream();
    }

    /** All inputs of a folder, for tests that mutate valid ones. */
    static List<String> inputs(String folder) {
        return files(folder).stream()
                .flatMap(file -> read(file).stream())
                .map(Case::input)
                .toList();
    }

    private static List<Path> files(String folder) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            return files.sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<Case> read(Path file) {
        try {
            List<Case> cases = new ArrayList<>();
            for (String text : Files.readString(file).split("====\n", -1)) {
                int input = 0;
                while (text.startsWith("# ", input)) {
                    input = text.indexOf('\n', input) + 1;
                }
                String[] parts = (text.substring(input) + "\n").split("(?m)^----\n", 2);
                String output = parts.length < 2 ? "" : parts[1].strip();
                cases.add(new Case(text.substring(0, input), parts[0].strip(), output));
            }
            return cases;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void update(Path file, UnaryOperator<String> run) {
        StringBuilder text = new StringBuilder();
        for (Case each : read(file)) {
            text.append(text.isEmpty() ? "" : "====\n");
            text.append(each.reason)
                    .append(each.input)
                    .append("\n----\n")
                    .append(run.apply(each.input))
                    .append('\n');
        }
        try {
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
