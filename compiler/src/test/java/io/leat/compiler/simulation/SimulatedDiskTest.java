package io.leat.compiler.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.platform.Random;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the simulated disk keeps when the power goes, and what it may lose. */
class SimulatedDiskTest {
    private static final Path ROOT = Path.of("/d");
    private static final Path A = ROOT.resolve("a");
    private static final Path B = ROOT.resolve("b");
    /** Enough for everything to come that may. */
    private static final int LOSSES = 100;

    private interface Doing {
        void on(SimulatedDisk disk) throws IOException;
    }

    private static void write(SimulatedDisk disk, Path path, String text) throws IOException {
        try (OutputStream out = disk.create(path)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String read(SimulatedDisk disk, Path path) throws IOException {
        try (InputStream in = disk.read(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** All that may be left in a directory of what was done before the power went: names with what the files hold. */
    private static Set<String> left(Doing before, Doing doing) throws IOException {
        Set<String> all = new HashSet<>();
        for (int seed = 0; seed < LOSSES; seed++) {
            SimulatedDisk disk = new SimulatedDisk();
            disk.createDirectories(ROOT);
            before.on(disk);
            disk.syncAll();
            doing.on(disk);
            disk.losePower(new Random(seed));
            StringBuilder text = new StringBuilder();
            for (Path path : disk.list(ROOT)) {
                text.append(path.getFileName())
                        .append('=')
                        .append(read(disk, path))
                        .append(' ');
            }
            all.add(text.toString());
        }
        return all;
    }

    @Test
    void whatIsSyncedSurvives() throws IOException {
        Set<String> left = left(disk -> {}, disk -> {
            write(disk, A, "12");
            disk.link(A, B);
            disk.sync(A);
            disk.sync(ROOT);
        });
        assertEquals(Set.of("a=12 b=12 "), left);
    }

    @Test
    void namesThatAreNotSyncedMayBeGoneOrThere() throws IOException {
        Set<String> created = left(disk -> {}, disk -> {
            write(disk, A, "1");
            disk.sync(A);
            write(disk, B, "2");
            disk.sync(B);
        });
        assertEquals(Set.of("", "a=1 ", "b=2 ", "a=1 b=2 "), created);
        assertEquals(Set.of("a=1 ", ""), left(disk -> write(disk, A, "1"), disk -> disk.delete(A)));
    }

    @Test
    void bytesThatAreNotSyncedMayBeGoneOrZero() throws IOException {
        Set<String> left = left(disk -> {}, disk -> {
            write(disk, A, "12");
            disk.sync(ROOT);
        });
        assertEquals(Set.of("a= ", "a=1 ", "a=\0 ", "a=12 ", "a=1\0 ", "a=\0\0 "), left);
    }

    @Test
    void aRenameIsOneStep() throws IOException {
        assertEquals(Set.of("a=1 ", "b=1 "), left(disk -> write(disk, A, "1"), disk -> disk.move(A, B)));
        Set<String> over = left(
                disk -> {
                    write(disk, A, "1");
                    write(disk, B, "2");
                },
                disk -> disk.move(A, B));
        assertEquals(Set.of("a=1 b=2 ", "b=1 "), over);
    }

    @Test
    void aRenameIsDurableWithEitherDirectory() throws IOException {
        for (Path synced : List.of(ROOT, ROOT.resolve("in"))) {
            for (int seed = 0; seed < LOSSES; seed++) {
                SimulatedDisk disk = new SimulatedDisk();
                disk.createDirectories(ROOT.resolve("in"));
                write(disk, ROOT.resolve("in/a"), "1");
                disk.syncAll();
                disk.move(ROOT.resolve("in/a"), B);
                disk.sync(synced);
                disk.losePower(new Random(seed));
                assertTrue(disk.exists(B));
                assertFalse(disk.exists(ROOT.resolve("in/a")));
            }
        }
    }

    /** As a system does that forgets what it could not write. */
    @Test
    void aSyncThatFailedIsNotMadeGoodByTheNext() throws IOException {
        Set<String> left = left(disk -> {}, disk -> {
            write(disk, A, "1");
            disk.failSync(A);
            disk.sync(A);
            disk.sync(ROOT);
        });
        assertTrue(left.contains("a= "), left.toString());
        assertNotEquals(Set.of("a=1 "), left);
    }

    @Test
    void directoriesAreCreatedToStay() throws IOException {
        Path inner = ROOT.resolve("x/y/z");
        for (int seed = 0; seed < LOSSES; seed++) {
            SimulatedDisk disk = new SimulatedDisk();
            disk.createDirectory(ROOT); // by somebody who did not come to a sync
            disk.createDirectories(inner);
            disk.createDirectories(inner);
            disk.losePower(new Random(seed));
            assertTrue(disk.isDirectory(inner), "seed " + seed);
        }
        SimulatedDisk disk = new SimulatedDisk();
        write(disk, Path.of("/f"), "");
        assertThrows(FileAlreadyExistsException.class, () -> disk.createDirectories(Path.of("/f")));
    }

    @Test
    void errorsAreThoseOfAnyDisk() throws IOException {
        SimulatedDisk disk = new SimulatedDisk();
        disk.createDirectories(ROOT);
        write(disk, A, "1");
        assertThrows(FileAlreadyExistsException.class, () -> disk.create(A));
        assertThrows(FileAlreadyExistsException.class, () -> disk.createDirectory(ROOT));
        assertThrows(NoSuchFileException.class, () -> disk.link(B, ROOT.resolve("c")));
        assertThrows(NoSuchFileException.class, () -> disk.read(B));
        assertThrows(NoSuchFileException.class, () -> disk.move(B, A));
        assertThrows(DirectoryNotEmptyException.class, () -> disk.delete(ROOT));
        disk.delete(B);
        assertEquals(List.of(A), disk.list(ROOT));
        assertArrayEquals(new byte[] {'1'}, disk.read(A).readAllBytes());
    }

    @Test
    void aLockIsHeldOnce() throws IOException {
        SimulatedDisk disk = new SimulatedDisk();
        Optional<Closeable> lock = disk.lock(A.getRoot().resolve("lock"));
        assertTrue(disk.lock(A.getRoot().resolve("lock")).isEmpty());
        lock.orElseThrow().close();
        assertTrue(disk.lock(A.getRoot().resolve("lock")).isPresent());
    }
}
