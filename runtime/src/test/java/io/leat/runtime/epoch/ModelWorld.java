package io.leat.runtime.epoch;

import io.leat.runtime.epoch.EpochProtocol.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Everything outside a process that the protocol is about: what was prepared, what is decided, the broker, and what sinks show. With the
 * processes that are alive: one, or one and the zombie of an earlier one. Two worlds are equal if everything in them is.
 */
final class ModelWorld {
    /** Records of the input. */
    static final int RECORDS = 3;

    int generation;
    List<Work> prepared = List.of();
    /** Slots that are taken, in mode SLOT. */
    List<Work> slots = List.of();
    /** Who may write to the topic. */
    long owner;
    /** The open transaction; null for none. */
    Transaction transaction;
    /** What sinks show: committed rows of the topic, files by name, and a table that knows its epoch. */
    List<Work> topic = List.of();

    List<Work> files = List.of();
    List<Work> rows = List.of();
    List<Optional<Process>> processes = List.of(Optional.empty(), Optional.empty());
    int starts;
    int crashes;
    /** What is wrong here, noticed on the way. */
    String violation;

    /**
     * What an attempt at an epoch read.
     *
     * @param parent hash of the epoch before
     */
    record Work(Attempt attempt, int from, int to, String parent) {
        String hash() {
            return parent + " " + attempt + ":" + from + "-" + to;
        }

        boolean isOf(Decision decision) {
            return attempt.equals(decision.attempt()) && hash().equals(decision.hash());
        }
    }

    /**
     * @param rows what was sent in it; null before anything was
     */
    record Transaction(long generation, Work rows) {}

    /**
     * A process that is alive.
     *
     * @param part how many parts of the action are done
     * @param work what it works at
     * @param position up to where decided epochs have read, as it knows
     */
    record Process(Step step, int part, Work work, int position) {}

    ModelWorld copy() {
        ModelWorld copy = new ModelWorld();
        copy.generation = generation;
        copy.prepared = prepared;
        copy.slots = slots;
        copy.owner = owner;
        copy.transaction = transaction;
        copy.topic = topic;
        copy.files = files;
        copy.rows = rows;
        copy.processes = processes;
        copy.starts = starts;
        copy.crashes = crashes;
        copy.violation = violation;
        return copy;
    }

    ModelWorld with(int slot, Process process) {
        List<Optional<Process>> changed = new ArrayList<>(processes);
        changed.set(slot, Optional.ofNullable(process));
        processes = List.copyOf(changed);
        return this;
    }

    static <T> List<T> plus(List<T> list, T more) {
        return Stream.concat(list.stream(), Stream.of(more)).toList();
    }

    /** What is decided, by epoch. */
    List<Work> decided(DecisionMode mode) {
        return (mode == DecisionMode.TRANSACTION ? topic : slots)
                .stream()
                        .sorted(Comparator.comparing(work -> work.attempt().epoch()))
                        .toList();
    }

    Optional<Work> prepared(Predicate<Work> wanted) {
        return prepared.stream().filter(wanted).findFirst();
    }

    /** Sorted, so that the order in which things were prepared makes no difference. */
    void prepare(Work work) {
        TreeSet<Work> all = new TreeSet<>(Comparator.comparing(Work::hash));
        all.addAll(prepared);
        all.add(work);
        prepared = List.copyOf(all);
    }

    /** The first of the invariants that does not hold here. */
    Optional<String> broken(DecisionMode mode) {
        List<Work> decided = decided(mode);
        if (violation != null) {
            return Optional.of(violation);
        }
        for (Work work : decided) {
            if (prepared(each -> each.equals(work)).isEmpty()) {
                return Optional.of("I1: decided and not prepared: " + work);
            }
        }
        String parent = "";
        int position = 0;
        for (int i = 0; i < decided.size(); i++) {
            Work work = decided.get(i);
            if (i > 0 && work.attempt().epoch() == decided.get(i - 1).attempt().epoch()) {
                return Optional.of("I2: two decisions for an epoch: " + decided);
            }
            if (work.attempt().epoch() != i + 1
                    || work.from() != position
                    || !work.parent().equals(parent)) {
                return Optional.of("I5: an epoch does not follow the one before: " + decided);
            }
            if (mode == DecisionMode.TRANSACTION
                    && i > 0
                    && work.attempt().generation()
                            < decided.get(i - 1).attempt().generation()) {
                return Optional.of("I3: decided by one that was fenced off: " + decided);
            }
            position = work.to();
            parent = work.hash();
        }
        return Stream.of(topic, files, rows)
                .flatMap(sink -> wrong(sink, decided).stream())
                .findFirst()
                .or(() -> unfinished(mode));
    }

    private static Optional<String> wrong(List<Work> sink, List<Work> decided) {
        int position = 0;
        for (Work work : sink) {
            if (work.from() != position) {
                return Optional.of("I4: a sink shows something twice, or not at all: " + sink);
            }
            if (!decided.contains(work)) {
                return Optional.of("I6: a sink shows what is not decided: " + work + " of " + decided);
            }
            position = work.to();
        }
        return Optional.empty();
    }

    private Optional<String> unfinished(DecisionMode mode) {
        if (!isFinished()) {
            return Optional.empty();
        }
        return (mode == DecisionMode.TRANSACTION ? Stream.of(topic, files, rows) : Stream.of(files, rows))
                .filter(sink -> sink.isEmpty() || sink.get(sink.size() - 1).to() != RECORDS)
                .map(sink -> "finished, and a sink shows only " + sink)
                .findFirst();
    }

    /** Whether the latest start has come to the end. */
    boolean isFinished() {
        return processes.stream()
                .flatMap(Optional::stream)
                .map(process -> process.step().state())
                .anyMatch(state -> state.phase() == EpochState.Phase.FINISHED && state.generation() == generation);
    }

    private List<Object> all() {
        return List.of(
                generation,
                prepared,
                slots,
                owner,
                Optional.ofNullable(transaction),
                topic,
                files,
                rows,
                processes,
                starts,
                crashes,
                Optional.ofNullable(violation));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ModelWorld world && all().equals(world.all());
    }

    @Override
    public int hashCode() {
        return all().hashCode();
    }
}
