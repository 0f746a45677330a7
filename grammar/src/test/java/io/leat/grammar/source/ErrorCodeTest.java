package io.leat.grammar.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Collectors;
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

    /** Of syntax and limits; the other codes and their pages belong to the compiler. */
    @Test
    void everyCodeHasAPage() {
        for (ErrorCode code : ErrorCode.values()) {
            if (!code.code().startsWith("E01")) {
                continue;
            }
            String page = code.explanation();
            assertTrue(page.contains("\nfails:\n    ") && page.contains("\nworks:\n    "), code.name());
            assertTrue(page.lines().allMatch(line -> line.length() <= 120), code.name());
            assertEquals(page.strip() + "\n", page, code.name());
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
