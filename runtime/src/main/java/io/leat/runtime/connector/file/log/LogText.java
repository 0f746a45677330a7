package io.leat.runtime.connector.file.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.Hashes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The text of a file of a log: lines of JSON, each an object with one member that says what the line is, and in the last one the SHA-256
 * of the bytes before it. A file without that line is torn.
 */
final class LogText {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final String HASH_BEGIN = "{\"sha256\":\"";
    private static final String HASH_END = "\"}\n";
    private static final int HASH_LINE = HASH_BEGIN.length() + Hashes.LENGTH + HASH_END.length();

    private final Path file;
    private final List<String> lines;
    private int next;

    private LogText(Path file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    /** A text under way. */
    static final class Writer {
        private final StringBuilder text = new StringBuilder();

        /** Adds a line. */
        Writer put(String what, Object value) {
            try {
                text.append(JSON.writeValueAsString(Map.of(what, value))).append('\n');
                return this;
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("a record that cannot be written", e);
            }
        }

        byte[] toBytes() {
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            return (text + HASH_BEGIN + Hashes.of(bytes) + HASH_END).getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * Takes a text apart.
     *
     * @throws ConnectorException if it is not what was written
     */
    static LogText read(Path file, byte[] bytes) {
        int end = bytes.length - HASH_LINE;
        String last = end < 0 ? "" : new String(bytes, end, HASH_LINE, StandardCharsets.UTF_8);
        if (!last.startsWith(HASH_BEGIN) || !last.endsWith(HASH_END)) {
            throw damaged(
                    file,
                    "is torn: at byte " + Math.max(0, end) + " of " + bytes.length
                            + " there is no line with the SHA-256 of what is before it");
        }
        String expected = last.substring(HASH_BEGIN.length(), HASH_BEGIN.length() + Hashes.LENGTH);
        String found = Hashes.of(bytes, end);
        if (!found.equals(expected)) {
            throw damaged(
                    file, "is damaged: bytes 0 to " + end + " have the SHA-256 " + found + " and not " + expected);
        }
        return new LogText(
                file, new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList());
    }

    boolean isNext(String what) {
        return next < lines.size() && lines.get(next).startsWith("{\"" + what + "\":");
    }

    boolean isAtEnd() {
        return next == lines.size();
    }

    /** The value of the next line, which must be of this kind. */
    <T> T get(String what, Class<T> type) {
        if (!isNext(what)) {
            throw unknown("in line " + (next + 1) + " there is no '" + what + "'");
        }
        try {
            JsonNode line = JSON.readTree(lines.get(next));
            next++;
            return JSON.treeToValue(line.get(what), type);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw unknown("line " + next + " cannot be read: " + e.getMessage());
        }
    }

    /** The bytes are those that were written, and say something that is not known here. */
    ConnectorException unknown(String how) {
        return new ConnectorException(
                Kind.IO,
                "'" + file + "', of the log of a table: " + how + "; another version of this program wrote it");
    }

    static ConnectorException damaged(Path file, String how) {
        return new ConnectorException(Kind.IO, "'" + file + "', of the log of a table, " + how);
    }
}
