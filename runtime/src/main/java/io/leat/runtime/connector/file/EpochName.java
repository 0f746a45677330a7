package io.leat.runtime.connector.file;

import io.leat.runtime.connector.StagedSink;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a file that holds rows of an epoch, from which follow its job, its epoch and the start that wrote it. Sorted by name, files of a job are in
 * the order of their epochs.
 */
record EpochName(String job, long epoch, long generation, int sink, int number) {
    private static final Pattern NAME =
            Pattern.compile("part-([0-9a-z]+)-(\\d+)-(\\d+)-(\\d+)-(\\d+)\\.(?:json|csv|tsv)");
    private static final String EPOCH_DIGITS = "%010d";

    static EpochName of(StagedSink.Run run, long epoch, int number) {
        return new EpochName(run.job(), epoch, run.generation(), run.number(), number);
    }

    static Optional<EpochName> parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new EpochName(
                matcher.group(1),
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)),
                Integer.parseInt(matcher.group(4)),
                Integer.parseInt(matcher.group(5))));
    }

    String text(String suffix) {
        return "part-" + job + "-" + String.format(EPOCH_DIGITS, epoch) + "-" + generation + "-" + sink + "-" + number
                + suffix;
    }
}
