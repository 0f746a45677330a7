package io.leat.runtime.local;

import io.leat.runtime.connector.SourceTraits;
import io.leat.runtime.epoch.StateException;
import io.leat.runtime.job.JobGraph;
import io.leat.runtime.job.JobGraph.PhaseSpec;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.SinkSpec;
import io.leat.runtime.platform.Threads;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Leads a job through its phases. One run per object; {@link #run} belongs to one thread, the rest to any. */
final class JobRun {
    /** What the job keeps beside its nodes. */
    static final String WHOLE = "job";

    private final JobContext context;
    private final JobGraph graph;
    private final Threads threads;
    private final EpochClock epochs;
    private final EpochLog epochLog = new EpochLog();
    private final JobTotals totals = new JobTotals();
    private final Map<Integer, VerdictLog> logs = new HashMap<>();
    private Optional<DurableEpochs> durable = Optional.empty();
    private volatile boolean draining;
    private volatile boolean stopping;
    private volatile PhaseResources running;
    /** Whether the job has stopped at the end of an epoch, with something left to do. */
    private volatile boolean paused;

    private volatile Snapshot snapshot;
    private final SavedNames savedNames;
    private final SavedQuery query;
    /** Workers that have something left to do in the phase. */
    private final AtomicInteger busy = new AtomicInteger();

    JobRun(JobContext context) {
        this.context = context;
        this.graph = context.job().graph();
        this.threads = context.platform().threads();
        this.epochs = new EpochClock(
                context.platform().clock(), context.options().epoch().toNanos(), context.refreshed()::versions);
        this.savedNames = new SavedNames(graph);
        this.query = SavedQuery.of(graph);
        findSharedSources();
    }

    /** Sources that several phases read need to remember what became of each row. */
    private void findSharedSources() {
        Map<Integer, Integer> phases = new HashMap<>();
        Map<Integer, PhaseSpec> last = new HashMap<>();
        for (PhaseSpec phase : graph.phases()) {
            phase.nodes().stream()
                    .filter(NodeSpec.Scan.class::isInstance)
                    .map(node -> ((NodeSpec.Scan) node).source())
                    .distinct()
                    .forEach(source -> {
                        phases.merge(source, 1, Integer::sum);
                        last.put(source, phase);
                    });
        }
        phases.forEach((source, count) -> {
            if (count > 1) {
                logs.put(source, new VerdictLog(last.get(source)));
            }
        });
    }

    /** Runs the job; throws what makes it fail. */
    void run() {
        Optional<Path> state = context.options().state();
        if (state.isEmpty()) {
            runFrom(context.options().from());
            return;
        }
        Appliers appliers = new Appliers(graph, context::openApplier);
        SinkTransactions transactions = new SinkTransactions(context);
        try (DurableEpochs epochsOnDisk = DurableEpochs.open(
                context.platform(), state.get(), context.options().stateFiles(), appliers, transactions::open)) {
            Optional<Snapshot> restored = epochsOnDisk.restored();
            if (epochsOnDisk.isFinished()) {
                restored.ifPresent(each -> saved(each, true));
                context.notes()
                        .add("nothing is left to do: by the state in " + state.get()
                                + " the job has come to its end, in epoch " + epochsOnDisk.decided());
                return;
            }
            durable = Optional.of(epochsOnDisk);
            context.durable(epochsOnDisk);
            runFrom(restored);
        } catch (SnapshotException e) {
            throw new StateException("state directory '" + state.get() + "': " + e.getMessage());
        }
    }

    /** Runs all phases that are left. */
    private void runFrom(Optional<Snapshot> from) {
        Map<Integer, Integer> resultNumbers = announceResults();
        Optional<SavedJob> saved = from.map(each -> saved(each, false));
        int first = 0;
        WholeJob.Counts before = new WholeJob.Counts(new TreeMap<>(), new TreeMap<>());
        if (saved.isPresent()) {
            first = saved.get().phase();
            epochs.goOnBehind(saved.get().epoch());
            saved.get().restore(WHOLE, 0, 1, wholeJob(before).of(saved.get().change()));
            WholeJob.restoreTables(context, first, saved.get());
        }
        epochs.stopAfter(context.options().stopAfterEpochs(), durable.isPresent());
        for (int phase = first; phase < graph.phases().size(); phase++) {
            if (draining || stopping || paused) {
                return;
            }
            runPhase(phase, resultNumbers, phase == first ? saved : Optional.empty(), before);
            before = new WholeJob.Counts(Map.of(), Map.of());
        }
    }

    private SavedJob saved(Snapshot from, boolean last) {
        SavedJob saved =
                SavedJob.of(from, last, savedNames, query, context.options().accepted());
        if (!saved.change().isNone()) {
            ChangeText.notes(saved.change()).forEach(context.notes()::add);
        }
        return saved;
    }

    private WholeJob wholeJob(WholeJob.Counts runningCounts) {
        return new WholeJob(context, totals.ended(), runningCounts, logs, totals.deliveries());
    }

    /** Results are shown in the order of their statements, whichever phase they come from. */
    private Map<Integer, Integer> announceResults() {
        Map<Integer, Integer> numbers = new HashMap<>();
        graph.phases().stream()
                .flatMap(phase -> phase.nodes().stream())
                .filter(NodeSpec.Deliver.class::isInstance)
                .map(NodeSpec.Deliver.class::cast)
                .filter(deliver -> graph.sinks().get(deliver.sink()).kind() == SinkSpec.Kind.PRINT)
                .sorted(Comparator.comparingInt(NodeSpec.Deliver::statement))
                .forEach(deliver -> {
                    SinkSpec sink = graph.sinks().get(deliver.sink());
                    numbers.put(deliver.id(), context.results().announce(sink.name(), sink.schema()));
                });
        return numbers;
    }

    private void runPhase(
            int number, Map<Integer, Integer> resultNumbers, Optional<SavedJob> saved, WholeJob.Counts before) {
        PhaseSpec phase = graph.phases().get(number);
        try (PhaseResources resources = new PhaseResources(context, phase, logs, epochs::stop)) {
            resources.counts().restore(before);
            running = resources;
            resources.open(resultNumbers, saved.isPresent());
            List<Worker> workers = new PhaseBuilder(context, phase, resources).build(epochs, epochLog);
            runWorkers(number, workers, resources, saved);
            if (!paused) {
                context.refreshed().begin(phase, context, epochs.running().wallMicros());
            }
        } finally {
            PhaseResources ended = running;
            running = null;
            if (ended != null) {
                totals.ended(ended.counts());
            }
        }
    }

    private void runWorkers(int phase, List<Worker> workers, PhaseResources resources, Optional<SavedJob> saved) {
        try {
            epochs.workers(workers.size());
            resources.beginsAt(epochs.running().number() + 1);
            saved.ifPresent(from -> restore(graph.phases().get(phase), workers, from));
            work(workers, resources);
            while (!stopping && workers.stream().allMatch(Worker::isStopped)) {
                if (durable.isPresent()) {
                    saveAndDecide(durable.get(), phase, workers, resources);
                }
                if (epochs.isEnd()) {
                    snapshot = durable.isPresent() ? null : save(phase, workers, resources);
                    resources.pause();
                    paused = true;
                    durable.ifPresent(each -> context.notes()
                            .add("the state is kept in " + each.shown() + " up to epoch " + each.decided()
                                    + ": start it again to go on"));
                    return;
                }
                workers.forEach(Worker::goOn);
                work(workers, resources);
            }
            if (!stopping) {
                resources.checkRejects();
                resources.finish(draining);
                finishEpochs(phase, resources);
                totals.deliveries().addAll(resources.summaries());
            }
            totals.leftOpen(workers);
        } finally {
            workers.forEach(Worker::close);
        }
    }

    /** Files of a phase that has ended wait for the end of the epoch, which is now if it was the last phase. */
    private void finishEpochs(int phase, PhaseResources resources) {
        durable.ifPresent(each -> {
            each.add(resources.seal(each.running()));
            if (phase == graph.phases().size() - 1) {
                SnapshotBuilder nothing = each.begin(savedNames, query, phase, epochs.running(), true);
                nothing.end();
                each.finish(nothing);
            }
        });
    }

    private void restore(PhaseSpec phase, List<Worker> workers, SavedJob saved) {
        Map<Integer, Integer> workersOfNodes = new HashMap<>();
        workers.forEach(worker -> worker.restoredNodes().forEach(node -> workersOfNodes.merge(node, 1, Integer::sum)));
        saved.checkMoves(phase, workersOfNodes);
        boolean goesOn = durable.isPresent() && durable.get().canGoOn() && saved.goesOn(workersOfNodes);
        workers.forEach(worker -> worker.restore(saved, workersOfNodes));
        saved.checkRestored();
        durable.ifPresent(each -> each.restoredAll(goesOn));
    }

    /** Writes down the state at the end of an epoch, and lets the epoch be decided. */
    private void saveAndDecide(DurableEpochs epochsOnDisk, int phase, List<Worker> workers, PhaseResources resources) {
        SnapshotBuilder builder = epochsOnDisk.begin(savedNames, query, phase, epochs.running(), false);
        save(builder, phase, workers, resources);
        resources.checkRejects();
        epochsOnDisk.add(resources.seal(epochsOnDisk.running()));
        epochsOnDisk.end(builder);
    }

    private Snapshot save(int phase, List<Worker> workers, PhaseResources resources) {
        SnapshotTarget.InMemory target = new SnapshotTarget.InMemory(phase, epochs.running(), query);
        save(new SnapshotBuilder(savedNames, target, Optional.empty()), phase, workers, resources);
        return target.snapshot();
    }

    /** All workers have stopped at the end of the same epoch, and nothing is on its way. */
    private void save(SnapshotBuilder builder, int phase, List<Worker> workers, PhaseResources resources) {
        workers.forEach(worker -> worker.save(builder));
        WholeJob.Counts counts = new WholeJob.Counts(
                resources.counts().bySource(), resources.counts().byStatement());
        wholeJob(counts).save(builder.writer(WHOLE, 0));
        WholeJob.saveTables(context, phase, builder);
        builder.end();
    }

    boolean isPaused() {
        return paused;
    }

    /** What the job was stopped with; null if it was not, or not yet, or if it keeps its state in a directory. */
    Snapshot snapshot() {
        return snapshot;
    }

    /** Stops at the end of the epoch, which is now. */
    void stopWithSnapshot() {
        epochs.stop();
    }

    private void work(List<Worker> workers, PhaseResources resources) {
        busy.set(workers.size());
        if (workers.size() == 1) {
            loop(workers.get(0), resources, workers);
            return;
        }
        AtomicReference<Throwable> failure = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(workers.size());
        for (int i = 0; i < workers.size(); i++) {
            Worker worker = workers.get(i);
            threads.start("leat-worker-" + i, 0, () -> {
                try {
                    loop(worker, resources, workers);
                } catch (RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                    stopping = true;
                } finally {
                    done.countDown();
                }
            });
        }
        threads.await(done);
        Throwable thrown = failure.get();
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
    }

    private void loop(Worker worker, PhaseResources resources, List<Worker> all) {
        worker.runBy(threads.current());
        boolean told = false;
        boolean finished = false;
        // Who has nothing left to do is there for the epochs of the others.
        while (!stopping && !worker.isStopped() && busy.get() > 0) {
            if (!finished && worker.isFinished()) {
                finished = true;
                busy.decrementAndGet();
                continue;
            }
            if (draining && !told) {
                told = true;
                worker.drain();
            }
            if (worker == all.get(0)) {
                resources.checkRejectsAt(epochs.running().number());
            }
            if (context.stateMemory().isExceeded()) {
                throw context.stateMemory().exceeded(mostIsKept(worker, all.size()));
            }
            boolean read = context.refreshed().step(epochs);
            if (worker.step() || read) {
                worker.worked();
            } else {
                worker.pause(threads);
            }
        }
    }

    /** What keeps the most on a worker. */
    private String mostIsKept(Worker worker, int workers) {
        Map<Integer, Long> entries = worker.entries();
        return entries.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .filter(most -> most.getValue() > 0)
                .map(most -> "most is in " + savedNames.of(most.getKey()) + ", with " + most.getValue()
                        + " entries on one of " + workers + " workers")
                .orElse("nothing is kept yet: batches of rows take it");
    }

    /** Reads no further, works off what was read, and ends. */
    void drain() {
        if (context.options().state().isPresent()) {
            stopWithSnapshot(); // what is open stays open, for the next start
        } else {
            draining = true;
        }
    }

    /** Ends at once. */
    void stop() {
        stopping = true;
    }

    boolean isStopping() {
        return stopping;
    }

    /** Whether any source may go on for ever. */
    boolean isUnbounded() {
        return graph.sources().stream().anyMatch(source -> source.end() == SourceTraits.End.UNBOUNDED);
    }

    JobReport report() {
        return totals.report(context, Optional.ofNullable(running).map(PhaseResources::counts), epochLog, draining);
    }
}
