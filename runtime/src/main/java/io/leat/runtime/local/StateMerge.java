package io.leat.runtime.local;

import io.leat.runtime.epoch.Attempt;
import io.leat.runtime.epoch.SavedStates;
import io.leat.runtime.epoch.StateFile;
import io.leat.runtime.local.Snapshot.Header;
import io.leat.runtime.local.Snapshot.Place;
import io.leat.runtime.local.Snapshot.Section;
import io.leat.runtime.local.SnapshotFrame.Kind;
import io.leat.runtime.platform.Threads;
import io.leat.runtime.state.SectionBlock;
import io.leat.runtime.state.SectionForm;
import io.leat.runtime.state.SectionMerge;
import io.leat.runtime.state.SectionReader;
import io.leat.runtime.state.SectionWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * Makes one file with everything of the files of a chain, by a thread of its own, from the files alone: rows do not wait for it. In memory are
 * one virtual partition's changes, or a share of them, at a time.
 *
 * <p>Begun, asked and given up by one thread.
 */
final class StateMerge {
    private final SavedStates states;
    private final List<StateFile> files;
    private final Attempt attempt;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean givenUp;
    private volatile Merged merged;
    private volatile Throwable failure;

    /**
     * @param entries how many with a key are in it
     */
    record Merged(StateFile file, long entries) {}

    /** What ends the thread when nobody needs the file any more. */
    private static final class GivenUpException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private StateMerge(SavedStates states, List<StateFile> files, Attempt attempt) {
        this.states = states;
        this.files = files;
        this.attempt = attempt;
    }

    /**
     * @param files decided ones, which stay for as long as this works
     * @param attempt the epoch that is running
     */
    static StateMerge begin(SavedStates states, List<StateFile> files, Attempt attempt, Threads threads) {
        StateMerge merge = new StateMerge(states, files, attempt);
        threads.start("leat-state-merge", 0, merge::run);
        return merge;
    }

    /** How many files of the chain, from the first on, it stands for. */
    int files() {
        return files.size();
    }

    boolean isEnded() {
        return ended.getCount() == 0;
    }

    /** Waits until it has ended. */
    void await(Threads threads) {
        threads.await(ended);
    }

    /** What came of it, once it has ended; throws what it failed with. */
    Merged result() {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        return merged;
    }

    /** Ends it, with whatever was written so far, and waits for that. */
    void giveUp(Threads threads) {
        givenUp = true;
        threads.await(ended);
        if (merged != null) {
            states.giveUp(merged.file().name());
        }
    }

    private void run() {
        try {
            merge();
        } catch (RuntimeException | Error e) {
            failure = e;
        } finally {
            ended.countDown();
        }
    }

    private void merge() {
        SavedStates.Writing writing = states.merge(attempt);
        try {
            Snapshot snapshot = new StateSnapshots(states).read(files).snapshot();
            Header header = snapshot.header();
            try (StateFileTarget target =
                    new StateFileTarget(writing, true, header.phase(), header.epoch(), header.query())) {
                write(snapshot, target);
                target.end(header.workers(), header.held());
                merged = new Merged(target.written(), target.keyedEntries());
            }
        } catch (GivenUpException e) {
            writing.close();
            states.giveUp(writing.name());
        } catch (RuntimeException | Error e) {
            writing.close();
            throw e;
        }
    }

    private void write(Snapshot snapshot, StateFileTarget target) {
        SectionMerge.Windows windows = windows(snapshot.sections());
        List<Section> sections = snapshot.sections();
        for (int from = 0; from < sections.size(); ) {
            int to = from + 1;
            while (to < sections.size()
                    && sections.get(to).place().equals(sections.get(from).place())) {
                to++;
            }
            write(sections.subList(from, to), windows, target);
            from = to;
        }
    }

    /** Which windows are open, by the parts whose groups are of windows. */
    private static SectionMerge.Windows windows(List<Section> sections) {
        Map<String, List<Section>> wholes = new HashMap<>();
        for (Section section : sections) {
            if (section.place().partition() == Snapshot.WHOLE) {
                wholes.computeIfAbsent(section.name(), key -> new ArrayList<>()).add(section);
            }
        }
        return new SectionMerge.Windows(part ->
                wholes.getOrDefault(part, List.of()).stream().map(Section::read).toList());
    }

    private void write(List<Section> of, SectionMerge.Windows windows, StateFileTarget target) {
        Place place = of.get(0).place();
        int form = of.get(0).form();
        boolean isOne = of.size() == 1 && !of.get(0).more();
        if (form == SectionForm.OWN || form == SectionForm.KEYED && isOne) {
            of.forEach(section -> copy(section, target));
            return;
        }
        Output out = new Output(place, target);
        List<Supplier<SectionReader>> readers = new ArrayList<>();
        of.forEach(section -> readers.add(section::read));
        long changedBytes =
                of.stream().filter(Section::more).mapToLong(Section::bytes).sum();
        SectionMerge.merge(form, readers, changedBytes, windows.of(place.name()), out.writer);
        out.end();
    }

    private void copy(Section section, StateFileTarget target) {
        Kind kind = section.more() ? Kind.MORE : Kind.ALL;
        for (SectionBlock block : section.blocks()) {
            goOn();
            target.block(kind, section.place(), section.form(), block.read(), block.length(), block.entries());
            kind = Kind.NEXT;
        }
    }

    private void goOn() {
        if (givenUp) {
            throw new GivenUpException();
        }
    }

    /** A section that is written. */
    private final class Output implements SectionWriter.Receiver {
        private final Place place;
        private final StateFileTarget target;
        private final SectionWriter writer = new SectionWriter(this);
        private boolean begun;

        Output(Place place, StateFileTarget target) {
            this.place = place;
            this.target = target;
        }

        @Override
        public void block(int form, byte[] bytes, int length, long entries) {
            goOn();
            target.block(begun ? Kind.NEXT : Kind.ALL, place, form, bytes, length, entries);
            begun = true;
        }

        void end() {
            if (writer.length() > 0 || writer.entries() > 0) {
                writer.flush();
            }
        }
    }
}
