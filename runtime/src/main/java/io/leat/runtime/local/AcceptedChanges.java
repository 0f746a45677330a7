package io.leat.runtime.local;

/**
 * What whoever starts a job says is meant, where its query is not the one that its state was made with.
 *
 * @param changedQuery that operators compute something else from now on, that outputs begin with the rows that come now, and that state
 *     of what is gone is dropped
 * @param partialResults that what is new begins with the rows that come now, so that its first results are of a part of the rows
 */
public record AcceptedChanges(boolean changedQuery, boolean partialResults) {
    public static final AcceptedChanges NONE = new AcceptedChanges(false, false);

    public AcceptedChanges andChangedQuery() {
        return new AcceptedChanges(true, partialResults);
    }

    public AcceptedChanges andPartialResults() {
        return new AcceptedChanges(changedQuery, true);
    }
}
