package io.leat.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that says where a job keeps its state. Help loads this class, so it names none of the runtime. */
final class StateOption {
    @Option(
            names = "--state",
            paramLabel = "DIR",
            description =
                    "Keep the state there, every epoch, and go on from what is there. Default: keep nothing, and start from the beginning.")
    private Path directory;

    /** The state directory, if there is one. */
    Optional<Path> directory() {
        return Optional.ofNullable(directory);
    }
}
