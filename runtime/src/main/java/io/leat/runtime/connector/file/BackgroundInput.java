package io.leat.runtime.connector.file;

import io.leat.runtime.platform.Platform;
import io.leat.runtime.platform.Threads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Reads a stream that may keep a reader waiting, such as standard input, on a thread of its own, a few blocks ahead. That thread
 * cannot be stopped while it waits, but it is a daemon and ends with the next bytes.
 */
final class BackgroundInput implements ByteInput {
    private static final int BLOCK_BYTES = 64 << 10;
    private static final int BLOCKS_AHEAD = 16;
    private static final long PATIENCE_NANOS = 1_000_000;

    private final Opening opening;
    private final Threads threads;
    private final Queue<Block> blocks = new ArrayBlockingQueue<>(BLOCKS_AHEAD);
    private final Thread reader;
    private volatile boolean closed;
    private Block current;

    /** Opens the stream; may wait, as a pipe does for its writer. */
    interface Opening {
        InputStream open() throws IOException;
    }

    /** Bytes, or the end if there are none, or the reason of the end. */
    private record Block(ByteBuffer bytes, IOException failure) {
        static Block of(byte[] from, int length) {
            return new Block(ByteBuffer.wrap(Arrays.copyOf(from, length)), null);
        }

        static Block end(IOException failure) {
            return new Block(ByteBuffer.allocate(0), failure);
        }
    }

    BackgroundInput(String name, Opening opening, Platform platform) {
        this.opening = opening;
        this.threads = platform.threads();
        this.reader = threads.start("read " + name, 0, this::readAhead);
    }

    private void readAhead() {
        try (InputStream in = opening.open()) {
            byte[] buffer = new byte[BLOCK_BYTES];
            int read = in.read(buffer);
            while (read >= 0 && !closed) {
                if (read > 0) {
                    put(Block.of(buffer, read));
                }
                read = in.read(buffer);
            }
            put(Block.end(null));
        } catch (IOException e) {
            put(Block.end(e));
        } catch (RuntimeException e) {
            // Nobody sees what ends this thread, so that the reader must be told.
            put(Block.end(new IOException(e.getMessage(), e)));
        }
    }

    private void put(Block block) {
        while (!blocks.offer(block) && !closed) {
            threads.park(PATIENCE_NANOS);
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (current == null) {
            current = blocks.poll();
            threads.wake(reader);
        }
        if (current == null) {
            return 0;
        }
        if (current.failure() != null) {
            throw current.failure();
        }
        ByteBuffer bytes = current.bytes();
        if (!bytes.hasRemaining()) {
            return -1;
        }
        int count = Math.min(length, bytes.remaining());
        bytes.get(into, offset, count);
        if (!bytes.hasRemaining()) {
            current = null;
        }
        return count;
    }

    @Override
    public void close() {
        closed = true;
        threads.wake(reader);
    }
}
