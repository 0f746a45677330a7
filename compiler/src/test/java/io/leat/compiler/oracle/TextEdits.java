package io.leat.compiler.oracle;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Functions that make text from other text, and regular expressions. */
final class TextEdits {
    private static final int MAX_POINTS = 1 << 24;

    private TextEdits() {}

    static Optional<Object> call(String name, List<Object> values) {
        String text = (String) values.get(0);
        int[] points = text.codePoints().toArray();
        return switch (name) {
            case "TRIM", "BTRIM" -> Optional.of(trimmed(points, set(values), true, true));
            case "LTRIM" -> Optional.of(trimmed(points, set(values), true, false));
            case "RTRIM" -> Optional.of(trimmed(points, set(values), false, true));
            case "REPLACE" -> {
                String part = (String) values.get(1);
                yield Optional.of(part.isEmpty() ? text : text.replace(part, (String) values.get(2)));
            }
            case "REPEAT" -> Optional.of(repeated(text, (Long) values.get(1)));
            case "LPAD" -> {
                String fill = fill(points, (Long) values.get(1), (String) values.get(2));
                yield Optional.of(
                        Casts.cut(fill + text, length(values)).equals(fill + text) ? fill + text : head(values));
            }
            case "RPAD" -> {
                String fill = fill(points, (Long) values.get(1), (String) values.get(2));
                yield Optional.of(Casts.cut(text + fill, length(values)));
            }
            case "TRANSLATE" -> Optional.of(translated(points, (String) values.get(1), (String) values.get(2)));
            case "OVERLAY" -> Optional.of(overlaid(points, values));
            case "REGEXP_LIKE", "REGEXP", "REGEXP_MATCHES" ->
                Optional.of(matcher(text, values).find());
            case "REGEXP_EXTRACT" -> Optional.of(extracted(text, values));
            case "REGEXP_REPLACE" -> Optional.of(replaced(text, values));
            default -> Optional.empty();
        };
    }

    private static String set(List<Object> values) {
        return values.size() == 1 ? " " : (String) values.get(1);
    }

    private static String trimmed(int[] points, String set, boolean start, boolean end) {
        int from = 0;
        int to = points.length;
        while (start && from < to && set.indexOf(points[from]) >= 0) {
            from++;
        }
        while (end && to > from && set.indexOf(points[to - 1]) >= 0) {
            to--;
        }
        return TextCalls.text(points, from, to);
    }

    private static String repeated(String text, long times) {
        if (times > 0 && text.length() > 0 && times > MAX_POINTS / text.length()) {
            throw new NoValue("too large");
        }
        return text.isEmpty() || times <= 0 ? "" : text.repeat((int) times);
    }

    private static int length(List<Object> values) {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, (Long) values.get(1)));
    }

    private static String head(List<Object> values) {
        return Casts.cut((String) values.get(0), length(values));
    }

    /** What is missing to so many code points. */
    private static String fill(int[] points, long count, String with) {
        int[] fill = with.codePoints().toArray();
        if (fill.length == 0 || count <= points.length) {
            return "";
        }
        if (count > MAX_POINTS) {
            throw new NoValue("too large");
        }
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < count - points.length; i++) {
            result.appendCodePoint(fill[i % fill.length]);
        }
        return result.toString();
    }

    private static String translated(int[] points, String from, String to) {
        int[] sources = from.codePoints().toArray();
        int[] targets = to.codePoints().toArray();
        StringBuilder result = new StringBuilder();
        for (int point : points) {
            int place = 0;
            while (place < sources.length && sources[place] != point) {
                place++;
            }
            if (place == sources.length) {
                result.appendCodePoint(point);
            } else if (place < targets.length) {
                result.appendCodePoint(targets[place]);
            }
        }
        return result.toString();
    }

    private static String overlaid(int[] points, List<Object> values) {
        String replacement = (String) values.get(1);
        long start = (Long) values.get(2);
        long count = values.size() == 4 ? (Long) values.get(3) : replacement.codePointCount(0, replacement.length());
        if (start < 1) {
            throw new NoValue("starts before 1");
        }
        int to = (int) Math.min(points.length, start - 1);
        long behind = count > Long.MAX_VALUE - start ? Long.MAX_VALUE : Math.max(1, start + count);
        int from = (int) Math.min(points.length, behind - 1);
        return TextCalls.text(points, 0, to) + replacement + TextCalls.text(points, from, points.length);
    }

    private static Matcher matcher(String text, List<Object> values) {
        try {
            return Pattern.compile((String) values.get(1)).matcher(text);
        } catch (PatternSyntaxException e) {
            throw new NoValue("no pattern");
        }
    }

    private static Object extracted(String text, List<Object> values) {
        long group = values.size() == 3 ? (Long) values.get(2) : 0;
        Matcher matcher = matcher(text, values);
        if (group < 0 || group > matcher.groupCount()) {
            throw new NoValue("no group " + group);
        }
        String found = matcher.find() ? matcher.group((int) group) : null;
        return found == null ? TextCalls.NULL : found;
    }

    /** {@code \1} stands for a group, as {@code $1} does. */
    private static Object replaced(String text, List<Object> values) {
        String replacement = ((String) values.get(2)).replaceAll("\\\\([0-9])", "\\$$1");
        try {
            return matcher(text, values).replaceAll(replacement);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new NoValue("a broken replacement");
        }
    }
}
