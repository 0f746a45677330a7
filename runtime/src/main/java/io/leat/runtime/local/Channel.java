package io.leat.runtime.local;

import io.leat.runtime.platform.Threads;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A bounded queue from one worker to another: one thread sends, one receives, no locks. What does not fit waits with the sender,
 * who reads no more input until it is gone: back-pressure without anybody blocking.
 */
final class Channel {
    private static final int CAPACITY = 64;

    private final AtomicReferenceArray<Message> ring = new AtomicReferenceArray<>(CAPACITY);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final Threads threads;
    private volatile Thread receiver;

    /** Messages that wait for room; the sender's own. */
    private final Deque<Message> waiting = new ArrayDeque<>();

    Channel(Threads threads) {
        this.threads = threads;
    }

    /** Names the thread to wake when messages come. */
    void receiver(Thread thread) {
        receiver = thread;
    }

    void send(Message message) {
        waiting.add(message);
        push();
    }

    /** Moves waiting messages on; true if none is left. */
    boolean push() {
        boolean moved = false;
        while (!waiting.isEmpty() && sent.get() - received.get() < CAPACITY) {
            long at = sent.get();
            ring.set((int) (at % CAPACITY), waiting.poll());
            sent.set(at + 1);
            moved = true;
        }
        if (moved && receiver != null) {
            threads.wake(receiver);
        }
        return waiting.isEmpty();
    }

    /** The next message, or null if there is none now. */
    Message receive() {
        long at = received.get();
        if (at == sent.get()) {
            return null;
        }
        Message message = ring.getAndSet((int) (at % CAPACITY), null);
        received.set(at + 1);
        return message;
    }

    /** Frees what nobody received. Both threads must have stopped. */
    void discard() {
        for (Message message = receive(); message != null; message = receive()) {
            free(message);
        }
        waiting.forEach(Channel::free);
        waiting.clear();
    }

    private static void free(Message message) {
        if (message instanceof Message.Rows rows) {
            rows.batch().close();
        }
    }
}
