package io.leat.runtime.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.OptionSpec.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptionSetTest {
    private static final OptionSet SET = OptionSet.of(
            OptionSpec.required("path", Kind.TEXT, "where it is"),
            OptionSpec.optional("wait", Kind.DURATION, null, "how long"),
            OptionSpec.optional("size", Kind.SIZE, null, "how large"));

    private static List<String> problems(Map<String, String> given) {
        List<OptionException> problems = new ArrayList<>();
        SET.resolve(given, problems);
        return problems.stream().map(OptionException::getMessage).toList();
    }

    @Test
    void aMisspelledOptionIsNotMissingToo() {
        assertEquals(List.of("unknown option 'pth'"), problems(Map.of("pth", "a")));
        assertEquals(List.of("unknown option 'colour'", "option 'path' is missing"), problems(Map.of("colour", "a")));
    }

    @Test
    void quantitiesBeyondAnyAreNone() {
        assertEquals(Optional.of(Duration.ofMinutes(5)), Options.parseDuration("5 min"));
        assertEquals(Optional.of(Duration.ofSeconds(90)), Options.parseDuration("PT1M30S"));
        for (String text :
                List.of("99999999999999999999 d", "9223372036854775807 h", "PT-1S", "PT99999999H", "5 moons")) {
            assertEquals(Optional.empty(), Options.parseDuration(text), text);
            assertEquals(1, problems(Map.of("path", "a", "wait", text)).size(), text);
        }
        assertEquals(Optional.of(64L << 20), Options.parseSize("64 mb"));
        for (String text : List.of("99999999999999999999", "9223372036854775807 gb", "-1", "5 stones")) {
            assertTrue(Options.parseSize(text).isEmpty(), text);
        }
    }
}
