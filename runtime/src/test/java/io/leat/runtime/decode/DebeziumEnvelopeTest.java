package io.leat.runtime.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.memory.Memory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an envelope says happened, and where the rows in it begin. */
class DebeziumEnvelopeTest {
    private static final int BYTES = 4_096;

    @AutoClose
    private final BufferAllocator allocator = new RootAllocator();

    @AutoClose
    private final ArrowBuf buffer = allocator.buffer(BYTES);

    private final DebeziumEnvelope envelope = new DebeziumEnvelope(true);

    /** What comes of a record that is a line: its op, before and after up to their braces, or a negative code. */
    private String read(String record) {
        byte[] bytes = (record + "\n").getBytes(StandardCharsets.UTF_8);
        Memory.copy(bytes, 0, buffer.memoryAddress(), bytes.length);
        long end = envelope.read(buffer.memoryAddress());
        if (end <= 0) {
            return Long.toString(end);
        }
        assertEquals(bytes.length, end - buffer.memoryAddress(), "a record ends behind its line");
        return (envelope.op() == 0 ? "?" : (char) envelope.op()) + " " + row(envelope.before()) + " "
                + row(envelope.after());
    }

    private String row(long address) {
        if (address == 0) {
            return "-";
        }
        int end = 0;
        while (Memory.getByte(address + end) != '}') {
            end++;
        }
        return new String(Memory.toArray(address, end + 1), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"op\":\"c\",\"before\":null,\"after\":{\"k\":1}} | c - {\"k\":1}",
                "{\"op\":\"r\",\"after\":{\"k\":1}} | r - {\"k\":1}",
                "{\"before\":{\"k\":1},\"after\":{\"k\":2},\"op\":\"u\"} | u {\"k\":1} {\"k\":2}",
                "{ \"after\" : null , \"op\" : \"d\" , \"before\" : { \"k\":1} } | d { \"k\":1} -",
                "{} | ? - -",
                "{\"op\":\"t\"} | t - -"
            })
    void saysWhatHappened(String record, String expected) {
        assertEquals(expected, read(record));
    }

    /** A key that changes is an update whose rows have different keys: both are found, and neither is looked into. */
    @Test
    void findsBothRowsOfAKeyThatChanges() {
        assertEquals(
                "u {\"k\":\"old\",\"v\":[1,{\"op\":\"d\"} {\"k\":\"new\"}",
                read("{\"op\":\"u\",\"before\":{\"k\":\"old\",\"v\":[1,{\"op\":\"d\"}]},\"after\":{\"k\":\"new\"}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"cc\"", "\"\"", "\"\\u0063\"", "1", "null", "true", "{\"op\":\"c\"}", "[\"c\"]"})
    void anOpIsOneLetter(String op) {
        assertEquals("? - {\"k\":1}", read("{\"op\":" + op + ",\"after\":{\"k\":1}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "\"{}\"", "[{}]", "false"})
    void whatIsNoObjectIsNoRow(String value) {
        assertEquals("u - -", read("{\"before\":" + value + ",\"op\":\"u\",\"after\":" + value + "}"));
    }

    @Test
    void ofANameThatComesTwiceTheLastValueCounts() {
        assertEquals("d {\"k\":2} -", read("{\"op\":\"c\",\"before\":{\"k\":1},\"before\":{\"k\":2},\"op\":\"d\"}"));
        assertEquals("d - -", read("{\"op\":\"d\",\"before\":{\"k\":1},\"before\":null}"));
    }

    /** What stands beside a payload is no part of the change, whatever it is called. */
    @Test
    void aPayloadIsTheChange() {
        assertEquals(
                "c - {\"k\":1}",
                read(
                        "{\"op\":\"d\",\"before\":{\"k\":0},\"payload\":{\"op\":\"c\",\"after\":{\"k\":1}},\"schema\":{}}"));
        assertEquals("d {\"k\":0} -", read("{\"op\":\"d\",\"before\":{\"k\":0},\"payload\":null}"));
        assertEquals("? - -", read("{\"op\":\"d\",\"before\":{\"k\":0},\"payload\":{}}"));
        // A payload of a payload is a name that nobody knows.
        assertEquals("? - -", read("{\"payload\":{\"payload\":{\"op\":\"c\",\"after\":{}}}}"));
    }

    /** Names are compared as they are written. */
    @ParameterizedTest
    @ValueSource(strings = {"OP", "Op", "op ", "o\\u0070", "opp", "o", ""})
    void otherNamesAreNothing(String name) {
        assertEquals("? - -", read("{\"" + name + "\":\"c\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t ", "\r"})
    void blankLines(String record) {
        assertEquals(Long.toString(DebeziumEnvelope.BLANK), read(record));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "1", "\"{}\"", "[{\"op\":\"c\"}]"})
    void noObject(String record) {
        assertEquals(Long.toString(DebeziumEnvelope.NOT_AN_OBJECT), read(record));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"op\"",
                "{\"op\":",
                "{\"op\":\"c\"",
                "{\"op\":\"c\",",
                "{\"op\":\"c\",}",
                "{\"op\":\"c\"}}",
                "{\"op\":\"c\"} x",
                "{op:\"c\"}",
                "{\"op\" \"c\"}",
                "{\"op\":\"c\" \"after\":{}}",
                "{\"after\":{\"k\":}}",
                "{\"after\":{\"k\":1]}",
                "{\"unknown\":[1,]}",
                "x"
            })
    void malformed(String record) {
        assertEquals(Long.toString(JsonScanner.MALFORMED), read(record));
    }

    @Test
    void tooDeep() {
        String deep = "[".repeat(JsonScanner.MAX_DEPTH + 1) + "]".repeat(JsonScanner.MAX_DEPTH + 1);
        assertEquals(Long.toString(JsonScanner.TOO_DEEP), read("{\"unknown\":" + deep + "}"));
    }

    /** A record with bounds ends with a zero byte, and may go over several lines. */
    @Test
    void recordsWithBounds() {
        byte[] bytes = "\n{\"op\":\n\"c\",\"after\":{\"k\":1}}\n\0".getBytes(StandardCharsets.UTF_8);
        Memory.copy(bytes, 0, buffer.memoryAddress(), bytes.length);
        DebeziumEnvelope bounded = new DebeziumEnvelope(false);
        assertEquals(buffer.memoryAddress() + bytes.length, bounded.read(buffer.memoryAddress()));
        assertEquals('c', bounded.op());
        assertEquals("{\"k\":1}", row(bounded.after()));
    }

    /** Whatever the bytes are, the answer is a code or the end of the record, and never beyond. */
    @Test
    void damagedRecords() {
        byte[] whole = "{\"schema\":{},\"payload\":{\"op\":\"u\",\"before\":{\"k\":\"ä\"},\"after\":{\"k\":1.5e3}}}\n"
                .getBytes(StandardCharsets.UTF_8);
        Random random = new Random(1);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = whole.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                bytes[random.nextInt(bytes.length - 1)] = (byte) random.nextInt(256);
            }
            // The record ends where its line does, and nothing but ends of lines stands behind it.
            byte[] area = new byte[BYTES];
            Arrays.fill(area, (byte) '\n');
            System.arraycopy(bytes, 0, area, 0, bytes.length);
            Memory.copy(area, 0, buffer.memoryAddress(), area.length);
            long end = envelope.read(buffer.memoryAddress());
            if (end > 0) {
                long length = end - buffer.memoryAddress();
                assertEquals(true, length <= bytes.length, () -> Arrays.toString(bytes));
            }
        }
    }
}
