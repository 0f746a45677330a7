package io.leat.benchmarks;

/**
 * Reads trades as a program that was written for them would: it knows the order of the fields, believes that every line is well-formed, and
 * copies nothing.
 */
final class TradeParser {
    private static final int TO_ACCOUNT = "{\"account\":".length();
    private static final int TO_SYMBOL = ",\"symbol\":\"".length();
    private static final int TO_PRICE = "\",\"price\":".length();
    private static final int TO_SIZE = ",\"size\":".length();
    private static final int TO_TIME = ",\"trade_time\":".length();
    private static final int TIME_DIGITS = 13;

    private final byte[] bytes;
    private final int length;
    private int at;

    long account;
    int symbolAt;
    int symbolBytes;
    double price;
    long size;
    long time;

    TradeParser(Lines lines) {
        bytes = lines.bytes();
        length = lines.length();
    }

    /** Reads the next trade into the fields; false if there is none. */
    boolean next() {
        if (at >= length) {
            return false;
        }
        at += TO_ACCOUNT;
        account = digits();
        at += TO_SYMBOL;
        symbolAt = at;
        at = Bytes.find(bytes, at, '"');
        symbolBytes = at - symbolAt;
        at += TO_PRICE;
        long whole = digits();
        int point = at++;
        long fraction = digits();
        price = at - point == 2 ? whole + fraction / 10.0 : whole + fraction / 100.0;
        at += TO_SIZE;
        size = digits();
        at += TO_TIME;
        time = Bytes.number(bytes, at, at + TIME_DIGITS);
        at += TIME_DIGITS + 2;
        return true;
    }

    private long digits() {
        long number = 0;
        int digit = bytes[at] - '0';
        while (digit >= 0 && digit <= 9) {
            number = 10 * number + digit;
            digit = bytes[++at] - '0';
        }
        return number;
    }
}
