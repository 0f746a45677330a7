package io.leat.runtime.connector.file.log;

/**
 * Who wrote an entry, and as which of their epochs.
 *
 * @param job an id that no other job, or no other run without state, has
 * @param sink what writes the table in this job
 * @param generation of the start that prepared the epoch; 0 without state
 * @param hash of the epoch, of which equal ones mean an equal past; empty without state
 */
public record EntryAuthor(String job, String sink, long epoch, long generation, String hash) {
    /**
     * @throws IllegalArgumentException if no log says so
     */
    public EntryAuthor {
        if (job == null || job.isEmpty() || sink == null || hash == null) {
            throw new IllegalArgumentException("nobody wrote it");
        }
    }

    /** Whether a state directory remembers the epoch. */
    public boolean keepsState() {
        return !hash.isEmpty();
    }

    boolean isSame(EntryAuthor other) {
        return job.equals(other.job) && sink.equals(other.sink);
    }
}
