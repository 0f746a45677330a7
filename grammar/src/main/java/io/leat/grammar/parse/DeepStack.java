package io.leat.grammar.parse;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Runs a task on a stack that is deep enough for any text within the limits, whatever thread the caller is on. Besides the parser,
 * every pass over a tree or a plan that recurses belongs here: a tree may be some 2,000 levels deep, where the methods of records
 * alone overflow an ordinary stack.
 *
 * <p>The stack is address space, not memory: only what a parse touches is ever used, and the thread ends with the task.
 */
public final class DeepStack {
    private static final long STACK_BYTES = 512L << 20;

    private DeepStack() {}

    /** Waits for the task even when interrupted, since a parse is short; the interrupt is kept for the caller. */
    public static <T> T call(Supplier<T> task) {
        FutureTask<T> running = new FutureTask<>(task::get);
        Thread thread = new Thread(null, running, "leat-parser", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return running.get();
                } catch (InterruptedException interrupt) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException failure) {
            throw unchecked(failure.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A task that supplies throws nothing checked. */
    private static RuntimeException unchecked(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return (RuntimeException) cause;
    }
}
