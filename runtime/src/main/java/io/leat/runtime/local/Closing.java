package io.leat.runtime.local;

import java.util.List;

/** Closes several things, each whatever becomes of the others. */
final class Closing {
    private Closing() {}

    /** Closes all in their order; then throws what the first one that failed has thrown, with what others have. */
    static void all(List<? extends AutoCloseable> opened) {
        RuntimeException failure = null;
        for (AutoCloseable each : opened) {
            try {
                each.close();
            } catch (Exception e) {
                RuntimeException next = e instanceof RuntimeException known ? known : new IllegalStateException(e);
                if (failure == null) {
                    failure = next;
                } else {
                    failure.addSuppressed(next);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
