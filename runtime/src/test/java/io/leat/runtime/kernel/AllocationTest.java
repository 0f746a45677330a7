package io.leat.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.batch.DoubleResult;
import io.leat.runtime.batch.Int128Result;
import io.leat.runtime.batch.LongResult;
import io.leat.runtime.kernel.OffHeap.Span;
import java.lang.management.ManagementFactory;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Kernels are called for every row, so that nothing may stay behind on the heap. */
class AllocationTest {
    private static final int CALLS = 100_000;
    /** One byte for two calls is noise of the virtual machine: an object is sixteen bytes. */
    private static final long TOLERATED = CALLS / 2;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @AutoClose
    private final OffHeap memory = new OffHeap();

    private final BytesResult bytes = memory.result();
    private final LongResult number = new LongResult();
    private final DoubleResult fraction = new DoubleResult();
    private final Int128Result wide = new Int128Result();
    private final Map<String, Call> calls = new LinkedHashMap<>();

    private interface Call {
        long call(int row);
    }

    private interface Procedure {
        void call(int row);
    }

    private void add(String name, Call call) {
        calls.put(name, call);
    }

    /** For kernels that leave their result somewhere. */
    private void addProcedure(String name, Procedure procedure) {
        calls.put(name, row -> {
            procedure.call(row);
            return row;
        });
    }

    private void verify() {
        calls.forEach((name, call) -> {
            long warmUp = run(call);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            long sum = run(call);
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertEquals(warmUp, sum, name);
            assertTrue(allocated < TOLERATED, () -> name + ": " + allocated + " bytes in " + CALLS + " calls");
        });
    }

    private static long run(Call call) {
        long sum = 0;
        for (int row = 0; row < CALLS; row++) {
            sum += call.call(row);
        }
        return sum;
    }

    @Test
    void numbers() {
        add("addInt8", row -> Arithmetic.addInt8(row & 31, 5));
        add("multiplyInt64", row -> Arithmetic.multiplyInt64(row, 1_000));
        add("divideFloat64", row -> (long) Arithmetic.divideFloat64(row, 3));
        add("addDecimal", row -> Decimals.addDecimal(row, 5, 10, 2));
        add("multiplyDecimal", row -> Decimals.multiplyDecimal(row, 2, 105, 2, 18, 4));
        add("divideDecimal", row -> Decimals.divideDecimal(row, 2, 7, 0, 18, 8));
        add(
                "divideDecimal, wide",
                row -> Decimals.divideDecimal(row + 100_000_000_000_000_000L, 0, 1L << 59, 2, 18, 16));
        addProcedure("addInt128", row -> Int128.addInt128(row, row, 5, -7, 38, 2, wide));
        addProcedure("multiplyInt128", row -> Int128.multiplyInt128(5, row, 20, 0, 1000, 4, 38, 18, wide));
        addProcedure("divideInt128", row -> Int128.divideInt128(1 << 20, row, 10, 3, 99, 4, 38, 12, wide));
        addProcedure("remainderInt128", row -> Int128.remainderInt128(1 << 20, row, 3, 99, 4, wide));
        addProcedure("rescaleInt128", row -> Int128.rescaleInt128(1 << 20, row, 20, 38, 3, wide));
        add("roundDecimal", row -> DecimalRounding.roundDecimal(row, 1, 18, 3));
        addProcedure("roundInt128", row -> DecimalRounding.roundInt128(7, row, 1, 38, 9, wide));
        add("decimalToFloat64", row -> (long) DecimalCasts.decimalToFloat64(123_456_789_012_345_678L + row, 9));
        add("float64ToDecimal", row -> DecimalCasts.float64ToDecimal(row / 7.0, 18, 3));
        addProcedure("float64ToInt128", row -> DecimalCasts.float64ToInt128(row / 7.0, 38, 30, wide));
        add("roundFloat64", row -> (long) Rounding.roundFloat64(row / 7.0, 3));
        add("ln", row -> (long) MathFunctions.ln(row + 1));
        add("exp", row -> (long) MathFunctions.exp(row & 63));
        add("log", row -> (long) MathFunctions.log(3, row + 1.5));
        add("hashInt64", Hashing::hashInt64);
        add("hashInt128", row -> Hashing.hashInt128(row, 7));
        verify();
    }

    @Test
    void numbersAndText() {
        Span integer = memory.text(" -1234567890123456 ");
        Span decimal = memory.text("12345.678");
        Span exponent = memory.text("12345.678e2");
        Span fine = memory.text("0.30000000000000004");
        Span large = memory.text("123456789012345678901234.56789");
        Span word = memory.text("yes");
        add("toInt64", row -> NumberParser.toInt64(integer.address(), integer.length()));
        add("tryInt32", row -> NumberParser.tryInt32(integer.address(), integer.length(), number) ? 1 : 0);
        add("toDecimal", row -> DecimalParser.toDecimal(decimal.address(), decimal.length(), 18, 3));
        add(
                "tryDecimal",
                row -> DecimalParser.tryDecimal(exponent.address(), exponent.length(), 18, 1, number) ? 1 : 0);
        addProcedure("toInt128", row -> DecimalParser.toInt128(large.address(), large.length(), 38, 4, wide));
        add("toFloat64", row -> (long) FloatParser.toFloat64(decimal.address(), decimal.length()));
        add("tryFloat64", row -> FloatParser.tryFloat64(fine.address(), fine.length(), fraction) ? 1 : 0);
        add("toFloat32", row -> (long) FloatParser.toFloat32(fine.address(), fine.length()));
        add("toBoolean", row -> BooleanParser.toBoolean(word.address(), word.length()) ? 1 : 0);
        addProcedure("int64ToText", row -> NumberPrinter.int64ToText(row * 1_000_003L, bytes));
        addProcedure("decimalToText", row -> NumberPrinter.decimalToText(row, 3, bytes));
        addProcedure("int128ToText", row -> NumberPrinter.int128ToText(row, row, 9, bytes));
        addProcedure("float64ToText", row -> FloatPrinter.float64ToText(row / 7.0, bytes));
        addProcedure("float32ToText", row -> FloatPrinter.float32ToText(row / 7.0f, bytes));
        verify();
    }

    @Test
    void time() {
        Zone zone = Zone.of(ZoneId.of("Europe/Berlin"));
        Span timestamp = memory.text("2026-01-31T12:34:56.789");
        Span instant = memory.text("2026-01-31T12:34:56.789+02:00");
        Span date = memory.text("2026-01-31");
        long start = 1_769_860_800_000_000L;
        add("toTimestamp", row -> TimeParser.toTimestamp(timestamp.address(), timestamp.length(), 3));
        add("toInstant", row -> TimeParser.toInstant(instant.address(), instant.length(), 3, zone));
        add("toInstant in zone", row -> TimeParser.toInstant(timestamp.address(), timestamp.length(), 3, zone));
        add("toDate", row -> TimeParser.toDate(date.address(), date.length()));
        add("tryTimestamp", row -> TimeParser.tryTimestamp(date.address(), date.length(), 3, number) ? 1 : 0);
        addProcedure("timestampToText", row -> TimePrinter.timestampToText(start + row, 1_000_000, bytes));
        addProcedure("instantToText", row -> TimePrinter.instantToText(start + row, 1_000_000, zone, bytes));
        add("toLocal", row -> zone.toLocal(start + row * 1_000_000_000L, 1_000_000));
        add("toInstant", row -> zone.toInstant(start + row * 1_000_000_000L, 1_000_000));
        add("extractWeek", row -> TimestampFields.extractWeek(start + row * 1_000_000_000L, 1_000_000));
        add("truncateMonth", row -> TimestampRounding.truncateMonth(start + row * 1_000_000_000L, 1_000_000));
        add("addMonths", row -> Timestamps.addMonths(start, row % 100, 1_000_000));
        add("differenceMonth", row -> TimestampDifference.differenceMonth(start, start + row, 1_000_000));
        verify();
    }

    @Test
    void text() {
        Span ascii = memory.text("the quick brown fox, jumps over");
        Span letters = memory.text("größer als alle 字");
        Span part = memory.text(", ");
        Span other = memory.text("<>");
        Span pattern = memory.text("%quick%fox_ %");
        LikeMatcher like = new LikeMatcher();
        LikeMatcher ilike = new LikeMatcher();
        Digest digest = new Digest();
        add("charLength", row -> Text.charLength(letters.address(), letters.length()));
        add("isValid", row -> Utf8.isValid(letters.address(), letters.length()) ? 1 : 0);
        addProcedure("upper", row -> TextCase.upper(ascii.address(), ascii.length(), bytes));
        addProcedure("initcap", row -> TextCase.initcap(letters.address(), letters.length(), bytes));
        addProcedure("trim", row -> TextTrim.trim(ascii.address(), ascii.length(), bytes));
        addProcedure("substring", row -> TextParts.substring(letters.address(), letters.length(), 3, row & 7, bytes));
        addProcedure(
                "splitIndex",
                row -> TextParts.splitIndex(ascii.address(), ascii.length(), part.address(), part.length(), 1, bytes));
        add("position", row -> TextSearch.position(ascii.address(), ascii.length(), part.address(), part.length()));
        addProcedure(
                "replace",
                row -> TextEdit.replace(
                        ascii.address(),
                        ascii.length(),
                        part.address(),
                        part.length(),
                        other.address(),
                        other.length(),
                        bytes));
        addProcedure("reverse", row -> TextEdit.reverse(letters.address(), letters.length(), bytes));
        addProcedure(
                "padStart",
                row -> TextEdit.padStart(
                        part.address(), part.length(), row & 15, other.address(), other.length(), bytes));
        addProcedure(
                "translate",
                row -> TextEdit.translate(
                        ascii.address(),
                        ascii.length(),
                        part.address(),
                        part.length(),
                        other.address(),
                        other.length(),
                        bytes));
        addProcedure("toBase64", row -> Encodings.toBase64(ascii.address(), ascii.length(), bytes));
        addProcedure("md5", row -> digest.md5(ascii.address(), ascii.length(), bytes));
        add(
                "like",
                row -> like.matches(ascii.address(), ascii.length(), pattern.address(), pattern.length(), -1) ? 1 : 0);
        add(
                "ilike",
                row -> ilike.matchesIgnoreCase(ascii.address(), ascii.length(), pattern.address(), pattern.length(), -1)
                        ? 1
                        : 0);
        add("hashBytes", row -> Hashing.hashBytes(ascii.address(), ascii.length()));
        verify();
    }
}
