package io.leat.cli;

import picocli.CommandLine.Option;

/** Options that say what is meant of the changes of a query. Help loads this class, so it names none of the runtime. */
final class ChangeOptions {
    private static final String CHANGED_QUERY = "--accept-changed-query";
    private static final String PARTIAL_RESULTS = "--accept-partial-results";

    @Option(
            names = CHANGED_QUERY,
            description =
                    "Go on with the state of a query that computed something else, such as with another constant. What was computed stays.")
    private boolean changedQuery;

    @Option(
            names = PARTIAL_RESULTS,
            description =
                    "Let operators that are new begin with the rows that come now. Their first results are of these alone.")
    private boolean partialResults;

    boolean changedQuery() {
        return changedQuery;
    }

    boolean partialResults() {
        return partialResults;
    }

    /** A run has no use for them without a state. */
    void check(boolean keepsState) {
        if (!keepsState && (changedQuery || partialResults)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    (changedQuery ? CHANGED_QUERY : PARTIAL_RESULTS)
                            + " is about the state of a query before, and there is none",
                    "name its directory with --state DIR");
        }
    }
}
