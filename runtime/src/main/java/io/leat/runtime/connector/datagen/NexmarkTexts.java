package io.leat.runtime.connector.datagen;

import io.leat.runtime.batch.Column;
import io.leat.runtime.kernel.Hashing;
import io.leat.runtime.memory.Memory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The texts of Nexmark events, all of them ASCII. */
final class NexmarkTexts {
    private static final List<String> FIRST_NAMES =
            List.of("Ada", "Ben", "Cleo", "Dora", "Emil", "Finn", "Greta", "Hugo", "Ines", "Jonas", "Kira");
    private static final List<String> LAST_NAMES =
            List.of("Abbott", "Baker", "Cole", "Doyle", "Ellis", "Frost", "Grant", "Hayes", "Irwin");
    private static final List<String> CITIES =
            List.of("Phoenix", "Tucson", "Oakland", "Fresno", "Boise", "Nampa", "Salem", "Eugene", "Tacoma", "Casper");
    private static final List<String> STATES = List.of("AZ", "CA", "ID", "OR", "WA", "WY");

    /** Half of all bids come through these, the others through so many more. */
    private static final List<String> HOT_CHANNELS = List.of("Google", "Facebook", "Baidu", "Apple");

    private static final int OTHER_CHANNELS = 10_000;
    private static final double HOT_CHANNEL_SHARE = 0.5;
    /** How many addresses of the other channels say which one it is. */
    private static final double TOLD_CHANNEL_SHARE = 0.9;

    private static final int LETTERS = 26;
    private static final int DIRECTORIES = 3;
    private static final int DIRECTORY_LETTERS = 5;

    /** What a channel and an address have in common, so that they agree: the draws begin with this. */
    private static final int ANY_CHANNEL = -1;

    private NexmarkTexts() {}

    static ValueMaker names() {
        List<String> names = new ArrayList<>();
        FIRST_NAMES.forEach(first -> LAST_NAMES.forEach(last -> names.add(first + " " + last)));
        return new OneOf(names);
    }

    static ValueMaker cities() {
        return new OneOf(CITIES);
    }

    static ValueMaker states() {
        return new OneOf(STATES);
    }

    /** A text like the pattern, with a letter for each {@code ?} and a digit for each {@code #}. */
    static ValueMaker like(String pattern) {
        return new Pattern(pattern.getBytes(StandardCharsets.US_ASCII));
    }

    /** Small letters, from {@code min} to {@code max} of them. */
    static ValueMaker letters(int min, int max) {
        return new Letters(min, max);
    }

    /** The name of the channel of a bid. */
    static ValueMaker channel() {
        return (number, draws, column, row) -> {
            int hot = hotChannel(draws);
            column.putText(
                    row, hot == ANY_CHANNEL ? "channel-" + draws.upTo(OTHER_CHANNELS - 1) : HOT_CHANNELS.get(hot));
        };
    }

    /** The address that goes with the channel of a bid, drawn as that. */
    static ValueMaker url() {
        return (number, draws, column, row) -> {
            int hot = hotChannel(draws);
            long channel = hot == ANY_CHANNEL ? draws.upTo(OTHER_CHANNELS - 1) : OTHER_CHANNELS + hot;
            StringBuilder url = new StringBuilder("https://www.nexmark.example");
            // The directories of a channel are always the same.
            long bits = Hashing.hashInt64(channel);
            for (int i = 0; i < DIRECTORIES; i++) {
                url.append('/');
                for (int j = 0; j < DIRECTORY_LETTERS; j++) {
                    url.append((char) ('a' + Long.remainderUnsigned(bits, LETTERS)));
                    bits = Hashing.hashInt64(bits);
                }
            }
            url.append("/item.htm?query=1");
            if (hot == ANY_CHANNEL && draws.chance(TOLD_CHANNEL_SHARE)) {
                url.append("&channel_id=").append(channel);
            }
            column.putText(row, url.toString());
        };
    }

    private static int hotChannel(Draws draws) {
        return draws.chance(HOT_CHANNEL_SHARE) ? (int) draws.upTo(HOT_CHANNELS.size() - 1L) : ANY_CHANNEL;
    }

    private record OneOf(List<byte[]> values, int bytes) implements ValueMaker {
        OneOf(List<String> texts) {
            this(
                    texts.stream()
                            .map(text -> text.getBytes(StandardCharsets.US_ASCII))
                            .toList(),
                    texts.stream().mapToInt(String::length).max().orElseThrow());
        }

        @Override
        public void make(long number, Draws draws, Column column, int row) {
            column.putBytes(row, values.get((int) draws.upTo(values.size() - 1L)));
        }
    }

    private record Pattern(byte[] pattern) implements ValueMaker {
        @Override
        public void make(long number, Draws draws, Column column, int row) {
            long at = column.reserveBytes(row, pattern.length);
            for (int i = 0; i < pattern.length; i++) {
                long letter = switch (pattern[i]) {
                    case '?' -> 'a' + draws.upTo(LETTERS - 1);
                    case '#' -> '0' + draws.upTo(9);
                    default -> pattern[i];
                };
                Memory.putByte(at + i, (byte) letter);
            }
            column.finishBytes(row, pattern.length);
        }

        @Override
        public int bytes() {
            return pattern.length;
        }
    }

    private record Letters(int min, int max) implements ValueMaker {
        @Override
        public void make(long number, Draws draws, Column column, int row) {
            int length = min + (int) draws.upTo(max - (long) min);
            long at = column.reserveBytes(row, length);
            for (int i = 0; i < length; i++) {
                Memory.putByte(at + i, (byte) ('a' + draws.upTo(LETTERS - 1)));
            }
            column.finishBytes(row, length);
        }

        @Override
        public int bytes() {
            return max;
        }
    }
}
