package io.leat.runtime.local;

import io.leat.runtime.connector.EpochMark;
import io.leat.runtime.connector.EpochTransactions;
import io.leat.runtime.epoch.Attempt;
import io.leat.runtime.epoch.Decision;
import io.leat.runtime.epoch.DecisionMode;
import io.leat.runtime.epoch.EpochEvent;
import io.leat.runtime.epoch.Preparation;
import io.leat.runtime.epoch.StateDirectory;
import io.leat.runtime.epoch.StateException;
import java.util.Optional;

/**
 * Lets the transaction decide that the rows of an epoch are in. The state directory gets a copy of each decision: behind it, or by the next
 * start, if this one does not come so far.
 */
final class TransactionDecider implements EpochDecider {
    private final StateDirectory directory;
    private final EpochTransactions transactions;
    private boolean marked;

    TransactionDecider(StateDirectory directory, EpochTransactions transactions) {
        this.directory = directory;
        this.transactions = transactions;
    }

    @Override
    public DecisionMode mode() {
        return DecisionMode.TRANSACTION;
    }

    /** The transactions first: what an older start has under way must be over before anybody looks. */
    @Override
    public void fence(long generation) {
        transactions.fence();
        directory.fence(generation);
    }

    @Override
    public Optional<Decision> resolve() {
        Optional<Decision> copied = directory.resolve();
        Optional<EpochMark> mark = transactions.resolve();
        marked = mark.isPresent();
        if (mark.isEmpty()) {
            if (copied.isEmpty()) {
                transactions.refuseOthers();
            }
            return copied;
        }
        Decision decided = decision(mark.get());
        if (copied.isPresent() && copied.get().equals(decided)) {
            return copied;
        }
        long before = copied.map(Decision::epoch).orElse(0L);
        String parent = copied.map(Decision::hash).orElse("");
        boolean follows = decided.epoch() == before + 1 && mark.get().parent().equals(parent);
        if (!follows || !directory.adopt(decided)) {
            throw diverged(copied, mark.get());
        }
        return Optional.of(decided);
    }

    private static Decision decision(EpochMark mark) {
        return new Decision(new Attempt(mark.epoch(), mark.generation()), mark.hash());
    }

    private StateException diverged(Optional<Decision> copied, EpochMark mark) {
        String here = copied.map(each -> text(each)).orElse("no decided epoch");
        return new StateException(
                "the state and " + transactions.name() + " have diverged: the state directory has " + here
                        + ", and decided there is " + text(decision(mark)) + ", which follows "
                        + (mark.parent().isEmpty() ? "nothing" : mark.parent())
                        + ". The state directory is an older copy, or another process went on from a copy of it: put back the latest"
                        + " one, or start anew with another state directory and other topics");
    }

    private static String text(Decision decision) {
        return "epoch " + decision.epoch() + " of start " + decision.attempt().generation() + " with the SHA-256 "
                + decision.hash();
    }

    /** A state whose epochs were decided by slots so far may go on; from its next epoch on, they are decided in transactions. */
    @Override
    public void check(Preparation decided) {
        String place = decided.transaction();
        if (!place.isEmpty() && !place.equals(transactions.name())) {
            throw new StateException(
                    "the epochs up to " + decided.attempt().epoch() + " were decided in transactions of "
                            + place + ", and now sinks write in those of " + transactions.name()
                            + ": what was decided last is not known there. Let the sinks be as they were, or start with another"
                            + " state directory");
        }
        if (!place.isEmpty() && !marked) {
            throw new StateException(
                    "the state directory has epoch " + decided.attempt().epoch()
                            + ", which was decided in transactions of " + place
                            + ", and there is no decision any more: it was deleted, and rows may be gone, too. Put it back, or start"
                            + " with another state directory and other topics");
        }
    }

    @Override
    public void open() {
        transactions.begin();
    }

    @Override
    public void seal() {
        transactions.flush();
    }

    @Override
    public String place() {
        return transactions.name();
    }

    /** If another start is faster with the copy, it has taken over. */
    @Override
    public EpochEvent decide(Decision decision, String parent) {
        Attempt attempt = decision.attempt();
        EpochMark mark = new EpochMark(attempt.epoch(), attempt.generation(), decision.hash(), parent);
        return transactions.decide(mark) && directory.decide(decision) ? new EpochEvent.Done() : new EpochEvent.Lost();
    }

    @Override
    public void close() {
        transactions.close();
    }
}
