package io.leat.compiler.explain;

import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Schema.Leaf;
import java.util.List;

/** How much an entry of keyed state takes: the forms are those of the runtime's {@code KeyBytes} and {@code RowBytes}. */
final class KeyedBytes {
    private static final int PARTITION = 1;
    private static final int TIME = 8;
    /** NULL or not, before each value of a key. */
    private static final int KEY_MARK = 1;
    /** Behind each text of a key. */
    private static final int END_MARK = 2;

    private KeyedBytes() {}

    /** A key with or without a time, and a row behind it. */
    static String keyAndRow(List<Leaf> keys, boolean timed, List<Leaf> columns) {
        int bytes = PARTITION + (timed ? TIME : 0) + (columns.size() + 7) / 8;
        for (Leaf key : keys) {
            bytes += KEY_MARK + (isText(key) ? END_MARK : key.type().physical().width());
        }
        for (Leaf column : columns) {
            // Up to 127 bytes of text have a length of one byte before them.
            bytes += isText(column) ? 1 : column.type().physical().width();
        }
        boolean texts =
                keys.stream().anyMatch(KeyedBytes::isText) || columns.stream().anyMatch(KeyedBytes::isText);
        return bytes + " bytes" + (texts ? " and its texts" : "");
    }

    private static boolean isText(Leaf leaf) {
        return leaf.type().physical() == Physical.BYTES;
    }
}
