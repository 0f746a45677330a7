package io.leat.runtime.connector;

/**
 * What is remembered of the answers to keys.
 *
 * @param maxRows how many rows a worker remembers at most, a key without rows counting as one; 0 for none
 * @param expireMicros how old an answer may become; 0 for any age
 * @param missing whether it is remembered that a key has no rows
 */
public record LookupCache(long maxRows, long expireMicros, boolean missing) {
    /** Nothing is remembered. */
    public static final LookupCache NONE = new LookupCache(0, 0, false);
}
