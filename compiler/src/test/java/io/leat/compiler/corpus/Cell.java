package io.leat.compiler.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * One value of a row as written in a case. Cells stand two or more spaces apart; a cell in double quotes is text with the escapes of
 * JSON, one in braces a row as a JSON object; {@code NULL} is no value.
 *
 * @param quoted whether it is text whatever it looks like
 */
public record Cell(String text, boolean quoted) {
    private static final ObjectMapper JSON = new ObjectMapper();

    boolean isNull() {
        return !quoted && text.equals("NULL");
    }

    /** The cells of a line. */
    static List<Cell> split(String line) {
        List<Cell> cells = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            if (line.charAt(at) == ' ') {
                at++;
                continue;
            }
            int end = end(line, at);
            String text = line.substring(at, end).stripTrailing();
            cells.add(line.charAt(at) == '"' ? new Cell(unquoted(text), true) : new Cell(text, false));
            at = end;
        }
        return cells;
    }

    private static int end(String line, int start) {
        char first = line.charAt(start);
        if (first == '"' || first == '{') {
            int depth = 0;
            boolean inText = false;
            for (int at = start; at < line.length(); at++) {
                char c = line.charAt(at);
                if (inText && c == '\\') {
                    at++;
                } else if (c == '"') {
                    inText = !inText;
                } else if (!inText && c == '{') {
                    depth++;
                } else if (!inText && c == '}') {
                    depth--;
                }
                if (!inText && depth == 0) {
                    return at + 1;
                }
            }
            throw new IllegalArgumentException("no end of " + line.substring(start));
        }
        int end = line.indexOf("  ", start);
        return end < 0 ? line.length() : end;
    }

    private static String unquoted(String text) {
        try {
            return JSON.readValue(text, String.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no text: " + text, e);
        }
    }

    /** Text as a cell: quoted where it would be taken for something else. */
    static String ofText(String text) {
        boolean plain = !text.isEmpty()
                && text.equals(text.strip())
                && !text.contains("  ")
                && text.chars().noneMatch(c -> c < ' ' || c == 0x7F)
                && !text.equals("NULL")
                && "\"{#!=-".indexOf(text.charAt(0)) < 0;
        if (plain) {
            return text;
        }
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
