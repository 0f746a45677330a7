package io.leat.runtime.epoch;

/**
 * Which attempt an epoch was, or is to be, decided for.
 *
 * @param hash of what was prepared for it, which holds the hash of the epoch before: equal hashes mean an equal past
 */
public record Decision(Attempt attempt, String hash) {
    public long epoch() {
        return attempt.epoch();
    }
}
