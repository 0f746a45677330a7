package io.leat.runtime.epoch;

import static io.leat.runtime.epoch.ModelWorld.RECORDS;
import static io.leat.runtime.epoch.ModelWorld.plus;

import io.leat.runtime.epoch.EpochEvent.Claimed;
import io.leat.runtime.epoch.EpochEvent.Done;
import io.leat.runtime.epoch.EpochEvent.Failed;
import io.leat.runtime.epoch.EpochEvent.Lost;
import io.leat.runtime.epoch.EpochEvent.Prepared;
import io.leat.runtime.epoch.EpochEvent.Ran;
import io.leat.runtime.epoch.EpochEvent.Resolved;
import io.leat.runtime.epoch.EpochEvent.Verified;
import io.leat.runtime.epoch.EpochProtocol.Step;
import io.leat.runtime.epoch.EpochState.Phase;
import io.leat.runtime.epoch.ModelWorld.Process;
import io.leat.runtime.epoch.ModelWorld.Transaction;
import io.leat.runtime.epoch.ModelWorld.Work;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Goes through every world that the protocol can come to: two processes at once, of which either may crash between any two steps, a broker that may
 * forget a transaction at any time, and decisions whose answer is lost.
 */
final class EpochModel {
    /** What drives the processes: the protocol, or one with a mistake in it. */
    interface Protocol {
        Step next(EpochState state, EpochEvent event);
    }

    /** What the outside may do wrong. */
    enum Fault {
        NONE,
        /** Sinks show an epoch again when they are told to again. */
        BLIND_APPLY,
        /** Each generation has slots of its own. */
        SLOT_PER_GENERATION
    }

    /**
     * @param states how many worlds there were
     * @param finished in how many of them the job had come to its end
     * @param violation the first invariant that did not hold
     */
    record Result(int states, int finished, Optional<String> violation) {}

    private final DecisionMode mode;
    private final Protocol protocol;
    private final Fault fault;
    private final int starts;
    private final int crashes;

    EpochModel(DecisionMode mode, Protocol protocol, Fault fault, int starts, int crashes) {
        this.mode = mode;
        this.protocol = protocol;
        this.fault = fault;
        this.starts = starts;
        this.crashes = crashes;
    }

    Result run() {
        Set<ModelWorld> seen = new HashSet<>();
        Deque<ModelWorld> queue = new ArrayDeque<>();
        int finished = 0;
        seen.add(new ModelWorld());
        queue.add(new ModelWorld());
        while (!queue.isEmpty()) {
            ModelWorld world = queue.remove();
            Optional<String> broken = world.broken(mode);
            if (broken.isPresent()) {
                return new Result(seen.size(), finished, broken);
            }
            finished += world.isFinished() ? 1 : 0;
            for (ModelWorld next : after(world)) {
                if (seen.add(next)) {
                    queue.add(next);
                }
            }
        }
        return new Result(seen.size(), finished, Optional.empty());
    }

    private List<ModelWorld> after(ModelWorld world) {
        List<ModelWorld> next = new ArrayList<>();
        if (world.transaction != null) {
            ModelWorld timeout = world.copy();
            timeout.transaction = null;
            next.add(timeout);
        }
        for (int slot = 0; slot < world.processes.size(); slot++) {
            Optional<Process> process = world.processes.get(slot);
            if (process.isEmpty()) {
                if (world.starts < starts) {
                    next.add(start(world, slot));
                }
                continue;
            }
            if (world.crashes < crashes) {
                ModelWorld crashed = world.copy().with(slot, null);
                crashed.crashes++;
                next.add(crashed);
            }
            if (process.get().step().state().phase() != Phase.FINISHED) {
                act(world, slot, process.get(), next);
            }
        }
        return next;
    }

    private ModelWorld start(ModelWorld before, int slot) {
        ModelWorld world = before.copy();
        world.starts++;
        world.generation++;
        Process fresh = new Process(EpochProtocol.begin(mode), 0, null, 0);
        return answer(world, slot, fresh, new Claimed(world.generation));
    }

    /** Tells a process how its action went. What touches nothing but the process itself follows at once: nobody sees when. */
    private ModelWorld answer(ModelWorld world, int slot, Process process, EpochEvent event) {
        Step step = protocol.next(process.step().state(), event);
        int position = process.position();
        while (isOwn(step.action())) {
            if (step.action() instanceof EpochAction.Restore) {
                position = process.work().to();
            }
            step = protocol.next(step.state(), new Done());
        }
        return step.state().phase() == Phase.STOPPED
                ? world.with(slot, null)
                : world.with(slot, new Process(step, 0, process.work(), position));
    }

    private boolean isOwn(EpochAction action) {
        boolean brokers = action instanceof EpochAction.Fence || action instanceof EpochAction.Open;
        return action instanceof EpochAction.Seal
                || action instanceof EpochAction.Restore
                || (brokers && mode == DecisionMode.SLOT);
    }

    /** Everything that the next step of a process can come to. */
    private void act(ModelWorld before, int slot, Process process, List<ModelWorld> next) {
        ModelWorld world = before.copy();
        EpochAction action = process.step().action();
        long generation = process.step().state().generation();
        if (action instanceof EpochAction.Fence) {
            boolean first = world.owner < generation;
            if (first) {
                world.owner = generation;
                world.transaction = null;
            }
            next.add(answer(world, slot, process, first ? new Done() : new Lost()));
        } else if (action instanceof EpochAction.Resolve) {
            List<Work> decided = world.decided(mode);
            Optional<Decision> last =
                    decided.isEmpty() ? Optional.empty() : Optional.of(decision(decided.get(decided.size() - 1)));
            next.add(answer(world, slot, process, new Resolved(last)));
        } else if (action instanceof EpochAction.Verify verify) {
            next.add(verify(world, slot, process, verify.decided()));
        } else if (action instanceof EpochAction.Clean clean) {
            List<Work> decided = world.decided(mode);
            world.prepared = world.prepared.stream()
                    .filter(work -> decided.contains(work) || !isInVain(work.attempt(), clean, generation))
                    .toList();
            next.add(answer(world, slot, process, new Done()));
        } else if (action instanceof EpochAction.Apply) {
            apply(world, process.part(), process.work());
            boolean whole = process.part() == 1;
            Process applied = new Process(
                    process.step(), 1, process.work(), process.work().to());
            next.add(whole ? answer(world, slot, applied, new Done()) : world.with(slot, applied));
        } else if (action instanceof EpochAction.Open) {
            boolean own = world.owner == generation;
            world.transaction = own ? new Transaction(generation, null) : world.transaction;
            next.add(answer(world, slot, process, own ? new Done() : new Lost()));
        } else if (action instanceof EpochAction.Run run) {
            for (int to = process.position() + 1; to <= Math.min(RECORDS, process.position() + 2); to++) {
                next.add(ran(world.copy(), slot, process, run.attempt(), to));
            }
        } else if (action instanceof EpochAction.Prepare) {
            world.prepare(process.work());
            next.add(answer(world, slot, process, new Prepared(process.work().hash())));
        } else if (action instanceof EpochAction.Decide) {
            decide(world, slot, process, next);
        } else {
            throw new AssertionError("nobody does " + action);
        }
    }

    private static Decision decision(Work work) {
        return new Decision(work.attempt(), work.hash());
    }

    private ModelWorld verify(ModelWorld world, int slot, Process process, Decision decided) {
        Optional<Work> work = world.prepared(each -> each.isOf(decided));
        if (work.isEmpty()) {
            world.violation = "I1: what was prepared for the decided epoch is gone: " + decided;
            return world;
        }
        Process behind = new Process(process.step(), 0, work.get(), process.position());
        return answer(world, slot, behind, new Verified(work.get().to() == RECORDS));
    }

    private static boolean isInVain(Attempt attempt, EpochAction.Clean clean, long generation) {
        return attempt.epoch() <= clean.decided() || (clean.open() && attempt.generation() < generation);
    }

    /** Files are there or not, by name; the table knows its last epoch. */
    private void apply(ModelWorld world, int part, Work work) {
        boolean blind = fault == Fault.BLIND_APPLY;
        if (part == 0 && (blind || !world.files.contains(work))) {
            world.files = plus(world.files, work);
        }
        boolean behind = world.rows.isEmpty()
                || world.rows.get(world.rows.size() - 1).attempt().epoch()
                        < work.attempt().epoch();
        if (part == 1 && (blind || behind)) {
            world.rows = plus(world.rows, work);
        }
    }

    private ModelWorld ran(ModelWorld world, int slot, Process process, Attempt attempt, int to) {
        String parent = process.step().state().decided().map(Decision::hash).orElse("");
        Work work = new Work(attempt, process.position(), to, parent);
        if (world.transaction != null && world.transaction.generation() == attempt.generation()) {
            world.transaction = new Transaction(attempt.generation(), work);
        }
        Process behind = new Process(process.step(), 0, work, process.position());
        return answer(world, slot, behind, new Ran(to == RECORDS));
    }

    private void decide(ModelWorld world, int slot, Process process, List<ModelWorld> next) {
        Work work = process.work();
        if (mode == DecisionMode.TRANSACTION) {
            next.add(answer(world.copy(), slot, process, new Failed("it failed, or was fenced off")));
            boolean open = world.owner == work.attempt().generation()
                    && world.transaction != null
                    && work.equals(world.transaction.rows());
            if (!open) {
                return;
            }
            world.transaction = null;
            world.topic = plus(world.topic, work);
        } else {
            boolean taken = world.slots.stream()
                    .map(Work::attempt)
                    .anyMatch(other -> fault == Fault.SLOT_PER_GENERATION
                            ? other.equals(work.attempt())
                            : other.epoch() == work.attempt().epoch());
            if (taken) {
                next.add(answer(world, slot, process, new Lost()));
                return;
            }
            world.slots = plus(world.slots, work);
        }
        next.add(answer(world.copy(), slot, process, new Failed("the answer was lost")));
        next.add(answer(world, slot, process, new Done()));
    }
}
