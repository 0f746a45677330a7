package io.leat.runtime.connector.file;

import java.util.ArrayList;
import java.util.List;

/** The syntax of globs. */
final class GlobText {
    private GlobText() {}

    /**
     * The paths without braces that a path with braces stands for.
     *
     * @throws IllegalArgumentException if a brace does not close, or if there are more than {@code limit}
     */
    static List<String> alternatives(String path, int limit) {
        List<String> done = new ArrayList<>();
        List<String> open = new ArrayList<>(List.of(path));
        while (!open.isEmpty()) {
            String next = open.remove(open.size() - 1);
            int brace = find(next, 0, '{');
            if (brace < 0) {
                done.add(next);
            } else {
                int end = closingBrace(next, brace);
                for (String choice : choices(next.substring(brace + 1, end))) {
                    open.add(next.substring(0, brace) + choice + next.substring(end + 1));
                }
            }
            if (open.size() + done.size() > limit) {
                throw new IllegalArgumentException("its braces stand for more than " + limit + " paths");
            }
        }
        return done;
    }

    /** The first place of a character that is neither escaped nor in brackets, or -1. */
    private static int find(String text, int from, char wanted) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == wanted) {
                return i;
            }
            i = skip(text, i);
        }
        return -1;
    }

    /** The last position of what begins here: an escape, a bracketed set, or one character. */
    private static int skip(String text, int at) {
        if (text.charAt(at) == '\\') {
            return Math.min(at + 1, text.length() - 1);
        }
        return text.charAt(at) == '[' ? closingBracket(text, at) : at;
    }

    private static int closingBrace(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i;
            }
            i = skip(text, i);
        }
        throw new IllegalArgumentException("a { is not closed");
    }

    private static int closingBracket(String text, int open) {
        // A bracket that stands first belongs to the set.
        int first = text.startsWith("!", open + 1) || text.startsWith("^", open + 1) ? open + 2 : open + 1;
        int close = text.indexOf(']', first + 1);
        if (close < 0) {
            throw new IllegalArgumentException("a [ is not closed");
        }
        return close;
    }

    private static List<String> choices(String text) {
        List<String> choices = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{') {
                depth++;
            } else if (c == '}') {
                depth--;
            } else if (c == ',' && depth == 0) {
                choices.add(text.substring(start, i));
                start = i + 1;
            }
            i = skip(text, i);
        }
        choices.add(text.substring(start));
        return choices;
    }

    /** A regular expression for the names that one name of a glob without braces matches. */
    static String regex(String name) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            int last = skip(name, i);
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (c == '[') {
                appendSet(regex, name.substring(i + 1, last));
            } else {
                appendPlain(regex, name.substring(c == '\\' ? last : i, last + 1));
            }
            i = last;
        }
        return regex.toString();
    }

    private static void appendSet(StringBuilder regex, String set) {
        boolean negated = set.startsWith("!") || set.startsWith("^");
        regex.append(negated ? "[^" : "[");
        for (int i = negated ? 1 : 0; i < set.length(); i++) {
            if (set.charAt(i) == '-') {
                regex.append('-');
            } else {
                appendPlain(regex, set.substring(i, i + 1));
            }
        }
        regex.append(']');
    }

    private static void appendPlain(StringBuilder regex, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 128 && !Character.isLetterOrDigit(c)) {
                regex.append('\\');
            }
            regex.append(c);
        }
    }
}
