package io.leat.runtime.connector.file;

import io.leat.runtime.platform.Clock;
import io.leat.runtime.platform.Random;
import java.util.regex.Pattern;

/** Names of files of one run, which no other run gives: the time of its start and a random number. */
record RunName(String text) {
    private static final Pattern PART = Pattern.compile("part-[0-9a-z]{14,20}(-\\d+)+\\.(json|csv|tsv)");
    private static final int RANDOM_DIGITS = 6;
    private static final int RADIX = Character.MAX_RADIX;

    static RunName create(Clock clock) {
        long micros = clock.wallMicros();
        Random random = new Random(clock.nanos() ^ Long.reverse(micros));
        StringBuilder text = new StringBuilder(Long.toString(micros, RADIX));
        for (int i = 0; i < RANDOM_DIGITS; i++) {
            text.append(Character.forDigit(random.nextInt(RADIX), RADIX));
        }
        return new RunName(text.toString());
    }

    String part(int number, String suffix) {
        return "part-" + text + "-" + number + suffix;
    }

    /** Whether some run may have given this name to a part. */
    static boolean isPart(String name) {
        return PART.matcher(name).matches();
    }

    boolean owns(String name) {
        return name.startsWith("part-" + text + "-");
    }
}
