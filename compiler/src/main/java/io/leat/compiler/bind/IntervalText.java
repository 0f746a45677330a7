package io.leat.compiler.bind;

import io.leat.grammar.tree.Expression.TimeUnit;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text of interval literals: {@code 5} of a unit, {@code 1 02:03:04.5} of a range of units, {@code 90 seconds}. */
final class IntervalText {
    private static final Pattern WORDS = Pattern.compile("\\s*([+-]?\\d+(?:\\.\\d+)?)\\s*([a-zA-Z]+)\\s*,?");
    private static final Pattern YEAR_TO_MONTH = Pattern.compile("\\s*([+-])?(\\d+)-(\\d+)\\s*");
    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final List<TimeUnit> CLOCK = List.of(TimeUnit.DAY, TimeUnit.HOUR, TimeUnit.MINUTE, TimeUnit.SECOND);

    private IntervalText() {}

    /**
     * @param amount months, or microseconds
     */
    record Value(boolean months, long amount) {}

    static Optional<Value> parse(String text, Optional<TimeUnit> from, Optional<TimeUnit> to) {
        try {
            if (from.isEmpty()) {
                return words(text);
            }
            return to.isEmpty() ? single(text, from.get()) : range(text, from.get(), to.get());
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Value> single(String text, TimeUnit unit) {
        return of(new BigDecimal(text.strip()), unit);
    }

    private static Optional<Value> of(BigDecimal amount, TimeUnit unit) {
        long months = switch (unit) {
            case MILLENNIUM -> 12_000;
            case CENTURY -> 1_200;
            case DECADE -> 120;
            case YEAR -> 12;
            case QUARTER -> 3;
            case MONTH -> 1;
            default -> 0;
        };
        if (months > 0) {
            long total = amount.multiply(BigDecimal.valueOf(months)).longValueExact();
            return Optional.of(new Value(true, Math.toIntExact(total)));
        }
        long micros = micros(unit);
        return micros == 0
                ? Optional.empty()
                : Optional.of(new Value(
                        false, amount.multiply(BigDecimal.valueOf(micros)).longValueExact()));
    }

    private static long micros(TimeUnit unit) {
        return switch (unit) {
            case WEEK -> 7 * 86_400 * MICROS_PER_SECOND;
            case DAY -> 86_400 * MICROS_PER_SECOND;
            case HOUR -> 3_600 * MICROS_PER_SECOND;
            case MINUTE -> 60 * MICROS_PER_SECOND;
            case SECOND -> MICROS_PER_SECOND;
            case MILLISECOND -> 1_000;
            case MICROSECOND -> 1;
            default -> 0;
        };
    }

    private static Optional<Value> words(String text) {
        Matcher word = WORDS.matcher(text);
        Value sum = null;
        int at = 0;
        while (at < text.length()) {
            if (!word.find(at) || word.start() != at) {
                return text.substring(at).isBlank() ? Optional.ofNullable(sum) : Optional.empty();
            }
            Optional<TimeUnit> unit = unit(word.group(2));
            Optional<Value> part = unit.flatMap(u -> of(new BigDecimal(word.group(1)), u));
            if (part.isEmpty() || sum != null && sum.months() != part.get().months()) {
                return Optional.empty();
            }
            sum = sum == null
                    ? part.get()
                    : new Value(
                            sum.months(), Math.addExact(sum.amount(), part.get().amount()));
            at = word.end();
        }
        return Optional.ofNullable(sum);
    }

    private static Optional<TimeUnit> unit(String word) {
        String name = word.toUpperCase(Locale.ROOT);
        String shortName = switch (name) {
            case "S", "SEC", "SECS" -> "SECOND";
            case "MIN", "MINS" -> "MINUTE";
            case "H", "HR", "HRS" -> "HOUR";
            case "D" -> "DAY";
            case "MS", "MILLIS" -> "MILLISECOND";
            case "US", "MICROS" -> "MICROSECOND";
            case "CENTURIES" -> "CENTURY";
            case "MILLENNIA" -> "MILLENNIUM";
            default -> name.endsWith("S") ? name.substring(0, name.length() - 1) : name;
        };
        for (TimeUnit unit : TimeUnit.values()) {
            if (unit.name().equals(shortName)) {
                return Optional.of(unit);
            }
        }
        return Optional.empty();
    }

    private static Optional<Value> range(String text, TimeUnit from, TimeUnit to) {
        if (from == TimeUnit.YEAR && to == TimeUnit.MONTH) {
            Matcher parts = YEAR_TO_MONTH.matcher(text);
            if (!parts.matches()) {
                return Optional.empty();
            }
            long months = Math.addExact(
                    Math.multiplyExact(Long.parseLong(parts.group(2)), 12), Long.parseLong(parts.group(3)));
            return Optional.of(new Value(true, Math.toIntExact("-".equals(parts.group(1)) ? -months : months)));
        }
        int first = CLOCK.indexOf(from);
        int last = CLOCK.indexOf(to);
        return first < 0 || last <= first ? Optional.empty() : clock(text, first, last);
    }

    /** Numbers of consecutive units from {@code first} to {@code last}: a blank behind the days, colons between the rest. */
    private static Optional<Value> clock(String text, int first, int last) {
        String rest = text.strip();
        boolean negative = rest.startsWith("-");
        if (negative || rest.startsWith("+")) {
            rest = rest.substring(1);
        }
        String[] parts = rest.split(first == 0 ? "\\s+|:" : ":", -1);
        if (parts.length != last - first + 1) {
            return Optional.empty();
        }
        long total = 0;
        for (int i = 0; i < parts.length; i++) {
            BigDecimal amount = new BigDecimal(parts[i]);
            long micros = amount.multiply(BigDecimal.valueOf(micros(CLOCK.get(first + i))))
                    .longValueExact();
            total = Math.addExact(total, micros);
        }
        return Optional.of(new Value(false, negative ? -total : total));
    }
}
