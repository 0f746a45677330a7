package io.leat.runtime.local;

import io.leat.runtime.local.EpochClock.Epoch;
import io.leat.runtime.pipeline.Operator;
import io.leat.runtime.platform.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private final List<Operator> operators;
    private final int number;
    private final Map<Integer, TableView> views;
    private final EpochClock epochs;
    private final EpochLog log;
    private Epoch epoch = new Epoch(-1, 0);
    private boolean finished;
    private int idleSteps;

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
     * @param operators in the order in which rows flow
     * @param views of refreshed tables, by the node that builds them
     * @param number of this worker, from 0
     * @param log is told what each epoch was
     */
    Worker(
            List<ScanTask> scans,
            List<ValuesTask> values,
            List<ChannelInput> inputs,
            List<Outlet> outlets,
            List<Operator> operators,
            Map<Integer, TableView> views,
            int number,
            EpochClock epochs,
            EpochLog log) {
        this.scans = scans;
        this.values = values;
        this.inputs = inputs;
        this.outlets = outlets;
        this.operators = operators;
        this.views = views;
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
        beginEpochs();
        boolean progress = false;
        for (ChannelInput input : inputs) {
            progress |= input.poll();
        }
        boolean free = true;
        for (Outlet outlet : outlets) {
            free &= outlet.exchange.push();
        }
        if (free) {
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

    /** Ends the epoch if its time is over: what is pending is handed on, and the clock of the next one is set. */
    private void beginEpochs() {
        if (epochs.current() == epoch.number()) {
            return;
        }
        if (epoch.number() >= 0) {
            scans.forEach(ScanTask::endEpoch);
            endEpoch();
        }
        epoch = epochs.epoch();
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

    /** Everything pending goes on and what changed is written down; only then the epoch is over. */
    private void endEpoch() {
        operators.forEach(operator -> operator.endEpoch(epoch.number()));
        List<EpochRecord.PartitionState> partitions = new ArrayList<>();
        List<EpochRecord.Raise> raises = new ArrayList<>();
        scans.forEach(scan -> scan.record(partitions, raises));
        List<EpochRecord.TableState> tables =
                views.values().stream().map(TableView::state).toList();
        log.ended(new EpochRecord(epoch.number(), number, epoch.wallMicros(), partitions, raises, tables));
    }

    /** Closes what no more rows can come through, piece by piece: what one outlet feeds may be what another one waits for. */
    private boolean finish() {
        if (finished) {
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
            endEpoch();
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
