package io.leat.runtime.epoch;

import io.leat.runtime.connector.Hashes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of a small file in a state directory: what it is and the version of its form, lines of a name and a value, and in the last
 * line the hash of everything before it.
 */
final class StateLines {
    /** Of all files of a state directory; one more with each change that an older program cannot read. */
    private static final int VERSION = 2;

    private static final String HASH = "sha256 ";
    private static final int HASH_LINE = HASH.length() + Hashes.LENGTH + 1;

    private final Path file;
    private final List<String> lines;
    private int next;

    private StateLines(Path file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    /** A new text, to which lines are put. */
    static StateLines write(String kind) {
        StateLines lines = new StateLines(null, new ArrayList<>());
        return lines.put("leat", kind + " " + VERSION);
    }

    /** The value must have no line end. */
    StateLines put(String name, Object value) {
        lines.add(name + " " + value);
        return this;
    }

    byte[] toBytes() {
        String text = String.join("\n", lines) + "\n";
        String hash = Hashes.of(text.getBytes(StandardCharsets.UTF_8));
        return (text + HASH + hash + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Takes a text apart.
     *
     * @throws StateException if it is not what was written
     */
    static StateLines read(Path file, String kind, byte[] bytes) {
        int end = bytes.length - HASH_LINE;
        String last = end < 0 ? "" : new String(bytes, end, HASH_LINE, StandardCharsets.UTF_8);
        if (!last.startsWith(HASH) || !last.endsWith("\n")) {
            throw StateException.damaged(
                    file,
                    "at byte " + Math.max(0, end) + " of " + bytes.length + " there is no '" + HASH.strip()
                            + "' with the hash of what is before it");
        }
        String expected = last.substring(HASH.length(), HASH_LINE - 1);
        String found = Hashes.of(bytes, end);
        if (!found.equals(expected)) {
            throw StateException.damaged(
                    file, "bytes 0 to " + end + " have the SHA-256 " + found + " and not " + expected);
        }
        String text = new String(bytes, 0, end, StandardCharsets.UTF_8);
        StateLines lines = new StateLines(file, text.lines().toList());
        String form = lines.get("leat");
        if (!form.equals(kind + " " + VERSION)) {
            throw new StateException("'" + file + "' has the form '" + form + "', and this program reads '" + kind + " "
                    + VERSION + "': use the program that wrote it");
        }
        return lines;
    }

    /** The value of the next line, which has this name. */
    String get(String name) {
        if (!isNext(name)) {
            throw new StateException("'" + file + "' has no '" + name + "' in line " + (next + 1)
                    + ": another version of this program wrote it");
        }
        return lines.get(next++).substring(name.length() + 1);
    }

    long getLong(String name) {
        return Long.parseLong(get(name));
    }

    boolean isNext(String name) {
        return next < lines.size() && lines.get(next).startsWith(name + " ");
    }
}
