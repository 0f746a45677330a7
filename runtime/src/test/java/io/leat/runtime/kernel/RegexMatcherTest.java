package io.leat.runtime.kernel;

import static io.leat.runtime.kernel.Checks.assertError;
import static io.leat.runtime.kernel.Checks.withRandom;
import static io.leat.runtime.kernel.Utf8Test.randomText;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.kernel.OffHeap.Span;
import io.leat.runtime.kernel.RowError.Reason;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RegexMatcherTest {
    @AutoClose
    private final OffHeap memory = new OffHeap();

    private final BytesResult result = memory.result();
    private final RegexMatcher matcher = new RegexMatcher();

    private boolean contains(String text, String pattern) {
        Span span = memory.text(text);
        Span patternSpan = memory.text(pattern);
        return matcher.contains(span.address(), span.length(), patternSpan.address(), patternSpan.length());
    }

    private String extract(String text, String pattern, long group) {
        Span span = memory.text(text);
        Span patternSpan = memory.text(pattern);
        matcher.extract(span.address(), span.length(), patternSpan.address(), patternSpan.length(), group, result);
        return OffHeap.text(result);
    }

    private String replace(String text, String pattern, String replacement) {
        Span span = memory.text(text);
        Span patternSpan = memory.text(pattern);
        Span replacementSpan = memory.text(replacement);
        matcher.replace(
                span.address(),
                span.length(),
                patternSpan.address(),
                patternSpan.length(),
                replacementSpan.address(),
                replacementSpan.length(),
                result);
        return OffHeap.text(result);
    }

    @Test
    void asTheJdkDoes() {
        String[] patterns = {
            "a+", "(a|b)(z?)", "é", "[^a]", "^a", "z$", "(a)|(z)", "€{2}", ".", "😀+", "\\s", "(?i)Z", "[a-z]+|é"
        };
        withRandom(20_000, random -> {
            String text = randomText(random, 12);
            String pattern = patterns[random.nextInt(patterns.length)];
            Matcher reference = Pattern.compile(pattern).matcher(text);
            boolean found = reference.find();
            assertEquals(found, contains(text, pattern));
            for (int group = 0; group <= reference.groupCount(); group++) {
                assertEquals(found ? reference.group(group) : null, extract(text, pattern, group));
            }
            assertEquals(reference.replaceAll("<$0>"), replace(text, pattern, "<$0>"), text + " " + pattern);
            memory.free();
        });
    }

    @Test
    void emptyMatches() {
        assertEquals("-é-€-", replace("é€", "x*", "-"));
        assertEquals("-", replace("", "x*", "-"));
        assertEquals("-b--c-", replace("baac", "a*", "-"));
        assertEquals("", extract("abc", "x*", 0));
    }

    @Test
    void replacements() {
        assertEquals("b-a", replace("a-b", "(\\w)-(\\w)", "$2-$1"));
        assertEquals("b-a", replace("a-b", "(\\w)-(\\w)", "\\2-\\1"));
        assertEquals("$1\\x", replace("a", "(a)", "\\$1\\\\x"));
        assertEquals("<>", replace("b", "(a)?b", "<$1>"));
        assertEquals("unchanged", replace("unchanged", "xyz", "a"));
        assertEquals("a2", replace("a", "(a)", "$12"));
        for (String replacement : new String[] {"$", "\\", "$x", "$ 1"}) {
            assertError(Reason.BAD_ARGUMENT, "no group follows", () -> replace("a", "a", replacement));
        }
        assertError(Reason.BAD_ARGUMENT, "has no group 1", () -> replace("a", "a", "$1"));
    }

    @Test
    void extractsNull() {
        assertNull(extract("abc", "x", 0));
        assertNull(extract("b", "(a)?b", 1));
        assertEquals("2026", extract("on 2026-01-31", "(\\d+)-(\\d+)", 1));
        assertError(Reason.BAD_ARGUMENT, "'abc' has no group 1", () -> extract("abc", "abc", 1));
        assertError(Reason.BAD_ARGUMENT, "has no group -1", () -> extract("abc", "abc", -1));
        assertError(Reason.BAD_ARGUMENT, "has no group 4294967296", () -> extract("abc", "abc", 1L << 32));
    }

    @Test
    void badPatterns() {
        for (String pattern : new String[] {"(", "a**", "[", "a{2,1}", "\\", "(?=a)", "\\1", "*"}) {
            for (int i = 0; i < 2; i++) { // the second time, too
                assertError(Reason.BAD_ARGUMENT, "is no regular expression", () -> contains("abc", pattern));
            }
        }
        assertEquals(true, contains("abc", "b"));
        assertError(Reason.BAD_ARGUMENT, "passes the limit of 4096", () -> contains("a", "a".repeat(4097)));
        assertEquals(false, contains("a", "a".repeat(4096)));
    }

    @Test
    void nothingBlowsUp() {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertEquals(false, contains("a".repeat(20_000), "(a*)*b"));
            assertEquals(false, contains("a".repeat(100), "(a?){50}a{50}b"));
            expectAnswerOrBadArgument("(".repeat(2_000) + "a" + ")".repeat(2_000));
        });
        String[] patterns = {
            "((((a{1000}){1000}){1000}){1000})",
            "(?:a{100}){10}{100}",
            "[a-z]{1000}".repeat(300),
            "(x{500}){500}",
            "(\\pL{1,99}[^]{}()]{1,99}){0,99}",
            "(?:(?:[[:alpha:]\\]]{99}){99}){99,}"
        };
        for (String pattern : patterns) {
            assertError(Reason.BAD_ARGUMENT, "repeats too much", () -> contains("a", pattern));
        }
    }

    @Test
    void sizes() {
        assertEquals(3, RegexSize.estimate("abc", 100));
        assertEquals(1, RegexSize.estimate("[]a-z{9}]", 100));
        assertEquals(6, RegexSize.estimate("\\x{41}{5}", 100));
        assertEquals(4, RegexSize.estimate("a{b}", 100));
        assertEquals(2, RegexSize.estimate("\\{\\(", 100));
        assertEquals(101, RegexSize.estimate("a{99999999999}", 100));
        assertEquals(true, contains("aaa", "^a{3}$"));
        assertEquals(true, contains("host-1.example.com", "^[a-z0-9-]{1,63}(\\.[a-z0-9-]{1,63}){0,10}$"));
    }

    private void expectAnswerOrBadArgument(String pattern) {
        try {
            contains("aaaa", pattern);
        } catch (RowError e) {
            assertEquals(Reason.BAD_ARGUMENT, e.reason());
        }
    }
}
