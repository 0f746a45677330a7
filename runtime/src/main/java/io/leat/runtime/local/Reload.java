package io.leat.runtime.local;

import io.leat.runtime.job.JobGraph.PhaseSpec;
import io.leat.runtime.state.StaticTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One more reading of a static table, step by step, whichever thread makes a step. */
final class Reload implements AutoCloseable {
    private final JobContext context;
    private final PhaseResources resources;
    private final Map<Integer, StaticTable> built = new HashMap<>();
    private List<Worker> workers = List.of();

    /**
     * @param version the number of this reading
     */
    Reload(JobContext context, PhaseSpec reading, int version, EpochClock epochs) {
        this.context = context;
        this.resources = new PhaseResources(context, reading, version);
        try {
            resources.open(Map.of(), false);
            EpochClock standing = epochs.standing(context.job().graph().parallelism());
            workers = new PhaseBuilder(context, reading, resources, built).build(standing, new EpochLog());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Reads on; true if everything was read. */
    boolean step() {
        boolean finished = true;
        for (Worker worker : workers) {
            worker.runBy(context.platform().threads().current());
            if (!worker.isFinished()) {
                worker.step();
            }
            finished &= worker.isFinished();
        }
        if (finished) {
            resources.checkRejects();
        }
        return finished;
    }

    /** Whether rows were left out because they could not be read. */
    boolean rejected() {
        return resources.counts().bySource().values().stream().anyMatch(counts -> counts.rejected() > 0);
    }

    /** Hands over the table that was read. */
    StaticTable take(int build) {
        return built.remove(build);
    }

    @Override
    public void close() {
        workers.forEach(Worker::close);
        resources.close();
        built.values().forEach(StaticTable::close);
    }
}
