package io.leat.runtime.connector.datagen;

import io.leat.runtime.connector.OptionException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What is said of a column's values.
 *
 * @param path of the column, dotted for a field inside a row
 * @param min and {@code max}: the range of random values, as text of the column's type
 * @param start and {@code end}: the range of a sequence
 * @param values the only values there are; empty for no such list
 * @param weights how often each of them comes, compared to the others; empty for all alike
 * @param nullRate the share of NULLs
 */
record FieldSettings(
        String path,
        boolean sequence,
        Optional<String> min,
        Optional<String> max,
        long start,
        OptionalLong end,
        OptionalInt length,
        List<String> values,
        List<Long> weights,
        double nullRate) {

    static final List<String> NAMES =
            List.of("kind", "min", "max", "start", "end", "length", "values", "weights", "null-rate");

    private static final int MAX_LENGTH = 1 << 20;

    FieldSettings {
        values = List.copyOf(values);
        weights = List.copyOf(weights);
    }

    static FieldSettings of(String path, Map<String, String> settings) {
        String kind = settings.getOrDefault("kind", "random");
        if (!kind.equals("random") && !kind.equals("sequence")) {
            throw bad(path, "kind", kind, "random or sequence");
        }
        List<String> values = list(settings.get("values"));
        List<Long> weights = new ArrayList<>();
        for (String weight : list(settings.get("weights"))) {
            weights.add(number(path, "weights", weight.strip(), 0, Integer.MAX_VALUE));
        }
        if (!weights.isEmpty() && weights.size() != values.size()) {
            throw new OptionException(
                    key(path, "weights"), "there must be as many weights as values", "one number for each value");
        }
        if (!weights.isEmpty() && weights.stream().allMatch(weight -> weight == 0)) {
            throw new OptionException(key(path, "weights"), "some weight must be more than 0", "");
        }
        OptionalLong end = settings.containsKey("end")
                ? OptionalLong.of(number(path, "end", settings.get("end"), Long.MIN_VALUE, Long.MAX_VALUE))
                : OptionalLong.empty();
        OptionalInt length = settings.containsKey("length")
                ? OptionalInt.of((int) number(path, "length", settings.get("length"), 0, MAX_LENGTH))
                : OptionalInt.empty();
        return new FieldSettings(
                path,
                kind.equals("sequence"),
                Optional.ofNullable(settings.get("min")),
                Optional.ofNullable(settings.get("max")),
                number(path, "start", settings.getOrDefault("start", "0"), Long.MIN_VALUE, Long.MAX_VALUE),
                end,
                length,
                values,
                weights,
                share(path, settings.getOrDefault("null-rate", "0")));
    }

    private static List<String> list(String text) {
        return text == null ? List.of() : List.of(text.split(",", -1));
    }

    private static long number(String path, String name, String text, long least, long most) {
        if (text.matches("-?\\d{1,19}")) {
            BigInteger value = new BigInteger(text);
            if (value.compareTo(BigInteger.valueOf(least)) >= 0 && value.compareTo(BigInteger.valueOf(most)) <= 0) {
                return value.longValue();
            }
        }
        throw bad(path, name, text, "a whole number" + (least == 0 ? " up to " + most : ""));
    }

    private static double share(String path, String text) {
        if (!text.matches("0(\\.\\d{1,18})?|1(\\.0{1,18})?")) {
            throw bad(path, "null-rate", text, "a number from 0 to 1");
        }
        return Double.parseDouble(text);
    }

    private static OptionException bad(String path, String name, String text, String expected) {
        String key = key(path, name);
        return new OptionException(key, "option '" + key + "' is '" + text + "', which is not " + expected, "");
    }

    static String key(String path, String name) {
        return "fields." + path + "." + name;
    }

    /** How many rows a sequence that ends has. */
    OptionalLong sequenceRows() {
        if (!sequence || end.isEmpty()) {
            return OptionalLong.empty();
        }
        BigInteger rows = BigInteger.valueOf(end.getAsLong())
                .subtract(BigInteger.valueOf(start))
                .add(BigInteger.ONE);
        return OptionalLong.of(rows.max(BigInteger.ZERO)
                .min(BigInteger.valueOf(Long.MAX_VALUE))
                .longValue());
    }

    /** Whether nothing is said of the values themselves. */
    boolean isPlain() {
        return !sequence && min.isEmpty() && max.isEmpty() && values.isEmpty();
    }
}
