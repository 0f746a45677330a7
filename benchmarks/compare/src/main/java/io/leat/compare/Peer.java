package io.leat.compare;

import java.nio.file.Path;
import java.util.List;

/** Somebody who can do workloads. One thread at a time. */
interface Peer extends AutoCloseable {
    /** As results name it. */
    String name();

    boolean takes(Workload workload);

    /** What is to be done once, before anything is measured; a run is a whole job, from opening its files to its answer. */
    Run prepare(Workload workload, Path data) throws Exception;

    @Override
    default void close() throws Exception {
        // Most have nothing to close.
    }

    /** A job that can be run again and again. */
    interface Run {
        /** Its rows as text, columns separated by commas, in any order. */
        List<String> run() throws Exception;
    }
}
