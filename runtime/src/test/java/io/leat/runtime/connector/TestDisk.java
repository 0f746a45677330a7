package io.leat.runtime.connector;

import io.leat.runtime.platform.Clock;
import io.leat.runtime.platform.Disk;
import io.leat.runtime.platform.Platform;
import io.leat.runtime.platform.Threads;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The disk of this machine with standard input and output of its own, which counts open files and fails when told to. */
public final class TestDisk implements Disk {
    private final Disk disk = Disk.system();
    public InputStream standardInput = new ByteArrayInputStream(new byte[0]);
    public final ByteArrayOutputStream standardOutput = new ByteArrayOutputStream();
    public final AtomicInteger open = new AtomicInteger();
    public final AtomicInteger mostOpen = new AtomicInteger();
    /** The next move fails with this reason. */
    public String failMove;
    /** The next link is made, and fails with this reason all the same. */
    public String failBehindLink;
    /** What somebody else does just before the next file is opened or asked for its size. */
    public Runnable meanwhile = () -> {};
    /** Whether a file that is locked is so for others. */
    public boolean locksHold = true;

    /** This machine with this disk. */
    public Platform platform() {
        return platform(Clock.system());
    }

    public Platform platform(Clock clock) {
        return new Platform(clock, this, Threads.system());
    }

    private void doMeanwhile() {
        Runnable next = meanwhile;
        meanwhile = () -> {};
        next.run();
    }

    @Override
    public boolean exists(Path path) {
        return disk.exists(path);
    }

    @Override
    public boolean isDirectory(Path path) {
        return disk.isDirectory(path);
    }

    @Override
    public boolean isFile(Path path) {
        return disk.isFile(path);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public long size(Path path) throws IOException {
        doMeanwhile();
        return disk.size(path);
    }

    @Override
    public long modifiedMicros(Path path) throws IOException {
        return disk.modifiedMicros(path);
    }

    @Override
    public Path realPath(Path path) throws IOException {
        return disk.realPath(path);
    }

    @Override
    public ReadFile open(Path path) throws IOException {
        doMeanwhile();
        ReadFile file = disk.open(path);
        int now = open.incrementAndGet();
        mostOpen.accumulateAndGet(now, Math::max);
        return new ReadFile() {
            @Override
            public long size() throws IOException {
                return file.size();
            }

            @Override
            public int read(long position, ByteBuffer into) throws IOException {
                return file.read(position, into);
            }

            @Override
            public void close() throws IOException {
                open.decrementAndGet();
                file.close();
            }
        };
    }

    @Override
    public InputStream read(Path path) throws IOException {
        return disk.read(path);
    }

    @Override
    public OutputStream create(Path path) throws IOException {
        return disk.create(path);
    }

    @Override
    public void sync(Path path) throws IOException {
        disk.sync(path);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        if (failMove != null) {
            throw new IOException(failMove);
        }
        disk.move(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        disk.delete(path);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(directory);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        disk.createDirectory(directory);
    }

    @Override
    public void link(Path file, Path name) throws IOException {
        disk.link(file, name);
        if (failBehindLink != null) {
            String reason = failBehindLink;
            failBehindLink = null;
            throw new IOException(reason);
        }
    }

    @Override
    public Optional<Closeable> lock(Path file) throws IOException {
        return locksHold ? disk.lock(file) : Optional.of(() -> {});
    }

    @Override
    public Path temporaryFile(String prefix) throws IOException {
        return disk.temporaryFile(prefix);
    }

    @Override
    public InputStream standardInput() {
        return standardInput;
    }

    @Override
    public OutputStream standardOutput() {
        return standardOutput;
    }
}
