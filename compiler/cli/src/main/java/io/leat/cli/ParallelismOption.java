package io.leat.cli;

import io.leat.compiler.CompileOptions;
import picocli.CommandLine.Option;

/** How many workers a job is cut for. */
final class ParallelismOption {
    @Option(
            names = "--parallelism",
            paramLabel = "N",
            converter = NumberConverter.class,
            description = "How many threads do the work. Default: what the query sets, or 1.")
    private Integer workers;

    boolean isGiven() {
        return workers != null;
    }

    CompileOptions addTo(CompileOptions options) {
        if (workers == null) {
            return options;
        }
        try {
            return options.withParallelism(workers);
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--parallelism must be 1 to " + CompileOptions.MAX_PARALLELISM + ", and " + workers + " is not",
                    "");
        }
    }
}
