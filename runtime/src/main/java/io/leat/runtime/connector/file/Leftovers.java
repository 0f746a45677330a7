package io.leat.runtime.connector.file;

import io.leat.runtime.platform.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;

/** Removes what runs that were killed left in a staging place. */
final class Leftovers {
    /** Files that nobody has written to for so long belong to no living run. */
    static final long ABANDONED_MICROS = 24L * 3_600 * 1_000_000;

    private Leftovers() {}

    /** Removes abandoned files with such names. What cannot be removed stays: it is not in the way. */
    static void remove(Platform platform, Path directory, long abandonedMicros, Predicate<String> names) {
        try {
            if (!platform.disk().isDirectory(directory)) {
                return;
            }
            for (Path file : platform.disk().list(directory)) {
                long age = platform.clock().wallMicros() - platform.disk().modifiedMicros(file);
                if (names.test(file.getFileName().toString()) && age >= abandonedMicros) {
                    platform.disk().delete(file);
                }
            }
        } catch (IOException e) {
            // Another run may be removing the same files.
        }
    }
}
