package io.leat.compiler.decode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random JSON objects for a table: mostly right, in every way that JSON can be written, and sometimes wrong. */
final class RandomJson {
    private static final String[] CHARACTERS = {
        "a", "Z", "0", " ", "/", "é", "ß", "水", "\uFFFD", "😀", "𝄞", "\u007F", "\u2028", "'", "{", "}", "[", ",", ":"
    };
    private static final String[] ESCAPES = {
        "\\n",
        "\\t",
        "\\r",
        "\\b",
        "\\f",
        "\\\\",
        "\\/",
        "\\\"",
        "\\u0041",
        "\\u00e9",
        "\\uD83D\\uDE00",
        "\\ud834\\udd1e",
        "\\u0000",
        "\\uFFFF",
        "\\u6C34"
    };
    private static final String[] WRONG = {
        "\\ud800", "\\udc00x", "\\ud800\\u0041", "\\x", "\\u12g4", "\u0001", "\\uD83D😀"
    };

    private final Random random;

    RandomJson(long seed) {
        random = new Random(seed);
    }

    String object(List<JsonColumn> columns) {
        List<String> members = new ArrayList<>();
        for (JsonColumn column : columns) {
            if (one(8) && !column.required()) {
                continue;
            }
            for (int times = one(15) ? 2 : 1; times > 0; times--) {
                members.add(name(column.name()) + space() + ":" + space() + value(column));
            }
        }
        while (one(3)) {
            members.add(name(string(1 + random.nextInt(12))) + space() + ":" + space() + any(0));
        }
        Collections.shuffle(members, random);
        StringBuilder text = new StringBuilder(space()).append('{').append(space());
        for (int i = 0; i < members.size(); i++) {
            text.append(i == 0 ? "" : "," + space()).append(members.get(i)).append(space());
        }
        return text.append('}').append(space()).toString();
    }

    private boolean one(int of) {
        return random.nextInt(of) == 0;
    }

    private String space() {
        return one(4) ? new String[] {" ", "  ", "\t", "\r", " \t "}[random.nextInt(5)] : "";
    }

    /** A name, now and then with escapes that mean the same. */
    private String name(String name) {
        StringBuilder text = new StringBuilder("\"");
        boolean escaped = one(10);
        for (char c : name.toCharArray()) {
            if (c == '"' || c == '\\' || escaped && one(3)) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.append('"').toString();
    }

    private String string(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(one(2) ? "x" : CHARACTERS[random.nextInt(CHARACTERS.length)]);
        }
        return text.toString().replace("\\", "").replace("\"", "");
    }

    /** The inside of a string, with escapes, and rarely with something that no string has. */
    private String written(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            int choice = random.nextInt(12);
            if (choice == 0) {
                text.append(ESCAPES[random.nextInt(ESCAPES.length)]);
            } else if (choice == 1 && one(100)) {
                text.append(WRONG[random.nextInt(WRONG.length)]);
            } else {
                text.append(string(1));
            }
        }
        return '"' + text.toString() + '"';
    }

    private String value(JsonColumn column) {
        if (one(10) && !column.required()) {
            return "null";
        }
        if (one(200)) {
            return any(0);
        }
        return switch (column.kind()) {
            case BOOLEAN -> one(2) ? "true" : "false";
            case TINYINT -> integer(8);
            case SMALLINT -> integer(16);
            case INT -> integer(32);
            case BIGINT -> integer(64);
            case REAL, DOUBLE -> number();
            case DECIMAL -> decimal(column);
            case STRING -> written(one(30) ? 5_000 : random.nextInt(20));
            case VARCHAR -> written(one(60) ? column.size() + 1 : random.nextInt(column.size() + 1));
            case VARBINARY -> '"' + base64() + '"';
            case DATE, TIME, TIMESTAMP, TIMESTAMP_LTZ -> '"' + (one(30) ? wrongTime() : time(column)) + '"';
            case ROW -> object(column.fields()).strip();
        };
    }

    private String integer(int bits) {
        if (one(40)) {
            BigInteger edge = BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.valueOf(random.nextInt(5) - 2));
            return (one(2) ? edge : edge.negate()).toString();
        }
        if (one(60)) {
            return new String[] {"-0", "01", "1.0", "1e2", "-", "+1", "0x1", "1.", "1e", "99999999999999999999999"}
                    [random.nextInt(10)];
        }
        return new BigInteger(1 + random.nextInt(bits - 1), random)
                .multiply(BigInteger.valueOf(one(2) ? 1 : -1))
                .toString();
    }

    private String number() {
        return switch (random.nextInt(8)) {
            case 0 ->
                Double.toString(Double.longBitsToDouble(random.nextLong())).replaceAll("NaN|-?Infinity", "0");
            case 1 -> integer(64);
            case 2 ->
                random.nextInt(1000) + "." + random.nextInt(1_000_000) + (one(2) ? "e" : "E+") + random.nextInt(40);
            case 3 -> "-" + random.nextInt(10) + ".000" + random.nextInt(1_000) + "e-" + random.nextInt(400);
            case 4 -> "1e" + random.nextInt(500);
            case 5 -> new BigDecimal(new BigInteger(200, random), random.nextInt(200)).toPlainString();
            default -> Double.toString(random.nextInt(100_000) / 100.0);
        };
    }

    private String decimal(JsonColumn column) {
        int digits = 1 + random.nextInt(column.size() + (one(30) ? 2 : 0));
        BigInteger unscaled = new BigInteger(digits * 10 / 3, random);
        BigDecimal value = new BigDecimal(unscaled, random.nextInt(column.scale() + (one(30) ? 3 : 1)));
        String text = one(3) ? value.toPlainString() : value.toString();
        String sign = one(2) ? "-" : "";
        return sign + (one(20) ? "1e" + random.nextInt(60) : one(50) ? "0.0e99999999999" : text);
    }

    private String base64() {
        byte[] bytes = new byte[random.nextInt(30)];
        random.nextBytes(bytes);
        String text = Base64.getEncoder().encodeToString(bytes);
        return one(4) ? text.replace("=", "") : one(30) ? text + "*" : text;
    }

    private String time(JsonColumn column) {
        LocalDate date = LocalDate.ofEpochDay(random.nextInt(2_000_000) - 700_000);
        LocalTime time = LocalTime.ofNanoOfDay((long) (random.nextDouble() * 86_400) * 1_000_000_000L
                + (one(2) ? 0 : random.nextInt(1_000) * 1_000_000L));
        return switch (column.kind()) {
            case DATE -> date.toString();
            case TIME -> time.toString();
            case TIMESTAMP -> date + (one(2) ? "T" : " ") + time;
            default ->
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000) * 1_000_000L)
                        .toString();
        };
    }

    private String wrongTime() {
        return new String[] {"", "2026-02-30", "yesterday", "2026-13-01T00:00:00", "25:00:00", "2026-01-01T00:00:60Z"}
                [random.nextInt(6)];
    }

    /** Any JSON value. */
    private String any(int depth) {
        int kinds = depth > 4 ? 6 : 8;
        return switch (random.nextInt(kinds)) {
            case 0 -> "null";
            case 1 -> one(2) ? "true" : "false";
            case 2, 3 -> number();
            case 4, 5 -> written(random.nextInt(12));
            case 6 -> list("[", "]", depth);
            default -> list("{", "}", depth);
        };
    }

    private String list(String open, String close, int depth) {
        StringBuilder text = new StringBuilder(open).append(space());
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : "," + space());
            if (open.equals("{")) {
                text.append(written(random.nextInt(4)))
                        .append(space())
                        .append(':')
                        .append(space());
            }
            text.append(any(depth + 1)).append(space());
        }
        return text.append(close).toString();
    }

    /** Bytes with a few of them changed, taken out, put in, or doubled, or without their end. */
    byte[] mutated(byte[] bytes) {
        byte[] result = bytes;
        for (int times = 1 + random.nextInt(3); times > 0 && result.length > 0; times--) {
            int at = random.nextInt(result.length);
            int length = Math.min(result.length - at, 1 + random.nextInt(one(5) ? 30 : 2));
            byte[] with = switch (random.nextInt(5)) {
                case 0 -> new byte[0];
                case 1 -> new byte[] {(byte) random.nextInt(256)};
                case 2 -> new byte[] {(byte) "{}[]\",:\\0-+eE.nut \r\n".charAt(random.nextInt(20))};
                case 3 -> Arrays.copyOfRange(result, at, at + length);
                default -> "\u00e9水".getBytes(StandardCharsets.UTF_8);
            };
            boolean insert = one(2);
            int keepFrom = one(30) ? result.length : insert ? at : at + length;
            byte[] next = new byte[at + with.length + result.length - keepFrom];
            System.arraycopy(result, 0, next, 0, at);
            System.arraycopy(with, 0, next, at, with.length);
            System.arraycopy(result, keepFrom, next, at + with.length, result.length - keepFrom);
            result = next;
        }
        return result;
    }
}
