package io.leat.runtime.kernel;

/**
 * About how many steps a regular expression compiles to. A counted repetition is compiled as often as it counts, so that nested
 * ones multiply: a pattern of forty characters could fill any memory. Does not judge whether the pattern is one.
 */
final class RegexSize {
    private final String pattern;
    private final int limit;
    private int at;

    private RegexSize(String pattern, int limit) {
        this.pattern = pattern;
        this.limit = limit;
    }

    /** The estimate, or a number above {@code limit} if it is larger than that. */
    static int estimate(String pattern, int limit) {
        RegexSize size = new RegexSize(pattern, limit);
        long[] outer = new long[pattern.length() + 1]; // what stood before each open group
        int depth = 0;
        long total = 0;
        long atom = 0;
        while (size.at < pattern.length()) {
            char sign = pattern.charAt(size.at);
            long repeats = sign == '{' ? size.readRepeats() : 0;
            if (repeats > 0) {
                total = size.capped(total + atom * (repeats - 1));
                atom = size.capped(atom * repeats);
            } else if (sign == '(') {
                outer[depth++] = total;
                total = 0;
                atom = 0;
                size.at++;
            } else if (sign == ')' && depth > 0) {
                atom = total + 2;
                total = size.capped(outer[--depth] + atom);
                size.at++;
            } else {
                size.skipAtom();
                atom = 1;
                total++;
            }
        }
        while (depth > 0) {
            total = size.capped(total + outer[--depth]);
        }
        return (int) size.capped(total);
    }

    private long capped(long size) {
        return Math.min(size, limit + 1L);
    }

    /** How often {@code {n}}, {@code {n,}} or {@code {n,m}} repeats what stands before it, or 0 if this is something else. */
    private long readRepeats() {
        int close = pattern.indexOf('}', at);
        if (close < 0) {
            return 0;
        }
        long largest = 0;
        long number = 0;
        for (int i = at + 1; i < close; i++) {
            char digit = pattern.charAt(i);
            if (digit != ',' && (digit < '0' || digit > '9')) {
                return 0;
            }
            number = digit == ',' ? 0 : capped(number * 10 + digit - '0');
            largest = Math.max(largest, number);
        }
        at = close + 1;
        return largest + 1; // {n,} ends in one more with a star
    }

    private void skipAtom() {
        char sign = pattern.charAt(at);
        if (sign == '\\') {
            char next = at + 1 < pattern.length() ? pattern.charAt(at + 1) : ' ';
            boolean named = (next == 'p' || next == 'P' || next == 'x') && pattern.startsWith("{", at + 2);
            int close = named ? pattern.indexOf('}', at) : at + 1;
            at = close < 0 ? pattern.length() : close + 1;
        } else if (sign == '[') {
            skipClass();
        } else {
            at++;
        }
    }

    private void skipClass() {
        at++;
        if (pattern.startsWith("^", at)) {
            at++;
        }
        // A bracket at the very start belongs to the class.
        for (boolean first = true; at < pattern.length(); first = false) {
            char sign = pattern.charAt(at);
            if (sign == ']' && !first) {
                at++;
                return;
            }
            int nested = sign == '[' && pattern.startsWith(":", at + 1) ? pattern.indexOf(":]", at + 2) : -1;
            at = nested >= 0 ? nested + 2 : sign == '\\' ? at + 2 : at + 1;
        }
    }
}
