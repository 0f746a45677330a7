package io.leat.runtime.connector.sample;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a value looks like. Whatever a text is taken for, the decoders read it as that. */
enum ValueKind {
    BOOLEAN(Family.BOOLEANS),
    /** A number that a {@code long} holds. */
    INTEGER(Family.NUMBERS),
    /** A whole number of up to 38 digits. */
    LARGE_INTEGER(Family.NUMBERS),
    NUMBER(Family.NUMBERS),
    DATE(Family.TEXTS),
    TIME(Family.TEXTS),
    TIMESTAMP(Family.TEXTS),
    /** A timestamp that says how far its clock is from UTC. */
    INSTANT(Family.TEXTS),
    TEXT(Family.TEXTS),
    OBJECT(Family.OBJECTS),
    ARRAY(Family.ARRAYS);

    /** Kinds of which all have a type in common. */
    enum Family {
        BOOLEANS("a truth value"),
        NUMBERS("a number"),
        TEXTS("a text"),
        OBJECTS("an object"),
        ARRAYS("an array");

        private final String one;

        Family(String one) {
            this.one = one;
        }

        /** How a value is called, for people. */
        String one() {
            return one;
        }
    }

    private static final int MAX_DIGITS = 38;
    private static final Pattern WHOLE = Pattern.compile("-?(?:0|[1-9]\\d*)");
    private static final Pattern DECIMAL = Pattern.compile("-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d{1,3})?");
    private static final Pattern MOMENT =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)(?:[T ](\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?)"
                    + "(Z|[+-](?:0\\d|1[0-7])(?::?[0-5]\\d)?)?)?");
    private static final Pattern CLOCK = Pattern.compile("\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?");

    private final Family family;

    ValueKind(Family family) {
        this.family = family;
    }

    Family family() {
        return family;
    }

    /** What a text in quotes may be besides a text: something of date and time. */
    static ValueKind ofText(String text) {
        Matcher moment = MOMENT.matcher(text);
        if (moment.matches()) {
            boolean exists = isDate(moment.group(1)) && (moment.group(2) == null || isTime(moment.group(2)));
            if (!exists) {
                return TEXT;
            }
            return moment.group(2) == null ? DATE : moment.group(3) == null ? TIMESTAMP : INSTANT;
        }
        return CLOCK.matcher(text).matches() && isTime(text) ? TIME : TEXT;
    }

    /** What a text may be that stands for values of any type. A number with zeros in front is none: something is meant by them. */
    static ValueKind ofAnyText(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return BOOLEAN;
        }
        if (WHOLE.matcher(text).matches()) {
            return ofWhole(text);
        }
        if (DECIMAL.matcher(text).matches()) {
            return ofNumber(text);
        }
        return ofText(text);
    }

    /** The kind of a whole number by its digits. */
    static ValueKind ofWhole(String digits) {
        BigInteger value = new BigInteger(digits);
        if (value.bitLength() < Long.SIZE) {
            return INTEGER;
        }
        int length = digits.startsWith("-") ? digits.length() - 1 : digits.length();
        return length <= MAX_DIGITS ? LARGE_INTEGER : ofNumber(digits);
    }

    /** A number that a {@code double} holds; beyond that there is no type for it. */
    static ValueKind ofNumber(String digits) {
        return Double.isInfinite(Double.parseDouble(digits)) ? TEXT : NUMBER;
    }

    private static boolean isDate(String text) {
        try {
            return LocalDate.parse(text).getYear() > 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isTime(String text) {
        try {
            LocalTime.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
