package io.leat.runtime.epoch;

import io.leat.runtime.platform.Clock;
import io.leat.runtime.platform.Disk;
import io.leat.runtime.platform.Platform;
import io.leat.runtime.platform.Random;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** Whose a state directory is, for as long as this process has it. */
public final class StateIdentity implements AutoCloseable {
    private static final String KIND = "state";
    static final String IDENTITY = "IDENTITY";
    private static final String UNFINISHED = "IDENTITY.tmp";
    private static final String LOCK = "LOCK";
    private static final int ID_DIGITS = 16;
    private static final int RADIX = Character.MAX_RADIX;

    private final Path root;
    private final Closeable lock;
    private final String job;

    private StateIdentity(Path root, Closeable lock, String job) {
        this.root = root;
        this.lock = lock;
        this.job = job;
    }

    /**
     * Takes a directory for this process, and makes it one for a new job if it is new or empty.
     *
     * @throws StateException if another process has it, or if there is something else in it
     */
    public static StateIdentity open(Platform platform, Path directory) {
        Disk disk = platform.disk();
        Path root = directory.toAbsolutePath().normalize();
        StateFiles files = new StateFiles(disk);
        Closeable lock = null;
        try {
            disk.createDirectories(root);
            Path identity = root.resolve(IDENTITY);
            if (!disk.exists(identity)) {
                refuseOthers(root, files);
            }
            lock = disk.lock(root.resolve(LOCK))
                    .orElseThrow(() -> new StateException("the state directory '" + root
                            + "' is in use: another process runs the job; wait for its end, or stop it"));
            if (!disk.exists(identity)) {
                create(platform, files, root, identity);
            }
            String job = StateLines.read(identity, KIND, files.read(identity)).get("job");
            return new StateIdentity(root, lock, job);
        } catch (IOException e) {
            close(lock);
            throw StateException.of(root, "used for state", e);
        } catch (RuntimeException e) {
            close(lock);
            throw e;
        }
    }

    /**
     * Looks at a directory without taking it.
     *
     * @throws StateException if it is none
     */
    static StateIdentity look(Disk disk, Path directory) {
        Path root = directory.toAbsolutePath().normalize();
        Path identity = root.resolve(IDENTITY);
        if (!disk.exists(identity)) {
            throw new StateException("'" + root + "' is no state directory: it has no '" + IDENTITY + "'");
        }
        StateFiles files = new StateFiles(disk);
        return new StateIdentity(
                root,
                null,
                StateLines.read(identity, KIND, files.read(identity)).get("job"));
    }

    private static void refuseOthers(Path root, StateFiles files) {
        Set<String> own = Set.of(LOCK, UNFINISHED);
        for (Path entry : files.list(root)) {
            if (!own.contains(StateFiles.name(entry))) {
                throw new StateException("'" + root + "' is no state directory: it has '" + StateFiles.name(entry)
                        + "' and no '" + IDENTITY + "'; name a new or empty directory, or put '" + IDENTITY + "' back");
            }
        }
    }

    private static void create(Platform platform, StateFiles files, Path root, Path identity) throws IOException {
        Path unfinished = root.resolve(UNFINISHED);
        files.delete(unfinished);
        files.write(
                unfinished,
                StateLines.write(KIND).put("job", newId(platform.clock())).toBytes());
        platform.disk().move(unfinished, identity);
        platform.disk().sync(root);
    }

    private static String newId(Clock clock) {
        Random random = new Random(clock.nanos() ^ Long.reverse(clock.wallMicros()));
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < ID_DIGITS; i++) {
            id.append(Character.forDigit(random.nextInt(RADIX), RADIX));
        }
        return id.toString();
    }

    Path root() {
        return root;
    }

    String job() {
        return job;
    }

    @Override
    public void close() {
        close(lock);
    }

    private static void close(Closeable lock) {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            // The lock goes with the process.
        }
    }
}
