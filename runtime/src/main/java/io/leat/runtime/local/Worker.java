package io.leat.runtime.local;

import io.leat.runtime.local.EpochClock.Epoch;
import io.leat.runtime.operator.ClockedOperator;
import io.leat.runtime.pipeline.Operator;
import io.leat.runtime.platform.Threads;
import io.leat.runtime.state.Restorable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * One worker of a phase: reads its partitions and owns its share of the virtual partitions. It works in small steps and never
 * blocks, so that any number of workers can also be stepped by one thread, in any order.
 */
final class Worker implements AutoCloseable {
    private static final long PAUSE_NANOS = 200_000;
    private static final long LONG_PAUSE_NANOS = 2_000_000;
    private static final int STEPS_BEFORE_LONG_PAUSE = 50;

    private final List<ScanTask> scans;
    private final List<ValuesTask> values;
    private final List<ChannelInput> inputs;
    private final List<Outlet> outlets;
    private final List<Node> nodes;
    private final List<Operator> operators;
    private final Map<Integer, Restorable> restorables;
    private final int number;
    private final Map<Integer, TableView> views;
    private final EpochClock epochs;
    private final EpochLog log;
    /** Null before the first one. */
    private Epoch epoch;
    /** Whether the epoch is over: nothing more is read in it. */
    private boolean ending;

    private boolean stopped;
    /** Whether it had stopped at the end of an epoch, and the next step begins the next one. */
    private boolean goesOn;

    private boolean finished;
    private int idleSteps;

    /** A node of the graph with what it sends to other workers. */
    static final class Node {
        /** Null for a node that only begins a phase. */
        private final Operator operator;

        private final BooleanSupplier complete;
        private final List<Outlet> outlets;
        private boolean ended;

        /**
         * @param complete whether everything of the epoch that ends has come to the node
         */
        Node(Operator operator, BooleanSupplier complete, List<Outlet> outlets) {
            this.operator = operator;
            this.complete = complete;
            this.outlets = outlets;
        }

        /** Whether nothing of the epoch comes from here any more. */
        boolean hasEnded() {
            return ended;
        }

        private boolean end(long epoch) {
            if (ended || !complete.getAsBoolean()) {
                return false;
            }
            if (operator != null) {
                operator.endEpoch(epoch);
            }
            outlets.forEach(outlet -> outlet.exchange.finishEpoch(epoch));
            ended = true;
            return true;
        }
    }

    /** A way to other workers. */
    static final class Outlet {
        private final ExchangeOperator exchange;
        private final BooleanSupplier exhausted;
        private boolean closed;

        /**
         * @param exhausted whether no more rows can come from what feeds it
         */
        Outlet(ExchangeOperator exchange, BooleanSupplier exhausted) {
            this.exchange = exchange;
            this.exhausted = exhausted;
        }

        /** Tells the other workers, once, that nothing follows; true if it did so now. */
        boolean close() {
            if (closed || !exhausted.getAsBoolean()) {
                return false;
            }
            closed = true;
            exchange.finish();
            return true;
        }
    }

    /**
     * @param nodes in the order in which rows flow
     * @param restorables what is saved, by the id of its node
     * @param views of refreshed tables, by the node that builds them
     * @param number of this worker, from 0
     * @param log is told what each epoch was
     */
    Worker(
            List<ScanTask> scans,
            List<ValuesTask> values,
            List<ChannelInput> inputs,
            List<Outlet> outlets,
            List<Node> nodes,
            Map<Integer, Restorable> restorables,
            Map<Integer, TableView> views,
            int number,
            EpochClock epochs,
            EpochLog log) {
        this.scans = scans;
        this.values = values;
        this.inputs = inputs;
        this.outlets = outlets;
        this.views = views;
        this.nodes = nodes;
        this.restorables = restorables;
        this.operators = nodes.stream()
                .filter(node -> node.operator != null)
                .map(node -> node.operator)
                .toList();
        this.number = number;
        this.epochs = epochs;
        this.log = log;
    }

    /** Names the thread that steps this worker. */
    void runBy(Thread thread) {
        inputs.forEach(input -> input.receiver(thread));
    }

    /** Does a piece of work; true if there was something to do. */
    boolean step() {
        if (epoch == null || goesOn) {
            beginEpoch();
        }
        // An epoch that goes on has at least this step, however short it is.
        boolean progress = !goesOn && endEpoch();
        goesOn = false;
        for (ChannelInput input : inputs) {
            progress |= input.poll();
        }
        boolean free = true;
        for (Outlet outlet : outlets) {
            free &= outlet.exchange.push();
        }
        if (free && !ending) {
            for (ValuesTask task : values) {
                progress |= task.step();
            }
            for (ScanTask scan : scans) {
                progress |= scan.step();
            }
        }
        progress |= finish();
        return progress;
    }

    /**
     * Ends the epoch if its time is over: nothing more is read, and each node hands on what is pending when everything that belongs to
     * the epoch has come to it. When all have, what the epoch was is written down.
     */
    private boolean endEpoch() {
        if (stopped) {
            return false;
        }
        if (!ending) {
            if (!epochs.isOver(epoch.number())) {
                return false;
            }
            ending = true;
            scans.forEach(ScanTask::endEpoch);
        }
        boolean progress = false;
        boolean all = true;
        for (Node node : nodes) {
            progress |= node.end(epoch.number());
            all &= node.ended;
        }
        if (all) {
            record();
            if (epochs.isLast(epoch.number())) {
                stopped = true;
            } else {
                beginEpoch();
            }
        }
        return progress;
    }

    private void beginEpoch() {
        epoch = epochs.next();
        ending = false;
        nodes.forEach(node -> node.ended = false);
        inputs.forEach(ChannelInput::beginEpoch);
        views.forEach((build, view) -> {
            if (epoch.tables().containsKey(build)) {
                view.see(epoch.tables().get(build));
            }
        });
        long clock = epoch.wallMicros();
        scans.forEach(scan -> scan.now(clock));
        operators.forEach(operator -> {
            if (operator instanceof ClockedOperator clocked) {
                clocked.now(clock);
            }
        });
    }

    private void record() {
        List<EpochRecord.PartitionState> partitions = new ArrayList<>();
        List<EpochRecord.Raise> raises = new ArrayList<>();
        scans.forEach(scan -> scan.record(partitions, raises));
        List<EpochRecord.TableState> tables =
                views.values().stream().map(TableView::state).toList();
        log.ended(new EpochRecord(epoch.number(), number, epoch.wallMicros(), partitions, raises, tables));
    }

    /** Closes what no more rows can come through, piece by piece: what one outlet feeds may be what another one waits for. */
    private boolean finish() {
        if (finished || ending) {
            return false;
        }
        boolean progress = false;
        if (scans.stream().allMatch(ScanTask::isEnded)) {
            scans.forEach(ScanTask::endEpoch);
        }
        for (Outlet outlet : outlets) {
            progress |= outlet.close();
        }
        if (isDrained()) {
            finished = true;
            operators.forEach(operator -> operator.endEpoch(epoch.number()));
            record();
        }
        return progress || finished;
    }

    private boolean isDrained() {
        return scans.stream().allMatch(ScanTask::isEnded)
                && values.stream().allMatch(ValuesTask::isEnded)
                && inputs.stream().allMatch(ChannelInput::isClosed)
                && outlets.stream().allMatch(outlet -> outlet.closed);
    }

    /** Whether nothing is left to do or to send. */
    boolean isFinished() {
        return finished && outlets.stream().allMatch(outlet -> outlet.exchange.push());
    }

    /** Whether the job stops here, at the end of an epoch: everything has arrived, nothing more is read, and nothing is left to send. */
    boolean isStopped() {
        return stopped && outlets.stream().allMatch(outlet -> outlet.exchange.push());
    }

    /** Begins the next epoch with the next step, where it had stopped. */
    void goOn() {
        stopped = false;
        goesOn = true;
    }

    /** Reads no further; what was read is worked off. */
    void drain() {
        scans.forEach(ScanTask::stop);
        values.forEach(ValuesTask::stop);
    }

    /** Waits a moment, longer the longer there was nothing to do. */
    void pause(Threads threads) {
        idleSteps++;
        threads.park(idleSteps > STEPS_BEFORE_LONG_PAUSE ? LONG_PAUSE_NANOS : PAUSE_NANOS);
    }

    void worked() {
        idleSteps = 0;
    }

    List<ScanTask> scans() {
        return scans;
    }

    /** Writes down what the worker keeps; it has stopped. */
    void save(SnapshotBuilder snapshot) {
        restorables.forEach((node, each) -> each.save(snapshot.writer(node, number)));
    }

    /** Takes over what this worker, or others, kept; before its first step. */
    void restore(SavedJob saved, Map<Integer, Integer> workersOfNodes) {
        restorables.forEach((node, each) -> saved.restore(node, number, workersOfNodes.get(node), each));
    }

    /** How much each node keeps here, by its id. */
    Map<Integer, Long> entries() {
        Map<Integer, Long> entries = new TreeMap<>();
        restorables.forEach((node, each) -> {
            if (each instanceof Operator operator) {
                entries.put(node, operator.entries());
            }
        });
        return entries;
    }

    /** The nodes that are here and are saved. */
    Set<Integer> restoredNodes() {
        return restorables.keySet();
    }

    List<Operator> operators() {
        return operators;
    }

    @Override
    public void close() {
        scans.forEach(ScanTask::close);
        values.forEach(ValuesTask::close);
        inputs.forEach(ChannelInput::discard);
        outlets.forEach(outlet -> outlet.exchange.close());
        operators.forEach(Operator::close);
        views.values().forEach(TableView::close);
    }
}
