package io.leat.runtime.connector;

import java.util.List;

/**
 * A sink whose rows wait for a decision. {@link #endEpoch} and {@link #finish} make nothing visible: what {@link #seal} answers is shown
 * later, by whoever knows that the epoch is decided. A close drops what was not sealed.
 */
public interface StagedSink extends Sink {

    /** Completes everything written since the last call. It is durable, and no longer this sink's. */
    List<StagedPart> seal(long epoch);

    /**
     * Whose rows they are.
     *
     * @param job an id that no other job has: letters and digits
     * @param generation of this start of the job, from 1
     * @param decided the last epoch that is decided; 0 for none
     * @param sink which sink of the job this is
     */
    record Run(String job, long generation, long decided, int sink) {}
}
