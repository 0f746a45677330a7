package io.leat.runtime.epoch;

import io.leat.runtime.connector.Hashes;
import java.nio.charset.StandardCharsets;

/**
 * What the state of an epoch was made with, in short.
 *
 * @param plan hash of what the query computes, with all its constants
 * @param layouts hash of what its operators keep
 * @param functions what functions mean
 * @param zones hash of the rules of the time zones that it uses
 */
public record Fingerprints(String plan, String layouts, int functions, String zones) {

    /** Of texts that say all of it. */
    public static Fingerprints of(String plan, String layouts, int functions, String zones) {
        return new Fingerprints(hash(plan), hash(layouts), functions, hash(zones));
    }

    private static String hash(String text) {
        return Hashes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Without line ends. */
    String toLine() {
        return plan + " " + layouts + " " + functions + " " + zones;
    }

    static Fingerprints ofLine(String line) {
        String[] fields = line.split(" ", -1);
        return new Fingerprints(fields[0], fields[1], Integer.parseInt(fields[2]), fields[3]);
    }
}
