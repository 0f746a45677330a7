package io.leat.runtime.kernel;

import static io.leat.runtime.kernel.Checks.withRandom;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import com.fasterxml.jackson.core.io.schubfach.FloatToDecimal;
import io.leat.runtime.batch.BytesResult;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class FloatPrinterTest {
    @AutoClose
    private final OffHeap memory = new OffHeap();

    private final BytesResult result = memory.result();

    private String print(double value) {
        FloatPrinter.float64ToText(value, result);
        String text = OffHeap.text(result);
        assertEquals(text, FloatPrinter.text(value));
        return text;
    }

    private String print(float value) {
        FloatPrinter.float32ToText(value, result);
        String text = OffHeap.text(result);
        assertEquals(text, FloatPrinter.text(value));
        return text;
    }

    @Test
    void forms() {
        assertEquals("77.0", print(77.0));
        assertEquals("0.001", print(0.001));
        assertEquals("12345678901.5", print(12345678901.5));
        assertEquals("1.5E22", print(1.5e22));
        assertEquals("1.0E21", print(1e21));
        assertEquals("100000000000000000000.0", print(1e20));
        assertEquals("999999999999999900000.0", print(9.999999999999999e20));
        assertEquals("0.0000001", print(1e-7));
        assertEquals("9.999999999999998E-8", print(Math.nextDown(1e-7)));
        assertEquals("0.0", print(0.0));
        assertEquals("0.0", print(-0.0));
        assertEquals("-1.25", print(-1.25));
        assertEquals("4.9E-324", print(Double.MIN_VALUE));
        assertEquals("1.7976931348623157E308", print(Double.MAX_VALUE));
        assertEquals("-1.0E-8", print(-1e-8));
        assertEquals("0.1", print(0.1f));
        assertEquals("16777216.0", print(16777216f));
        assertEquals("350000000000000000000.0", print(3.5e20f));
        assertEquals("3.4028235E38", print(Float.MAX_VALUE));
        assertEquals("1.4E-45", print(Float.MIN_VALUE));
        assertEquals("2.0E23", print(Double.parseDouble("2e23")));
    }

    @Test
    void doublesHaveTheDigitsOfTheReference() {
        withRandom(200_000, random -> check(Double.longBitsToDouble(random.nextLong())));
        withRandom(50_000, random -> {
            check((double) (random.nextLong() >> random.nextInt(64)));
            check(random.nextInt(1_000_000) / 1000.0);
            check(random.nextInt(1_000) * Math.pow(10, random.nextInt(600) - 300));
        });
        for (int exponent = -1074; exponent <= 1023; exponent++) {
            double power = Math.scalb(1.0, exponent);
            check(power);
            check(Math.nextUp(power));
            check(Math.nextDown(power));
        }
        for (int i = 0; i < 1_000; i++) {
            check(i * Double.MIN_VALUE);
        }
    }

    private void check(double value) {
        if (Double.isFinite(value)) {
            String text = print(value);
            assertEquals(Double.parseDouble(text), value + 0.0);
            BigDecimal reference = new BigDecimal(DoubleToDecimal.toString(value));
            BigDecimal ours = new BigDecimal(text);
            assertEquals(0, reference.compareTo(ours), () -> reference + " " + text);
        }
    }

    @Test
    void floatsHaveTheDigitsOfTheReference() {
        withRandom(200_000, random -> check(Float.intBitsToFloat(random.nextInt())));
        for (int exponent = -149; exponent <= 127; exponent++) {
            float power = Math.scalb(1.0f, exponent);
            check(power);
            check(Math.nextUp(power));
            check(Math.nextDown(power));
        }
        for (int i = 0; i < 1_000; i++) {
            check(i * Float.MIN_VALUE);
        }
    }

    private void check(float value) {
        if (Float.isFinite(value)) {
            String text = print(value);
            assertEquals(Float.parseFloat(text), value + 0.0f);
            BigDecimal reference = new BigDecimal(FloatToDecimal.toString(value));
            assertEquals(0, reference.compareTo(new BigDecimal(text)), () -> reference + " " + text);
        }
    }

    @Test
    void powersAndLogarithmsAreExact() {
        for (int exponent = DecimalPowers.MIN; exponent <= DecimalPowers.MAX; exponent++) {
            BigInteger power = BigInteger.TEN.pow(Math.abs(exponent));
            int log2 = exponent >= 0
                    ? power.bitLength() - 1
                    : exponent == 0 ? 0 : -power.subtract(BigInteger.ONE).bitLength();
            assertEquals(log2, DecimalPowers.log2(exponent), "10^" + exponent);
            // Schubfach adds one to the low 63 of the upper 126 bits, which must not carry.
            long low63 = (DecimalPowers.high(exponent) & 1) << 62 | DecimalPowers.low(exponent) >>> 2;
            assertTrue(low63 != Long.MAX_VALUE);
            assertTrue(DecimalPowers.high(exponent) < 0, "top bit");
        }
        for (int exponent = -1074; exponent <= 971; exponent++) {
            assertEquals(floorLog10(1, exponent), DecimalPowers.log10(exponent), "2^" + exponent);
            assertEquals(floorLog10(3, exponent - 2), DecimalPowers.log10OfThreeQuarters(exponent), "2^" + exponent);
        }
    }

    private static int floorLog10(long factor, int exponent) {
        BigDecimal value = exponent >= 0
                ? new BigDecimal(BigInteger.valueOf(factor).shiftLeft(exponent))
                : new BigDecimal(BigInteger.valueOf(factor))
                        .divide(new BigDecimal(BigInteger.ONE.shiftLeft(-exponent)));
        return value.precision() - value.scale() - 1;
    }
}
