package io.leat.compiler.simulation;

import io.leat.runtime.connector.Connectors;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.local.Engine;
import io.leat.runtime.local.Job;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.local.JobReport;
import io.leat.runtime.local.SecretResolver;
import java.util.Optional;

/** A start of a job in a process of its own: the engine as it is, on a simulated machine. */
final class Start {
    private static final Connectors INSTALLED = Connectors.installed();

    private final World world;
    private final SimulatedProcess process;
    private final CompiledJob job;
    private final JobOptions options;
    private JobReport report;
    private RuntimeException failure;
    private Throwable leak;

    Start(World world, CompiledJob job, JobOptions options) {
        this.world = world;
        this.process = new SimulatedProcess(world);
        this.job = job;
        this.options = options;
        world.scheduler().start(process, this::run);
    }

    private void run() {
        Connectors connectors = INSTALLED.with(new SimulatedConnector(world, process));
        if (world.mutant() == Mutant.SHOWS_AGAIN) {
            connectors = connectors.with(new ForgetfulConnector());
        }
        try (Engine engine = Engine.open(process.platform(), SecretResolver.environmentOnly(), connectors)) {
            run(engine);
        } catch (RuntimeException | Error e) {
            leak = e;
        }
    }

    private void run(Engine engine) {
        try (Job running = engine.deploy(job, options)) {
            try {
                report = running.await();
            } catch (RuntimeException e) {
                failure = e;
            }
        }
    }

    SimulatedProcess process() {
        return process;
    }

    boolean isAlive() {
        return world.scheduler().isAlive(process);
    }

    /** What it did; empty if it failed, was killed, or still runs. */
    Optional<JobReport> report() {
        return Optional.ofNullable(report);
    }

    /** Why it failed; null if it did not. */
    RuntimeException failure() {
        return failure;
    }

    /** What it did not free; null if it freed all. */
    Throwable leak() {
        return leak;
    }
}
