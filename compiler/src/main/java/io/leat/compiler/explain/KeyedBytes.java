package io.leat.compiler.explain;

import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Schema.Leaf;
import java.util.List;

/** How much an entry of keyed state takes: the forms are those of the runtime's {@code KeyBytes} and {@code RowBytes}. */
final class KeyedBytes {
    private static final int PARTITION = 1;
    private static final int TIME = 8;
    private static final int LOG = 8;
    /** NULL or not, before each value of a key. */
    private static final int KEY_MARK = 1;
    /** Behind each text of a key. */
    private static final int END_MARK = 2;

    private KeyedBytes() {}

    /** A key with or without a time, and a row behind it. */
    static String keyAndRow(List<Leaf> keys, boolean timed, List<Leaf> columns) {
        int bytes = keyBytes(keys) + (timed ? TIME : 0) + rowBytes(columns);
        return bytes + " bytes" + texts(hasText(keys) || hasText(columns));
    }

    /** A key. */
    static String key(List<Leaf> keys) {
        return keyBytes(keys) + " bytes" + texts(hasText(keys));
    }

    /** A row behind so many moments. */
    static String timed(int moments, List<Leaf> columns) {
        return (PARTITION + moments * TIME + rowBytes(columns)) + " bytes" + texts(hasText(columns));
    }

    /** A row with some bytes before it. */
    static String value(int before, List<Leaf> columns) {
        return before + rowBytes(columns) + " bytes" + texts(hasText(columns));
    }

    /** A key and a row of a log, whose number comes first. */
    static String ofLog(List<Leaf> keys, List<Leaf> columns) {
        int bytes = LOG - PARTITION + keyBytes(keys) + rowBytes(columns);
        return bytes + " bytes" + texts(hasText(keys) || hasText(columns));
    }

    private static int keyBytes(List<Leaf> keys) {
        int bytes = PARTITION;
        for (Leaf key : keys) {
            bytes += KEY_MARK + (isText(key) ? END_MARK : key.type().physical().width());
        }
        return bytes;
    }

    private static int rowBytes(List<Leaf> columns) {
        int bytes = (columns.size() + 7) / 8;
        for (Leaf column : columns) {
            // Up to 127 bytes of text have a length of one byte before them.
            bytes += isText(column) ? 1 : column.type().physical().width();
        }
        return bytes;
    }

    private static boolean hasText(List<Leaf> leaves) {
        return leaves.stream().anyMatch(KeyedBytes::isText);
    }

    private static String texts(boolean any) {
        return any ? " and its texts" : "";
    }

    private static boolean isText(Leaf leaf) {
        return leaf.type().physical() == Physical.BYTES;
    }
}
