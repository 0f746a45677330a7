package io.leat.runtime.connector;

import java.nio.file.Path;
import java.util.List;

/**
 * A sink whose rows wait for a decision. {@link #endEpoch} and {@link #finish} make nothing visible: what {@link #seal} answers is shown
 * later, by the {@link EpochApplier} of the same table. A close drops what was not sealed.
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
     * @param sink what the sink is called in its job: by the table, and which statement that writes there this is
     * @param number which sink of the job this is
     * @param spool a directory of the job for files that nobody else reads
     */
    record Run(String job, long generation, long decided, String sink, int number, Path spool) {}
}
