package io.leat.compiler.codegen;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The condition, in generated code, that a name of known length is a certain one. It stands at the address {@code name}. */
final class NameTest {
    private NameTest() {}

    /** A condition: the name's bytes are these. Names shorter than eight bytes are masked, longer ones compared in words. */
    static String of(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0) {
            return "true";
        }
        if (bytes.length < 8) {
            long mask = (1L << 8 * bytes.length) - 1;
            return "(Memory.getLong(name) & " + hex(mask) + ") == " + hex(word(bytes, 0, bytes.length));
        }
        List<String> tests = new ArrayList<>();
        int at = 0;
        for (; at + 8 <= bytes.length; at += 8) {
            tests.add("Memory.getLong(name" + (at == 0 ? "" : " + " + at + "L") + ") == " + hex(word(bytes, at, 8)));
        }
        if (at < bytes.length) {
            int last = bytes.length - 8;
            tests.add("Memory.getLong(name + " + last + "L) == " + hex(word(bytes, last, 8)));
        }
        return String.join(" && ", tests);
    }

    private static long word(byte[] bytes, int from, int count) {
        long word = 0;
        for (int i = 0; i < count; i++) {
            word |= (bytes[from + i] & 0xFFL) << 8 * i;
        }
        return word;
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value) + "L";
    }
}
