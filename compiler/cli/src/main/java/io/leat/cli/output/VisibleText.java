package io.leat.cli.output;

/** Text as a terminal can show it: what moves the cursor, hides or reorders text is escaped; and how many columns it takes. */
public final class VisibleText {
    private VisibleText() {}

    /** The text with an escape in place of each character that is no visible one. */
    public static String escaped(String text) {
        if (text.codePoints().allMatch(VisibleText::isVisible)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (isVisible(character)) {
                escaped.appendCodePoint(character);
            } else {
                escaped.append(escape(character));
            }
        });
        return escaped.toString();
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static String escape(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format(character > 0xFFFF ? "\\U%08X" : "\\u%04X", character);
        };
    }

    /** How many columns of a terminal the text takes. */
    public static int width(String text) {
        return text.codePoints().map(VisibleText::width).sum();
    }

    private static int width(int character) {
        if (character < 0x300) {
            return 1;
        }
        int type = Character.getType(character);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return isWide(character) ? 2 : 1;
    }

    /** East Asian wide and full-width characters, and pictures. */
    private static boolean isWide(int character) {
        return within(character, 0x1100, 0x115F)
                || within(character, 0x2E80, 0xA4CF)
                || within(character, 0xAC00, 0xD7A3)
                || within(character, 0xF900, 0xFAFF)
                || within(character, 0xFE30, 0xFE6F)
                || within(character, 0xFF00, 0xFF60)
                || within(character, 0xFFE0, 0xFFE6)
                || within(character, 0x1F300, 0x1F64F)
                || within(character, 0x1F680, 0x1F6FF)
                || within(character, 0x1F900, 0x1F9FF)
                || within(character, 0x20000, 0x3FFFD);
    }

    private static boolean within(int character, int first, int last) {
        return character >= first && character <= last;
    }

    /** The text if it is no wider, or its beginning and a mark that something is missing. */
    public static String cut(String text, int maxWidth) {
        if (width(text) <= maxWidth) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int width = 1;
        int at = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            width += width(character);
            if (width > maxWidth) {
                return kept.append('…').toString();
            }
            kept.appendCodePoint(character);
            at += Character.charCount(character);
        }
        return kept.toString();
    }
}
