package io.leat.runtime.kernel;

import static io.leat.runtime.kernel.Checks.assertError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.LongResult;
import io.leat.runtime.kernel.OffHeap.Span;
import io.leat.runtime.kernel.RowError.Reason;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class BooleanParserTest {
    @AutoClose
    private final OffHeap memory = new OffHeap();

    private final LongResult result = new LongResult();

    @Test
    void words() {
        for (String text : new String[] {"true", "t", "T", "TRUE", "True", "yes", "y", "Y", "on", "1", " true  "}) {
            check(text, true);
        }
        for (String text : new String[] {"false", "f", "F", "FALSE", "no", "n", "N", "off", "0", "  0"}) {
            check(text, false);
        }
    }

    private void check(String text, boolean value) {
        Span span = memory.text(text);
        assertEquals(value, BooleanParser.toBoolean(span.address(), span.length()));
        assertTrue(BooleanParser.tryBoolean(span.address(), span.length(), result));
        assertEquals(value ? 1 : 0, result.value);
    }

    @Test
    void refusesOtherText() {
        String[] others = {
            "", " ", "tr", "tru", "truee", "2", "-1", "\u0011", "\tt", "wahr", "oN1", "null", "T1", "fals", "falsee"
        };
        for (String text : others) {
            Span span = memory.text(text);
            assertFalse(BooleanParser.tryBoolean(span.address(), span.length(), result), text);
            assertError(
                    Reason.BAD_CAST, " is no BOOLEAN", () -> BooleanParser.toBoolean(span.address(), span.length()));
        }
    }
}
