package io.leat.compiler.simulation;

import io.leat.compiler.simulation.Trace.Event;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.EpochMark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A broker that survives everything: topics that are read, and topics that one job writes in transactions. What a commit has come to may be
 * unknown to who asked for it: done, not done, or still on its way.
 */
final class SimulatedBroker {
    /** A transaction that is open for longer is ended without its rows. */
    private static final long TIMEOUT_NANOS = 2_000_000_000L;

    private static final int MAX_DELAY_NANOS = 50_000_000;

    private final World world;
    private final Map<String, List<List<Sent>>> inputs = new HashMap<>();
    private final Map<String, List<String>> committed = new TreeMap<>();
    private int owner;
    private Transaction open;
    /** A commit that nobody waits for, and that will be done. */
    private Transaction delayed;

    private long delayedUntil;
    private String job = "";
    private EpochMark decided;

    /** A record that is there from some moment on. */
    record Sent(String text, long nanos) {}

    private static final class Transaction {
        private final long begun;
        private final Map<String, List<String>> rows = new TreeMap<>();
        private String job = "";
        private EpochMark mark;

        Transaction(long begun) {
            this.begun = begun;
        }
    }

    SimulatedBroker(World world) {
        this.world = world;
    }

    /** A topic that is read, by partition. */
    void input(String topic, List<List<Sent>> partitions) {
        inputs.put(topic, partitions);
    }

    List<List<Sent>> input(String topic) {
        return inputs.get(topic);
    }

    /** What a reader of committed records sees. */
    Map<String, List<String>> committed() {
        goOn();
        return committed;
    }

    /** Takes over from an older start: what that had asked for is done, what it had not is gone. Answers whom to call from now on. */
    int fence() {
        world.trace().note(Event.FENCE, owner + 1);
        if (delayed != null) {
            complete(delayed);
            delayed = null;
        }
        open = null;
        return ++owner;
    }

    /** The last decision on an epoch of a job. */
    Optional<EpochMark> decided(String ofJob) {
        goOn();
        return ofJob.equals(job) ? Optional.ofNullable(decided) : Optional.empty();
    }

    /** Whether another job has written here. */
    boolean knowsOther(String thanJob) {
        return !job.isEmpty() && !job.equals(thanJob);
    }

    void begin(int by) {
        checkOwner(by);
        open = new Transaction(world.clock().nanos());
    }

    void send(int by, String topic, String row) {
        checkOwner(by);
        if (open == null || isTimedOut()) {
            throw new ConnectorException(Kind.IO, "the transaction was open for too long");
        }
        world.trace().note(Event.ROW, row, 0);
        open.rows.computeIfAbsent(topic, key -> new ArrayList<>()).add(row);
    }

    private void checkOwner(int by) {
        goOn();
        if (!owns(by)) {
            throw new ConnectorException(Kind.IO, "another start of the job has taken over");
        }
    }

    private boolean owns(int by) {
        return by == owner || world.mutant() == Mutant.FENCES_NOBODY;
    }

    private boolean isTimedOut() {
        return world.clock().nanos() - open.begun > TIMEOUT_NANOS;
    }

    /** Commits the open transaction with a decision. False if another start has taken over. */
    boolean commit(int by, String ofJob, EpochMark mark) {
        goOn();
        if (!owns(by)) {
            return false;
        }
        if (open == null || isTimedOut()) {
            open = null;
            throw new ConnectorException(Kind.IO, "the brokers ended the transaction of epoch " + mark.epoch());
        }
        open.job = ofJob;
        open.mark = mark;
        if (world.faults().losesAnswer()) {
            lose();
        }
        complete(open);
        open = null;
        return true;
    }

    /** Nobody hears what becomes of it. */
    private void lose() {
        int fate = world.faults().random().nextInt(3);
        world.trace().note(Event.FAULT, 10 + fate);
        if (fate == 1) {
            complete(open);
            open = null;
        } else if (fate == 2) {
            delayed = open;
            delayedUntil = world.clock().nanos() + world.faults().random().nextInt(MAX_DELAY_NANOS);
            open = null;
        }
        throw new ConnectorException(Kind.UNREACHABLE, "nobody knows what became of the commit");
    }

    /** Does what is due. */
    private void goOn() {
        if (delayed != null && world.clock().nanos() >= delayedUntil) {
            complete(delayed);
            delayed = null;
        }
    }

    private void complete(Transaction transaction) {
        EpochMark mark = transaction.mark;
        world.trace().note(Event.COMMIT, mark.epoch());
        long before = decided == null ? 0 : decided.epoch();
        String parent = decided == null ? "" : decided.hash();
        if (mark.epoch() != before + 1 || !mark.parent().equals(parent)) {
            world.decisions().violate("epoch " + mark.epoch() + " is decided behind epoch " + before);
        }
        job = transaction.job;
        decided = mark;
        world.decisions().decide(mark.epoch(), Long.toString(mark.generation()), true);
        transaction.rows.forEach((topic, rows) ->
                committed.computeIfAbsent(topic, key -> new ArrayList<>()).addAll(rows));
    }
}
