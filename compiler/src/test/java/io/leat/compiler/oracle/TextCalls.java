package io.leat.compiler.oracle;

import io.leat.compiler.expr.ByteText;
import io.leat.compiler.expr.Expr;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Functions of text and bytes, over arrays of code points. */
final class TextCalls {
    /** What a function answers that yields NULL. */
    static final Object NULL = new Object();

    private static final int MAX_BYTES = 1 << 24;

    private TextCalls() {}

    static Optional<Object> call(String name, List<Object> values, Expr.Call call) {
        Object first = values.isEmpty() ? null : values.get(0);
        if (name.equals("CHR")) {
            return Optional.of(chr((Long) first));
        }
        if (name.equals("HEX") && first instanceof Long number) {
            return Optional.of(Long.toHexString(number).toUpperCase(Locale.ROOT));
        }
        if (first instanceof String || first instanceof ByteText) {
            return ofBytes(name, bytes(first))
                    .or(() -> ofText(name, values, call))
                    .map(TextCalls::limited);
        }
        return Optional.empty();
    }

    private static Object limited(Object value) {
        if (value instanceof String text && text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new NoValue("too large");
        }
        return value;
    }

    private static String chr(long codePoint) {
        boolean valid = codePoint > 0 && codePoint <= Character.MAX_CODE_POINT;
        if (!valid || codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            throw new NoValue("no code point");
        }
        return Character.toString((int) codePoint);
    }

    private static byte[] bytes(Object value) {
        return value instanceof ByteText bytes ? bytes.bytes() : ((String) value).getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<Object> ofBytes(String name, byte[] bytes) {
        return switch (name) {
            case "OCTET_LENGTH" -> Optional.of((long) bytes.length);
            case "TO_BASE64" -> Optional.of(Base64.getEncoder().encodeToString(bytes));
            case "HEX" -> Optional.of(HexFormat.of().withUpperCase().formatHex(bytes));
            case "MD5" -> Optional.of(digest("MD5", bytes));
            case "SHA1" -> Optional.of(digest("SHA-1", bytes));
            case "SHA256" -> Optional.of(digest("SHA-256", bytes));
            default -> Optional.empty();
        };
    }

    private static String digest(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Object> ofText(String name, List<Object> values, Expr.Call call) {
        String text = (String) values.get(0);
        int[] points = text.codePoints().toArray();
        return switch (name) {
            case "CHAR_LENGTH", "CHARACTER_LENGTH", "LENGTH" -> Optional.of((long) points.length);
            case "ASCII" -> Optional.of(points.length == 0 ? 0L : points[0]);
            case "POSITION" -> Optional.of(position((String) values.get(1), text, 1));
            case "STRPOS", "INSTR" -> Optional.of(position(text, (String) values.get(1), 1));
            case "LOCATE" ->
                Optional.of(position((String) values.get(1), text, values.size() == 3 ? (Long) values.get(2) : 1));
            case "STARTS_WITH", "STARTSWITH" -> Optional.of(text.startsWith((String) values.get(1)));
            case "ENDS_WITH", "ENDSWITH" -> Optional.of(text.endsWith((String) values.get(1)));
            case "CONTAINS" -> Optional.of(text.contains((String) values.get(1)));
            case "SUBSTRING", "SUBSTR" -> Optional.of(substring(points, values));
            case "LEFT" -> Optional.of(text(points, 0, end(points.length, (Long) values.get(1))));
            case "RIGHT" ->
                Optional.of(text(points, points.length - end(points.length, (Long) values.get(1)), points.length));
            case "SPLIT_INDEX" -> Optional.of(splitIndex(text, (String) values.get(1), (Long) values.get(2)));
            case "SPLIT_PART" -> Optional.of(splitPart(text, (String) values.get(1), (Long) values.get(2)));
            case "UPPER", "UCASE" -> Optional.of(text.toUpperCase(Locale.ROOT));
            case "LOWER", "LCASE" -> Optional.of(text.toLowerCase(Locale.ROOT));
            case "INITCAP" -> Optional.of(initcap(points));
            case "REVERSE" ->
                Optional.of(text(
                        IntStream.range(0, points.length)
                                .map(i -> points[points.length - 1 - i])
                                .toArray(),
                        0,
                        points.length));
            case "FROM_BASE64" -> Optional.of(decoded(() -> Base64.getDecoder().decode(text)));
            case "UNHEX" -> Optional.of(decoded(() -> HexFormat.of().parseHex(text)));
            case "LIKE" -> Optional.of(like(text, values, call, false));
            case "ILIKE" -> Optional.of(like(text, values, call, true));
            default -> TextEdits.call(name, values);
        };
    }

    private static int end(int length, long count) {
        return (int) Math.max(0, Math.min(length, count >= 0 ? count : length + count));
    }

    static String text(int[] points, int from, int to) {
        return from >= to ? "" : new String(points, from, to - from);
    }

    private static long position(String text, String part, long from) {
        int[] points = text.codePoints().toArray();
        if (from < 1 || from > points.length + 1L) {
            return 0;
        }
        int found = text.indexOf(part, text.offsetByCodePoints(0, (int) from - 1));
        return found < 0 ? 0 : text.codePointCount(0, found) + 1L;
    }

    private static String substring(int[] points, List<Object> values) {
        long start = (Long) values.get(1);
        long count = values.size() == 3 ? (Long) values.get(2) : Long.MAX_VALUE;
        if (count < 0) {
            throw new NoValue("negative length");
        }
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < points.length; i++) {
            long place = i + 1L;
            // place < start + count, which may pass 64 bits
            boolean before = java.math.BigInteger.valueOf(start)
                            .add(java.math.BigInteger.valueOf(count))
                            .compareTo(java.math.BigInteger.valueOf(place))
                    > 0;
            if (place >= start && (before || values.size() == 2)) {
                result.appendCodePoint(points[i]);
            }
        }
        return result.toString();
    }

    private static List<String> parts(String text, String delimiter) {
        return delimiter.isEmpty() ? List.of(text) : Arrays.asList(text.split(Pattern.quote(delimiter), -1));
    }

    private static Object splitIndex(String text, String delimiter, long index) {
        List<String> parts = text.isEmpty() ? List.of() : parts(text, delimiter);
        return index < 0 || index >= parts.size() ? NULL : parts.get((int) index);
    }

    private static Object splitPart(String text, String delimiter, long part) {
        if (part == 0) {
            throw new NoValue("part 0");
        }
        List<String> parts = parts(text, delimiter);
        long index = part > 0 ? part - 1 : parts.size() + part;
        return index < 0 || index >= parts.size() ? "" : parts.get((int) index);
    }

    private static String initcap(int[] points) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < points.length; i++) {
            boolean inWord = i > 0 && Character.isLetterOrDigit(points[i - 1]);
            result.appendCodePoint(inWord ? Character.toLowerCase(points[i]) : Character.toTitleCase(points[i]));
        }
        return result.toString();
    }

    private static ByteText decoded(java.util.function.Supplier<byte[]> work) {
        try {
            return new ByteText(work.get());
        } catch (IllegalArgumentException e) {
            throw new NoValue(e.getMessage());
        }
    }

    /** The pattern as one of regular expressions. */
    private static Boolean like(String text, List<Object> values, Expr.Call call, boolean anyCase) {
        Matcher settings = Pattern.compile(".*, (-?\\d+)$")
                .matcher(call.function().kernel().arguments());
        int escape = settings.matches() ? Integer.parseInt(settings.group(1)) : -1;
        StringBuilder regex = new StringBuilder();
        int[] pattern = ((String) values.get(1)).codePoints().toArray();
        for (int i = 0; i < pattern.length; i++) {
            if (pattern[i] == escape) {
                i++;
                if (i == pattern.length || pattern[i] != '%' && pattern[i] != '_' && pattern[i] != escape) {
                    throw new NoValue("a broken escape");
                }
                regex.append(Pattern.quote(Character.toString(pattern[i])));
            } else if (pattern[i] == '%') {
                regex.append(".*");
            } else {
                regex.append(pattern[i] == '_' ? "." : Pattern.quote(Character.toString(pattern[i])));
            }
        }
        int flags = Pattern.DOTALL | (anyCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0);
        return Pattern.compile(regex.toString(), flags).matcher(text).matches();
    }
}
