package io.leat.runtime.kernel;

import static io.leat.runtime.kernel.Checks.assertError;
import static io.leat.runtime.kernel.Checks.withRandom;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.leat.runtime.batch.DoubleResult;
import io.leat.runtime.kernel.OffHeap.Span;
import io.leat.runtime.kernel.RowError.Reason;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class FloatParserTest {
    @AutoClose
    private final OffHeap memory = new OffHeap();

    private final DoubleResult result = new DoubleResult();

    @Test
    void readsAsJavaDoes() {
        withRandom(100_000, random -> {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                check(Double.toString(value));
                check(new BigDecimal(value)
                        .round(new MathContext(1 + random.nextInt(25)))
                        .toString());
            }
            check(random.nextInt(100_000) + "." + random.nextInt(100_000));
            check(BigDecimal.valueOf(random.nextLong(), random.nextInt(40) - 20).toString());
            check(Float.toString(Float.intBitsToFloat(random.nextInt()))
                    .replace("NaN", "1")
                    .replace("Infinity", "2"));
            memory.free();
        });
    }

    /** Numbers half way between two floats, and next to it, where everything depends on the last digit. */
    @Test
    void tiesGoToEven() {
        withRandom(5_000, random -> {
            double value = Math.abs(Double.longBitsToDouble(random.nextLong() >>> 2)) % 1e200;
            BigDecimal middle = new BigDecimal(value)
                    .add(new BigDecimal(Math.nextUp(value)))
                    .divide(BigDecimal.valueOf(2));
            check(middle.toString());
            check(middle.toString().replaceFirst("(E|$)", "0000000000000000001$1"));
            check(middle.round(new MathContext(30, RoundingMode.DOWN)).toString());
            float single = Float.intBitsToFloat(random.nextInt() >>> 1);
            if (Float.isFinite(Math.nextUp(single))) {
                BigDecimal between = new BigDecimal(single)
                        .add(new BigDecimal(Math.nextUp(single)))
                        .divide(BigDecimal.valueOf(2));
                check(between.toString());
                check(between.subtract(between.ulp()).toString());
                check(between.add(between.ulp().movePointLeft(20)).toString());
            }
            memory.free();
        });
    }

    @Test
    void edges() {
        String[] texts = {
            "0",
            "0.0",
            "0e0",
            "0e999999",
            "1e-999999",
            ".5",
            "5.",
            "1E5",
            "1e+5",
            "+1.5",
            " 1.5 ",
            "4.9e-324",
            "2.4e-324",
            "2.5e-324",
            "2.2250738585072014E-308",
            "2.2250738585072011e-308",
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "9007199254740993",
            "9007199254740992.99999999999999999999",
            "3.4028235e38",
            "1.4e-45",
            "0.7e-45",
            "1.17549435E-38",
            "0.000000000000000000000000000000000000000000000000000000000000001",
            "1e22",
            "1e23",
            "123456789012345678901234567890",
            "9999999999999999999",
            "18446744073709551615",
            "18446744073709551616",
            "0.3",
            "1.1754942807573643E-38",
            "00000000000000000000000000000000000000001",
            "-1.5",
            "16777217",
            "16777217.0000001"
        };
        for (String text : texts) {
            check(text);
        }
        check("1" + "0".repeat(300));
        check("0." + "0".repeat(400) + "1");
        check("0." + "0".repeat(300) + "123456789012345678901234567890");
        check("1" + "0".repeat(1000) + "e-1000");
    }

    private void check(String text) {
        Span span = memory.text(text);
        double expected = Double.parseDouble(text) + 0.0;
        if (Double.isFinite(expected)) {
            assertEquals(expected, FloatParser.toFloat64(span.address(), span.length()), text);
            assertEquals(true, FloatParser.tryFloat64(span.address(), span.length(), result), text);
            assertEquals(expected, result.value, text);
        } else {
            refuses(span, "DOUBLE", Reason.NUMERIC_OVERFLOW);
        }
        float single = Float.parseFloat(text) + 0.0f;
        if (Float.isFinite(single)) {
            assertEquals(single, FloatParser.toFloat32(span.address(), span.length()), text);
            assertEquals(true, FloatParser.tryFloat32(span.address(), span.length(), result), text);
            assertEquals(single, (float) result.value, text);
        } else {
            refuses(span, "REAL", Reason.NUMERIC_OVERFLOW);
        }
    }

    private void refuses(Span span, String type, Reason reason) {
        if (type.equals("DOUBLE")) {
            assertFalse(FloatParser.tryFloat64(span.address(), span.length(), result));
            assertError(reason, type, () -> FloatParser.toFloat64(span.address(), span.length()));
        } else {
            assertFalse(FloatParser.tryFloat32(span.address(), span.length(), result));
            assertError(reason, type, () -> FloatParser.toFloat32(span.address(), span.length()));
        }
    }

    @Test
    void refusesOtherText() {
        String[] others = {
            "",
            " ",
            ".",
            "-",
            "+.",
            "e5",
            ".e5",
            "1e",
            "1e+",
            "1e5.",
            "1.2.3",
            "1,5",
            "NaN",
            "Infinity",
            "-inf",
            "0x1p3",
            "1f",
            "1d",
            "1 2",
            "--1",
            "1e5e5",
            "\t1",
            "1\u00a0"
        };
        for (String text : others) {
            refuses(memory.text(text), "DOUBLE", Reason.BAD_CAST);
            refuses(memory.text(text), "REAL", Reason.BAD_CAST);
        }
        refuses(memory.text("1e309"), "DOUBLE", Reason.NUMERIC_OVERFLOW);
        refuses(memory.text("-1e999999999999"), "DOUBLE", Reason.NUMERIC_OVERFLOW);
        refuses(memory.text("1e39"), "REAL", Reason.NUMERIC_OVERFLOW);
    }

    @Test
    void zeroHasNoSign() {
        Span span = memory.text("-0.0");
        assertEquals(0L, Double.doubleToRawLongBits(FloatParser.toFloat64(span.address(), span.length())));
        assertEquals(0, Float.floatToRawIntBits(FloatParser.toFloat32(span.address(), span.length())));
    }
}
