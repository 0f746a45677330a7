package io.leat.cli;

import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.local.Engine;
import io.leat.runtime.local.Job;
import io.leat.runtime.local.JobOptions;
import java.nio.file.Path;
import java.util.Map;

/** All that a program needs to run a job jar: leat-runtime on its class path, and these lines. {@link HostProgramTest} starts it. */
public final class HostProgram {
    private HostProgram() {}

    public static void main(String[] arguments) {
        CompiledJob turnover = CompiledJob.load(Path.of(arguments[0]));
        JobOptions options = JobOptions.defaults().withParameters(Map.of("in", arguments[1], "out", arguments[2]));
        try (Engine engine = Engine.open();
                Job job = engine.deploy(turnover, options)) {
            job.await()
                    .sources()
                    .forEach(source -> System.out.println(
                            source.table() + " " + source.counts().read()));
        }
    }
}
