package io.leat.runtime.kernel;

import static io.leat.runtime.kernel.Checks.high;
import static io.leat.runtime.kernel.Checks.low;
import static io.leat.runtime.kernel.Checks.randomDecimal;
import static io.leat.runtime.kernel.Checks.randomLong;
import static io.leat.runtime.kernel.Checks.withRandom;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.batch.BytesResult;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class NumberPrinterTest {
    @AutoClose
    private final OffHeap memory = new OffHeap();

    private final BytesResult result = memory.result();

    @Test
    void integers() {
        withRandom(20_000, random -> checkInteger(randomLong(random)));
        checkInteger(Long.MIN_VALUE);
        checkInteger(Long.MAX_VALUE);
        for (long power = 1; power < 1_000_000_000_000_000_000L; power *= 10) {
            checkInteger(power);
            checkInteger(power - 1);
            checkInteger(-power);
            assertEquals(Long.toString(power).length(), PowersOfTen.digits(power));
            assertEquals(Long.toString(power - 1).length(), PowersOfTen.digits(power - 1));
        }
        assertEquals(19, PowersOfTen.digits(Long.MAX_VALUE));
        NumberPrinter.int8ToText(-128, result);
        assertEquals("-128", OffHeap.text(result));
        NumberPrinter.int16ToText(-32768, result);
        assertEquals("-32768", OffHeap.text(result));
        NumberPrinter.int32ToText(Integer.MIN_VALUE, result);
        assertEquals("-2147483648", OffHeap.text(result));
    }

    private void checkInteger(long value) {
        NumberPrinter.int64ToText(value, result);
        assertEquals(Long.toString(value), OffHeap.text(result));
    }

    @Test
    void decimalsWithAllTheirDigits() {
        withRandom(40_000, random -> {
            BigInteger unscaled = randomDecimal(random, 18);
            int scale = random.nextInt(19);
            NumberPrinter.decimalToText(unscaled.longValueExact(), scale, result);
            assertEquals(new BigDecimal(unscaled, scale).toPlainString(), OffHeap.text(result));
            BigInteger wide = randomDecimal(random, 38);
            int wideScale = random.nextInt(39);
            NumberPrinter.int128ToText(high(wide), low(wide), wideScale, result);
            assertEquals(new BigDecimal(wide, wideScale).toPlainString(), OffHeap.text(result));
        });
        NumberPrinter.decimalToText(-5, 2, result);
        assertEquals("-0.05", OffHeap.text(result));
        NumberPrinter.decimalToText(0, 2, result);
        assertEquals("0.00", OffHeap.text(result));
    }

    @Test
    void booleans() {
        NumberPrinter.booleanToText(true, result);
        assertEquals("true", OffHeap.text(result));
        NumberPrinter.booleanToText(false, result);
        assertEquals("false", OffHeap.text(result));
    }
}
