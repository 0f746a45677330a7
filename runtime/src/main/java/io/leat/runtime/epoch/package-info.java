/**
 * Exactly once: what makes an epoch of a job happen once, whatever crashes.
 *
 * <p>{@link io.leat.runtime.epoch.EpochProtocol} is the protocol, as one function from a state and what happened to the next state and what
 * to do there; it does nothing itself. The engine does what it says; a test drives it through every order of crashes. May import everything before
 * {@code local}. Start reading at {@link io.leat.runtime.epoch.EpochProtocol}; the design is {@code runtime/docs/006-exactly-once.md}.
 */
package io.leat.runtime.epoch;
