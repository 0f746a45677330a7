package io.leat.compiler.decode;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Files that every reader of CSV reads in the same way, with wrong values in them. */
final class RandomCsv {
    private final Random random;
    private final char delimiter;
    private final char quote;

    RandomCsv(long seed, char delimiter, char quote) {
        this.random = new Random(seed);
        this.delimiter = delimiter;
        this.quote = quote;
    }

    String file(int records) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < records; i++) {
            text.append(record()).append(lineEnd());
            text.append(random.nextInt(15) == 0 ? lineEnd() : "");
        }
        return random.nextInt(3) == 0 ? text.toString().stripTrailing() : text.toString();
    }

    private String lineEnd() {
        return random.nextInt(3) == 0 ? "\r\n" : "\n";
    }

    private String record() {
        int count = random.nextInt(25) == 0 ? random.nextInt(2, 11) : 8;
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // The first one is never empty: of a line of one empty field nobody knows what it is.
            fields.add(i > 0 && random.nextInt(8) == 0 ? "" : field(value(i)));
        }
        return String.join(Character.toString(delimiter), fields);
    }

    private String field(String value) {
        boolean special = value.indexOf(delimiter) >= 0
                || value.indexOf(quote) >= 0
                || value.indexOf('\n') >= 0
                || value.indexOf('\r') >= 0;
        if (!special && random.nextInt(4) != 0) {
            return value;
        }
        String doubled = value.replace(Character.toString(quote), "" + quote + quote);
        return quote + doubled + quote;
    }

    private String value(int column) {
        if (random.nextInt(60) == 0) {
            return new String[] {"x", "1.5", "-", "9999999999999999999999", "1e400", "--1", "12345678.901"}
                    [random.nextInt(7)];
        }
        return switch (column) {
            case 0 -> Long.toString(random.nextLong() >> random.nextInt(60));
            case 2 -> BigDecimal.valueOf(random.nextInt(999_999_999), 2).toPlainString();
            case 3 -> Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(300)));
            case 4 -> Integer.toString(random.nextInt(33_000));
            case 5 -> random.nextBoolean() ? "true" : "false";
            case 6 -> "2026-0" + (1 + random.nextInt(9)) + "-1" + random.nextInt(10) + "T10:00:0" + random.nextInt(10);
            case 7 -> text(1 + random.nextInt(random.nextInt(20) == 0 ? 6 : 4));
            default -> text(1 + random.nextInt(12));
        };
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder();
        String[] characters = {"a", "b", " ", "é", "水", "😀", "" + quote, "" + delimiter, "\n", "\r\n", "'", "\\", "|"};
        for (int i = 0; i < length; i++) {
            text.append(characters[random.nextInt(random.nextInt(2) == 0 ? 3 : characters.length)]);
        }
        return text.toString();
    }
}
