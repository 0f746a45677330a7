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

    /** The state that was restored; null for none. */
    private StateSnapshots.Read state;

    private boolean last;
    private Fingerprints fingerprints;
    private final StateChain chain;
    /** How many entries the state has that is to be sealed. */
    private long entries;

    private List<StateFile> states = List.of();
    private List<StagedPart> parts = new ArrayList<>();

    private DurableEpochs(
            Path shown,
            StateDirectory directory,
            StateChain chain,
            Appliers appliers,
            Optional<EpochTransactions> transactions) {
        this.shown = shown;
        this.directory = directory;
        this.chain = chain;
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
     * @param stateFiles as many files of state are not merged
     * @param appliers show it; closed with this
     * @param transactions opens those that sinks of the job with this id write in
     * @throws StateException if it is taken, damaged or something else
     */
    static DurableEpochs open(
            Platform platform,
            Path shown,
            int stateFiles,
            Appliers appliers,
            Function<String, Optional<EpochTransactions>> transactions) {
        StateDirectory directory = StateDirectory.open(StateIdentity.open(platform, shown), platform.disk());
        DurableEpochs epochs = null;
        try {
            StateChain chain = new StateChain(directory.states(), platform.threads(), stateFiles);
            epochs = new DurableEpochs(shown, directory, chain, appliers, transactions.apply(directory.job()));
            epochs.goOn();
            return epochs;
        } catch (RuntimeException e) {
            try {
                Closing.all(epochs == null ? List.of(appliers, directory) : List.of(epochs));
            } catch (RuntimeException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    /** What the job goes on from: the state at the end of the last decided epoch. Its bytes are read when they are asked for. */
    Optional<Snapshot> restored() {
        return Optional.ofNullable(state).map(StateSnapshots.Read::snapshot);
    }

    /** Whether what is different from the state that was restored can be written behind it. */
    boolean canGoOn() {
        return state != null && state.canGoOn();
    }

    /** The state was restored, to be asked for no more. */
    void restoredAll(boolean goesOn) {
        if (goesOn) {
            chain.resume(state);
        }
        state = null;
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
     * Begins to write down the state at the end of the running epoch.
     *
     * @param everything whether it should have everything in any case
     */
    SnapshotBuilder begin(SavedNames names, SavedQuery query, int phase, EpochClock.Epoch epoch, boolean everything) {
        fingerprints = query.fingerprints();
        StateFileTarget target = chain.begin(step.state().attempt(), everything, phase, epoch, query);
        return new SnapshotBuilder(names, target, Optional.of(chain.snapshots()));
    }

    /** Takes over files of the running epoch that wait for its decision. */
    void add(List<StagedPart> more) {
        parts.addAll(more);
    }

    /**
     * The running epoch is over, and its files were added: makes it durable and visible, and begins the next one.
     *
     * @param written its state, of which everything was taken down
     */
    void end(SnapshotBuilder written) {
        end(written, false);
    }

    /** The same with the last one: the job has come to its end. */
    void finish(SnapshotBuilder written) {
        end(written, true);
    }

    private void end(SnapshotBuilder written, boolean nothingFollows) {
        entries = written.held();
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
            state = new StateSnapshots(directory.states()).read(preparation);
            return new EpochEvent.Verified(preparation.last());
        } else if (action instanceof EpochAction.Clean clean) {
            directory.clean(clean.decided());
        } else if (action instanceof EpochAction.Apply apply) {
            show(apply.decided());
        } else if (action instanceof EpochAction.Open) {
            decider.open();
            chain.merge(step.state().attempt());
        } else if (action instanceof EpochAction.Seal seal) {
            decider.seal();
            states = chain.end(seal.attempt(), entries);
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
        // The lock of the directory goes in any case: somebody may go on.
        Closing.all(List.of(chain, appliers, decider, directory));
    }
}
