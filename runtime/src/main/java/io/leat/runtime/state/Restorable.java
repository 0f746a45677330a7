package io.leat.runtime.state;

/**
 * Something that keeps what came before, so that a job can stop and another run of it go on.
 *
 * <p>{@link #save} is called at the end of an epoch: everything that came before has arrived, nothing behind it has, and what was
 * pending was handed on. {@link #restore} is called once, on one that is new, before anything else. What is made of rows that are still
 * to come, such as the watermark of an operator, is not saved: the sources tell it again.
 */
public interface Restorable {

    /** Writes down what is kept. It stays as it is: the run may go on. */
    void save(StateWriter out);

    /** Takes over what was saved of its kind, by this or by other workers. */
    void restore(StateReader in);
}
