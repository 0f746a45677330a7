package io.leat.runtime.local;

import io.leat.runtime.connector.DecidedEpoch;
import io.leat.runtime.connector.EpochTransactions;
import io.leat.runtime.connector.StagedPart;
import io.leat.runtime.connector.StagedSink;
import io.leat.runtime.epoch.Decision;
import io.leat.runtime.epoch.EpochAction;
import io.leat.runtime.epoch.EpochEvent;
import io.leat.runtime.epoch.EpochProtocol;
import io.leat.runtime.epoch.EpochProtocol.Step;
import io.leat.runtime.epoch.EpochState;
import io.leat.runtime.epoch.Fingerprints;
import io.leat.runtime.epoch.Preparation;
import io.leat.runtime.epoch.StateDirectory;
import io.leat.runtime.epoch.StateException;
import io.leat.runtime.epoch.StateFile;
import io.leat.runtime.epoch.StateIdentity;
import io.leat.runtime.platform.Platform;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Does what the epoch protocol says, with a state directory: finds out where the job stands, and makes one epoch after another durable. What
 * fails is thrown, and nothing can be done with it afterwards. The thread of the job's phases.
 */
final class DurableEpochs implements AutoCloseable {
    private final Path shown;
    private final StateDirectory directory;
    private final Appliers appliers;
    private final Optional<EpochTransactions> transactions;
    private final EpochDecider decider;
    private Step step;
    /** What was prepared last, by this start or by the one that decided the last epoch. */
    private Preparation preparation;

    /** The state to seal, or the one that was restored; null for none. */
    private Snapshot state;

    private boolean last;
    private Fingerprints fingerprints;
    private final StateChain chain;
    private List<StateFile> states = List.of();
    private List<StagedPart> parts = new ArrayList<>();

    private DurableEpochs(
            Path shown, StateDirectory directory, Appliers appliers, Optional<EpochTransactions> transactions) {
        this.shown = shown;
        this.directory = directory;
        this.chain = new StateChain(directory.states());
        this.appliers = appliers;
        this.transactions = transactions;
        this.decider = transactions
                .<EpochDecider>map(each -> new TransactionDecider(directory, each))
                .orElseGet(() -> EpochDecider.slots(directory));
        this.step = EpochProtocol.begin(decider.mode());
    }

    /**
     * Takes a state directory, and lets sinks show what is decided in it.
     *
     * @param appliers show it; closed with this
     * @param transactions opens those that sinks of the job with this id write in
     * @throws StateException if it is taken, damaged or something else
     */
    static DurableEpochs open(
            Platform platform,
            Path shown,
            Appliers appliers,
            Function<String, Optional<EpochTransactions>> transactions) {
        StateDirectory directory = StateDirectory.open(StateIdentity.open(platform, shown), platform.disk());
        DurableEpochs epochs = null;
        try {
            epochs = new DurableEpochs(shown, directory, appliers, transactions.apply(directory.job()));
            epochs.goOn();
            return epochs;
        } catch (RuntimeException e) {
            if (epochs == null) {
                appliers.close();
                directory.close();
            } else {
                epochs.close();
            }
            throw e;
        }
    }

    /** What the job goes on from: the state at the end of the last decided epoch. To be asked once, before an epoch ends. */
    Optional<Snapshot> restored() {
        Optional<Snapshot> restored = Optional.ofNullable(state);
        state = null;
        return restored;
    }

    /** Whether nothing is left to do: the job came to its end, in this start or an earlier one. */
    boolean isFinished() {
        return step.action() instanceof EpochAction.Finish;
    }

    /** The epoch that is running. */
    long running() {
        return step.state().attempt().epoch();
    }

    /** The last epoch that is decided; 0 before the first. */
    long decided() {
        return step.state().decidedEpoch();
    }

    Path shown() {
        return shown;
    }

    /** What sinks write in that do so in transactions. */
    Optional<EpochTransactions> transactions() {
        return transactions;
    }

    /** Whose rows a sink is given. */
    StagedSink.Run run(int node) {
        return new StagedSink.Run(
                directory.job(), step.state().generation(), decided(), appliers.name(node), node, directory.spool());
    }

    /**
     * What the state at the end of the running epoch is told from.
     *
     * @param everything whether it should have everything in any case
     */
    SnapshotChain chain(boolean everything) {
        return chain.next(everything);
    }

    /** Takes over files of the running epoch that wait for its decision. */
    void add(List<StagedPart> more) {
        parts.addAll(more);
    }

    /** The running epoch is over, and its files were added: makes it durable and visible, and begins the next one. */
    void end(Snapshot endState) {
        end(endState, false);
    }

    /** The same with the last one: the job has come to its end. */
    void finish(Snapshot endState) {
        end(endState, true);
    }

    private void end(Snapshot endState, boolean nothingFollows) {
        state = endState;
        last = nothingFollows;
        proceed(new EpochEvent.Ran(nothingFollows));
        goOn();
    }

    private void proceed(EpochEvent event) {
        step = EpochProtocol.next(step.state(), event);
        if (step.action() instanceof EpochAction.Stop stop) {
            throw new StateException("state directory '" + shown + "': " + stop.reason());
        }
    }

    /** Up to where rows are read, or nothing is left to do. */
    private void goOn() {
        while (!(step.action() instanceof EpochAction.Run) && !isFinished()) {
            proceed(perform(step.action()));
        }
    }

    private EpochEvent perform(EpochAction action) {
        if (action instanceof EpochAction.Claim) {
            return new EpochEvent.Claimed(directory.claim());
        }
        if (action instanceof EpochAction.Fence fence) {
            decider.fence(fence.generation());
        } else if (action instanceof EpochAction.Resolve) {
            return new EpochEvent.Resolved(decider.resolve());
        } else if (action instanceof EpochAction.Verify verify) {
            preparation = directory.verify(verify.decided());
            decider.check(preparation);
            state = StateChain.read(directory.states(), preparation);
            return new EpochEvent.Verified(preparation.last());
        } else if (action instanceof EpochAction.Clean clean) {
            directory.clean(clean.decided());
        } else if (action instanceof EpochAction.Apply apply) {
            show(apply.decided());
        } else if (action instanceof EpochAction.Open) {
            decider.open();
        } else if (action instanceof EpochAction.Seal seal) {
            decider.seal();
            fingerprints = state.fingerprints();
            states = chain.write(seal.attempt(), state);
            state = null;
        } else if (action instanceof EpochAction.Prepare prepare) {
            return prepare(prepare);
        } else if (action instanceof EpochAction.Decide decide) {
            return decider.decide(decide.decision(), preparation.parent());
        }
        // Whoever asks for the state restores it.
        return new EpochEvent.Done();
    }

    private EpochEvent prepare(EpochAction.Prepare prepare) {
        String parent = step.state().decided().map(Decision::hash).orElse("");
        preparation = new Preparation(
                directory.job(), prepare.attempt(), parent, last, fingerprints, states, decider.place(), parts);
        parts = new ArrayList<>();
        Optional<String> hash = directory.prepare(preparation);
        return hash.isPresent() ? new EpochEvent.Prepared(hash.get()) : new EpochEvent.Lost();
    }

    private void show(Decision decided) {
        boolean again = step.state().phase() == EpochState.Phase.REAPPLY;
        DecidedEpoch epoch = new DecidedEpoch(
                directory.job(),
                decided.epoch(),
                decided.attempt().generation(),
                decided.hash(),
                preparation.parent(),
                again,
                again && directory.isShown(decided.epoch()),
                directory::isDecided);
        appliers.apply(epoch, preparation.parts());
        directory.shown(decided.epoch());
    }

    @Override
    public void close() {
        appliers.close();
        decider.close();
        directory.close();
    }
}
