package io.leat.grammar.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {
    @Test
    void codesAreWellFormedAndDifferent() {
        for (ErrorCode code : ErrorCode.values()) {
            assertTrue(code.code().matches("[EW][0-9]{4}"), code.name());
        }
        int different = Arrays.stream(ErrorCode.values())
                .map(ErrorCode::code)
                .collect(Collectors.toSet())
                .size();
        assertEquals(ErrorCode.values().length, different);
    }

    /** The examples are tried by the tests of this module and of the compiler. */
    @Test
    void everyCodeHasAPage() {
        for (ErrorCode code : ErrorCode.values()) {
            String page = code.explanation();
            String title = code.title().substring(0, 1).toUpperCase(Locale.ROOT)
                    + code.title().substring(1) + ".";
            assertEquals(title, page.lines().findFirst().orElseThrow(), code.name());
            assertTrue(page.matches("(?s).+\n\nfails:\n    .+\n\nworks:\n    .+\n\nrelated:\n    .+\n"), code.name());
            assertTrue(page.lines().allMatch(line -> line.length() <= 120), code.name());
            assertEquals(page.strip() + "\n", page, code.name());
        }
    }

    /** Each line below {@code related:} is another code and its title. */
    @Test
    void pagesReferToCodesThatExist() {
        for (ErrorCode code : ErrorCode.values()) {
            String related = code.explanation().split("\nrelated:\n", -1)[1];
            for (String line : related.lines().toList()) {
                String[] parts = line.strip().split("  ", 2);
                ErrorCode other = ErrorCode.of(parts[0]).orElseThrow(() -> new AssertionError(code + ": " + line));
                assertEquals(other.title(), parts[1], code.name());
                assertNotEquals(code, other);
            }
        }
    }

    @Test
    void everyPageHasACode() throws IOException {
        try (Stream<Path> pages = Files.list(Path.of("src/main/resources/io/leat/grammar/source/explain"))) {
            assertEquals(
                    Arrays.stream(ErrorCode.values())
                            .map(code -> code.code() + ".txt")
                            .collect(Collectors.toSet()),
                    pages.map(page -> page.getFileName().toString()).collect(Collectors.toSet()));
        }
    }

    @Test
    void codesAreFoundByTheirText() {
        assertEquals(ErrorCode.UNEXPECTED_TOKEN, ErrorCode.of(" e0101 ").orElseThrow());
        assertTrue(ErrorCode.of("E9999").isEmpty());
    }

    @Test
    void theFirstLetterIsTheSeverity() {
        assertEquals(Diagnostic.Severity.ERROR, ErrorCode.UNEXPECTED_TOKEN.severity());
        assertEquals("warning", Diagnostic.Severity.WARNING.word());
    }
}
