package io.leat.runtime.epoch;

import io.leat.runtime.connector.Hashes;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a job keeps between its starts, as files; each method is an action of the protocol in mode {@code SLOT}. One thread at a time.
 *
 * <p>Where a transaction decides, a decision here is a copy of that one: made behind it, or by the next start.
 *
 * <pre>
 * IDENTITY        the job's id                     LOCK         taken by the process that runs the job
 * GEN/g/          the room of a start              GEN/g/e      what it prepared for an epoch
 * DEC/e           the decision: another name of GEN/g/e, which only one can give it
 * DEC/e.shown     the sinks have shown the epoch   BASE/e-g     the state at its end
 *                                                 DELTA/e-g    what is different in it from the epoch before
 * SPOOL/          rows that sinks write elsewhere when their epoch is decided
 * </pre>
 *
 * No file is changed once it has its name. The room of an older start is renamed when a newer one begins: what wakes up there finds
 * neither its room nor what it prepared.
 */
public final class StateDirectory implements AutoCloseable {
    private static final String FENCED = ".fenced";
    private static final String SHOWN = ".shown";

    private final StateIdentity identity;
    private final Disk disk;
    private final StateFiles files;
    private final Path rooms;
    private final Path decisions;
    private final SavedStates states;
    private final Path spool;

    private StateDirectory(StateIdentity identity, Disk disk) {
        this.identity = identity;
        this.disk = disk;
        this.files = new StateFiles(disk);
        this.rooms = identity.root().resolve("GEN");
        this.decisions = identity.root().resolve("DEC");
        this.states = new SavedStates(identity.root(), disk);
        this.spool = identity.root().resolve("SPOOL");
    }

    /**
     * The directory that this process has taken.
     *
     * @param identity closed with the directory, and if this fails
     */
    public static StateDirectory open(StateIdentity identity, Disk disk) {
        StateDirectory directory = new StateDirectory(identity, disk);
        List<Path> directories = new ArrayList<>(List.of(directory.rooms, directory.decisions, directory.spool));
        directories.addAll(directory.states.directories());
        for (Path each : directories) {
            try {
                disk.createDirectories(each);
            } catch (IOException e) {
                identity.close();
                throw StateException.of(each, "made", e);
            }
        }
        return directory;
    }

    /**
     * A directory to look at, which may belong to a job that runs: nothing is written there.
     *
     * @throws StateException if it is no state directory
     */
    public static StateDirectory look(Path directory, Disk disk) {
        return new StateDirectory(StateIdentity.look(disk, directory), disk);
    }

    /** Whose directory it is; no other job has this id. */
    public String job() {
        return identity.job();
    }

    /** Takes the next generation, which nobody else has or had. */
    public long claim() {
        long last = 0;
        for (Path room : files.list(rooms)) {
            String name = StateFiles.name(room).replace(FENCED, "");
            last = Math.max(last, StateFiles.number(name).orElse(0L));
        }
        TreeSet<Long> decided = files.numbers(decisions);
        if (!decided.isEmpty()) {
            last = Math.max(last, read(decided.last()).attempt().generation());
        }
        while (true) {
            Path room = room(++last);
            try {
                disk.createDirectory(room);
                disk.sync(rooms);
                return last;
            } catch (FileAlreadyExistsException e) {
                continue; // another start has this one
            } catch (IOException e) {
                throw StateException.of(room, "made", e);
            }
        }
    }

    /** Takes the rooms of older generations away. */
    public void fence(long generation) {
        for (long older : files.numbers(rooms).headSet(generation)) {
            Path room = room(older);
            try {
                disk.move(room, rooms.resolve(older + FENCED));
            } catch (IOException e) {
                throw StateException.of(room, "renamed", e);
            }
        }
    }

    /** The last decided epoch, for good. */
    public Optional<Decision> resolve() {
        try {
            // An older start may have decided it and not come to its sync: what is shown must not be undone.
            disk.sync(decisions);
        } catch (IOException e) {
            throw StateException.of(decisions, "synced", e);
        }
        TreeSet<Long> decided = files.numbers(decisions);
        if (decided.isEmpty()) {
            return Optional.empty();
        }
        Path file = decision(decided.last());
        byte[] bytes = files.read(file);
        return Optional.of(new Decision(Preparation.of(file, bytes).attempt(), Hashes.of(bytes)));
    }

    /**
     * What was prepared for a decided epoch.
     *
     * @throws StateException if it is not what was decided, or does not follow what was decided before
     */
    public Preparation verify(Decision decided) {
        long epoch = decided.epoch();
        Path file = decision(epoch);
        byte[] bytes = files.read(file);
        Preparation preparation = Preparation.of(file, bytes);
        String found = Hashes.of(bytes);
        if (!found.equals(decided.hash()) || !preparation.attempt().equals(decided.attempt())) {
            throw StateException.damaged(file, "its SHA-256 is " + found + " and not " + decided.hash());
        }
        if (preparation.attempt().epoch() != epoch || !preparation.job().equals(job())) {
            throw StateException.damaged(
                    file,
                    "it is of epoch " + preparation.attempt().epoch() + " of job " + preparation.job()
                            + " and not of epoch " + epoch + " of job " + job());
        }
        if (epoch > 1) {
            Path before = decision(epoch - 1);
            String hash = Hashes.of(files.read(before));
            if (!hash.equals(preparation.parent())) {
                throw StateException.damaged(
                        before,
                        "its SHA-256 is " + hash + " and not " + preparation.parent() + ", which epoch " + epoch
                                + " follows");
            }
        }
        return preparation;
    }

    /**
     * What was prepared for a decided epoch that the directory still has: the last one, or the one before.
     *
     * @throws StateException if there is none, or it is damaged
     */
    public Preparation decided(long epoch) {
        TreeSet<Long> decided = files.numbers(decisions);
        if (!decided.contains(epoch)) {
            throw new StateException("'" + identity.root() + "' has no state of epoch " + epoch + ": it has that of "
                    + (decided.isEmpty() ? "no epoch yet" : "epochs " + decided.first() + " to " + decided.last()));
        }
        if (epoch < decided.last()) {
            verify(resolve().orElseThrow()); // which says what the one before must be
        }
        byte[] bytes = files.read(decision(epoch));
        return Preparation.of(decision(epoch), bytes);
    }

    /** The files of state. */
    public SavedStates states() {
        return states;
    }

    /** Writes down what is to be decided; answers its hash, or nothing if a newer start has taken over. */
    public Optional<String> prepare(Preparation preparation) {
        byte[] bytes = preparation.toBytes();
        Path file = prepared(preparation.attempt());
        try {
            return Optional.of(files.write(file, bytes).hash());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw StateException.of(file, "written", e);
        }
    }

    /** Decides an epoch for what was prepared; false if a newer start has taken over. */
    public boolean decide(Decision decision) {
        Path slot = decision(decision.epoch());
        try {
            disk.link(prepared(decision.attempt()), slot);
            disk.sync(decisions);
            return true;
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw StateException.of(slot, "made", e);
        }
    }

    /**
     * Whether an epoch was decided with this hash. Of one that was cleaned up because the job has moved on, only that is known that it was
     * decided once.
     */
    public boolean isDecided(long epoch, String hash) {
        TreeSet<Long> decided = files.numbers(decisions);
        if (!decided.contains(epoch)) {
            return !decided.isEmpty() && epoch < decided.first();
        }
        return Hashes.of(files.read(decision(epoch))).equals(hash);
    }

    /** Where sinks keep rows that they write elsewhere when their epoch is decided. */
    public Path spool() {
        return spool;
    }

    /** Takes over a decision that was made elsewhere, on what some start has prepared; false if that is not here. */
    public boolean adopt(Decision decision) {
        Path slot = decision(decision.epoch());
        long generation = decision.attempt().generation();
        for (Path room : new Path[] {room(generation), rooms.resolve(generation + FENCED)}) {
            Path prepared = room.resolve(String.valueOf(decision.epoch()));
            if (disk.exists(prepared) && Hashes.of(files.read(prepared)).equals(decision.hash())) {
                try {
                    disk.link(prepared, slot);
                    disk.sync(decisions);
                    return true;
                } catch (IOException e) {
                    throw StateException.of(slot, "made", e);
                }
            }
        }
        return false;
    }

    /** Remembers that sinks have shown an epoch: what is not there later, somebody has taken. */
    public void shown(long epoch) {
        Path file = decisions.resolve(epoch + SHOWN);
        try {
            files.mark(file);
        } catch (IOException e) {
            throw StateException.of(file, "written", e);
        }
    }

    public boolean isShown(long epoch) {
        return disk.exists(decisions.resolve(epoch + SHOWN));
    }

    /**
     * Deletes what nobody needs. The last two epochs stay, with their states, and attempts at the one that comes next.
     *
     * @param decided the last decided epoch; 0 for none
     */
    public void clean(long decided) {
        Set<String> kept = new HashSet<>();
        for (long epoch : files.numbers(decisions)) {
            if (epoch < decided - 1) {
                files.delete(decision(epoch));
            } else {
                read(epoch).states().forEach(state -> kept.add(state.name()));
            }
            if (epoch < decided) {
                files.delete(decisions.resolve(epoch + SHOWN));
            }
        }
        states.clean(decided, kept);
        for (Path room : files.list(rooms)) {
            cleanRoom(room, decided);
        }
    }

    private void cleanRoom(Path room, long decided) {
        TreeSet<Long> left = files.numbers(room);
        for (long epoch : left.headSet(decided, true)) {
            files.delete(room.resolve(String.valueOf(epoch)));
        }
        if (StateFiles.name(room).endsWith(FENCED)
                && left.tailSet(decided, false).isEmpty()) {
            files.delete(room);
        }
    }

    private Preparation read(long epoch) {
        Path file = decision(epoch);
        return Preparation.of(file, files.read(file));
    }

    private Path room(long generation) {
        return rooms.resolve(String.valueOf(generation));
    }

    private Path prepared(Attempt attempt) {
        return room(attempt.generation()).resolve(String.valueOf(attempt.epoch()));
    }

    private Path decision(long epoch) {
        return decisions.resolve(String.valueOf(epoch));
    }

    @Override
    public void close() {
        identity.close();
    }
}
