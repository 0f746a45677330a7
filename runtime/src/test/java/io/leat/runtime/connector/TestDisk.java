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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The disk of this machine with standard input and output of its own, which counts open files and fails when told to. */
public final class TestDisk extends ForwardingDisk {
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

    public TestDisk() {
        super(Disk.system());
    }

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
    public long size(Path path) throws IOException {
        doMeanwhile();
        return super.size(path);
    }

    @Override
    public ReadFile open(Path path) throws IOException {
        doMeanwhile();
        ReadFile file = super.open(path);
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
    public void move(Path from, Path to) throws IOException {
        if (failMove != null) {
            throw new IOException(failMove);
        }
        super.move(from, to);
    }

    @Override
    public void link(Path file, Path name) throws IOException {
        super.link(file, name);
        if (failBehindLink != null) {
            String reason = failBehindLink;
            failBehindLink = null;
            throw new IOException(reason);
        }
    }

    @Override
    public Optional<Closeable> lock(Path file) throws IOException {
        return locksHold ? super.lock(file) : Optional.of(() -> {});
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
