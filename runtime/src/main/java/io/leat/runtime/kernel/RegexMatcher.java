package io.leat.runtime.kernel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;

/**
 * REGEXP_LIKE, REGEXP_EXTRACT and REGEXP_REPLACE with the syntax of RE2, in time linear in the text whatever the pattern. A
 * pattern that is none, has more than 4096 bytes or repeats too much, a group that it does not have, and a broken replacement
 * are errors ({@code BAD_ARGUMENT}).
 *
 * <p>One per call site: keeps the last pattern and compiles when another comes. RE2/J reads bytes from the heap only, so every
 * call allocates about the size of the text. Not thread-safe.
 */
public final class RegexMatcher {
    private static final int MAX_PATTERN_BYTES = 4096;
    private static final int MAX_STEPS = 20_000;
    private static final int NO_DIGIT = Integer.MIN_VALUE;

    private final PatternMemory pattern = new PatternMemory();
    private Matcher matcher;

    /** Whether the pattern matches somewhere in the text. */
    public boolean contains(long address, int length, long patternAddress, int patternLength) {
        return start(address, length, patternAddress, patternLength).find(0);
    }

    /** What a group of the first match matched, group 0 being the whole; NULL if there is no match, or not of this group. */
    public void extract(
            long address, int length, long patternAddress, int patternLength, long group, BytesResult result) {
        Matcher started = start(address, length, patternAddress, patternLength);
        checkGroup(group);
        int from = started.find(0) ? started.start((int) group) : -1;
        if (from < 0) {
            result.setNull();
        } else {
            result.view(address + from, started.end((int) group) - from);
        }
    }

    /**
     * The text with every match replaced. In the replacement {@code $1} and {@code \1} stand for a group, of one digit, and
     * {@code \} before another character for that character.
     */
    public void replace(
            long address,
            int length,
            long patternAddress,
            int patternLength,
            long replacement,
            int replacementLength,
            BytesResult result) {
        Matcher started = start(address, length, patternAddress, patternLength);
        int copied = 0;
        int from = 0;
        result.clear();
        while (from <= length && started.find(from)) {
            Text.append(address + copied, started.start() - copied, result);
            appendReplacement(address, replacement, replacementLength, result);
            copied = started.end();
            // Behind an empty match the next one begins a code point later at the earliest.
            boolean empty = copied == started.start();
            from = empty ? (int) (Utf8.next(address + copied, address + length) - address) : copied;
        }
        if (from == 0) {
            result.view(address, length);
        } else {
            Text.append(address + copied, length - copied, result);
        }
    }

    private void appendReplacement(long address, long replacement, int replacementLength, BytesResult result) {
        int literal = 0;
        for (int i = 0; i < replacementLength; i++) {
            int sign = Memory.getByte(replacement + i);
            if (sign == '$' || sign == '\\') {
                Text.append(replacement + literal, i - literal, result);
                i++;
                int digit = i < replacementLength ? Digits.at(replacement + i) : NO_DIGIT;
                boolean isGroup = Digits.isDigit(digit);
                if (digit == NO_DIGIT || (sign == '$' && !isGroup)) {
                    throw Errors.badArgument("in the replacement " + Errors.quote(replacement, replacementLength)
                            + " no group follows " + RowError.quote(Character.toString(sign)));
                }
                if (isGroup) {
                    appendGroup(address, digit, result);
                }
                literal = isGroup ? i + 1 : i;
            }
        }
        Text.append(replacement + literal, replacementLength - literal, result);
    }

    private void appendGroup(long address, int group, BytesResult result) {
        checkGroup(group);
        int from = matcher.start(group);
        if (from >= 0) {
            Text.append(address + from, matcher.end(group) - from, result);
        }
    }

    private void checkGroup(long group) {
        if (group < 0 || group > matcher.groupCount()) {
            throw Errors.badArgument("the pattern " + RowError.quote(pattern.text()) + " has no group " + group);
        }
    }

    private Matcher start(long address, int length, long patternAddress, int patternLength) {
        byte[] text = Memory.toArray(address, length);
        if (matcher != null && pattern.isSame(patternAddress, patternLength)) {
            return matcher.reset(text);
        }
        matcher = compile(patternAddress, patternLength).matcher(text);
        pattern.keep(patternAddress, patternLength);
        return matcher;
    }

    private static Pattern compile(long patternAddress, int patternLength) {
        if (patternLength > MAX_PATTERN_BYTES) {
            throw Errors.badArgument(
                    "a pattern of " + patternLength + " bytes passes the limit of " + MAX_PATTERN_BYTES);
        }
        String text = PatternMemory.text(patternAddress, patternLength);
        if (RegexSize.estimate(text, MAX_STEPS) > MAX_STEPS) {
            throw Errors.badArgument(
                    RowError.quote(text) + " repeats too much: it passes the limit of " + MAX_STEPS + " steps");
        }
        try {
            return Pattern.compile(text);
        } catch (StackOverflowError e) {
            throw Errors.badArgument(RowError.quote(text) + " has too many groups inside each other");
        } catch (PatternSyntaxException e) {
            throw Errors.badArgument(RowError.quote(text) + " is no regular expression: " + e.getDescription());
        }
    }
}
