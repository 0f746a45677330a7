package io.leat.runtime.epoch;

import io.leat.runtime.connector.StagedPart;
import io.leat.runtime.connector.file.log.TableLog;
import io.leat.runtime.platform.Disk;
import io.leat.runtime.platform.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Makes the state at the end of an epoch the beginning of another job, which has a directory and an id of its own: a job goes back only by
 * becoming another one. What it was of stays as it is.
 */
public final class StateFork {
    private static final String SET_ASIDE = "_set-aside";

    private final Platform platform;
    private final Disk disk;

    /** What becomes of rows that sinks show of epochs behind the one that is gone back to. */
    public enum LaterRows {
        /** They stay; what the new job makes of the same input comes beside them, where it writes to the same tables. */
        KEEP,
        /** Their files are moved into {@code _set-aside} in their directory, where no reader of the table looks. */
        SET_ASIDE
    }

    /**
     * What was done.
     *
     * @param epoch whose state the new job begins with
     * @param job the id of the new job
     * @param setAside files that were moved
     */
    public record Done(long epoch, String job, List<Path> setAside) {
        public Done {
            setAside = List.copyOf(setAside);
        }
    }

    public StateFork(Platform platform) {
        this.platform = platform;
        this.disk = platform.disk();
    }

    /**
     * @param from of a job that does not run
     * @param to a new or empty directory
     * @param epoch one that the directory still has; empty for the last one
     * @param laterRows empty if there are none
     * @throws StateException if that cannot be done; then nothing was, but that files may be set aside
     */
    public Done fork(Path from, Path to, OptionalLong epoch, Optional<LaterRows> laterRows) {
        StateDirectory.look(from, disk).close();
        if (disk.exists(to.resolve(StateIdentity.IDENTITY))) {
            throw new StateException("'" + to + "' is the state directory of a job already: name a new or empty one");
        }
        // Taken, so that nothing of it is cleaned up meanwhile.
        try (StateDirectory source = StateDirectory.open(StateIdentity.open(platform, from), disk)) {
            long last = source.resolve()
                    .map(Decision::epoch)
                    .orElseThrow(() -> new StateException(
                            "state directory '" + from + "' has no state yet: no epoch has come to its end"));
            long wanted = epoch.orElse(last);
            Preparation begin = source.decided(wanted);
            if (wanted == last && !source.isShown(last)) {
                throw new StateException(
                        "rows of epoch " + last + ", which is decided, may wait to be shown: start the job" + " of '"
                                + from + "' once more, and stop it, before it is forked");
            }
            if (!begin.transaction().isEmpty()
                    && laterRows.filter(LaterRows.KEEP::equals).isEmpty()) {
                throw new StateException(
                        "rows that the job wrote to topics stay there, also those of later epochs: say so"
                                + " with --rows keep, and let the new job write to other topics");
            }
            List<StagedPart> later =
                    wanted == last ? List.of() : source.decided(last).parts();
            List<Path> setAside = treat(later, laterRows);
            return new Done(wanted, write(to, begin, source.states()), setAside);
        }
    }

    private List<Path> treat(List<StagedPart> later, Optional<LaterRows> laterRows) {
        List<Path> moved = new ArrayList<>();
        if (later.isEmpty() || laterRows.filter(LaterRows.KEEP::equals).isPresent()) {
            return moved;
        }
        if (laterRows.isEmpty()) {
            throw new StateException("later epochs have shown " + rows(later) + ": say what becomes of them with"
                    + " --rows keep or --rows set-aside");
        }
        for (StagedPart part : later) {
            Path target = part.target()
                    .orElseThrow(
                            () -> new StateException("the " + part.rows() + " rows that later epochs have shown in "
                                    + part.sink() + " are in no file that could be set aside: use --rows keep"));
            if (TableLog.isIn(disk, target.toAbsolutePath().getParent())) {
                throw new StateException("the " + part.rows() + " rows that later epochs have shown in " + part.sink()
                        + " are in the log of that table, from which nothing is taken back: use --rows keep");
            }
            if (disk.exists(target)) {
                moved.add(target);
            }
        }
        moved.forEach(this::setAside);
        return moved;
    }

    private static String rows(List<StagedPart> parts) {
        return parts.stream()
                .collect(Collectors.groupingBy(StagedPart::sink, Collectors.summingLong(StagedPart::rows)))
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> each.getValue() + " rows in " + each.getKey())
                .collect(Collectors.joining(", "));
    }

    private void setAside(Path file) {
        Path directory = file.resolveSibling(SET_ASIDE);
        try {
            disk.createDirectories(directory);
            disk.move(file, directory.resolve(file.getFileName()));
            disk.sync(directory);
            disk.sync(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw StateException.of(file, "moved to '" + directory + "'", e);
        }
    }

    /** The first epoch of the new job: nothing was read in it, and nothing is to be shown. */
    private String write(Path to, Preparation begin, SavedStates states) {
        try (StateDirectory target = StateDirectory.open(StateIdentity.open(platform, to), disk)) {
            Attempt attempt = new Attempt(1, target.claim());
            Preparation first = new Preparation(
                    target.job(),
                    attempt,
                    "",
                    begin.last(),
                    begin.fingerprints(),
                    states.copy(begin.states(), target.states(), attempt),
                    "",
                    List.of());
            String hash = target.prepare(first).orElseThrow(() -> taken(to));
            if (!target.decide(new Decision(attempt, hash))) {
                throw taken(to);
            }
            target.shown(1);
            return target.job();
        }
    }

    private static StateException taken(Path to) {
        return new StateException("'" + to + "' was taken by another process meanwhile: name another directory");
    }
}
