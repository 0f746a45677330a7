package io.leat.runtime.epoch;

/**
 * One start's try at an epoch. A start tries each epoch once: what fails is tried by the next start.
 *
 * @param epoch from 1, without gaps
 * @param generation of the start, from 1
 */
public record Attempt(long epoch, long generation) {
    @Override
    public String toString() {
        return epoch + "-" + generation;
    }
}
