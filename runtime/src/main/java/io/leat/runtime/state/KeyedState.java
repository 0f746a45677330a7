package io.leat.runtime.state;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.kernel.RowError;
import java.util.function.LongToIntFunction;

/**
 * An ordered map from bytes to bytes: what an operator keeps between rows. Keys are ordered as unsigned bytes, a key before those it
 * is the beginning of; {@link KeyBytes} makes them so that this is the order of the values in them. One operator, one worker, one
 * thread.
 *
 * <p>Bytes that are passed in are copied. Bytes that are handed out, by {@link #get} and by cursors, are lent: they may be passed to
 * the next call of the state or of one of its cursors, and are not valid behind it. No call allocates once the state is warm.
 */
public interface KeyedState extends AutoCloseable {
    /** Bytes that a key may have, and bytes that a value may have. */
    int MAX_BYTES = 1 << 20;

    /**
     * Sets the value of a key.
     *
     * @throws RowError if the key or the value is longer than {@link #MAX_BYTES}
     */
    void put(long key, int keyLength, long value, int valueLength);

    /** Lends the value of a key; false, and {@code value} is NULL, if there is none. */
    boolean get(long key, int keyLength, BytesResult value);

    /**
     * Adds to the number that a key has as its value, an absent key having 0, and returns the sum. A key whose number becomes 0 is
     * removed, so that a multiset holds nothing but what is in it. The value is what {@code Memory.putLong} writes.
     *
     * @throws IllegalStateException if the value is not a number put by this method
     * @throws RowError as {@link #put}
     */
    long add(long key, int keyLength, long delta);

    /** Removes a key with its value; false if it was not there. */
    boolean remove(long key, int keyLength);

    /** Removes all keys from {@code from} on and before {@code to}. */
    void removeRange(long from, int fromLength, long to, int toLength);

    /** Removes all keys that begin with these bytes; no bytes are the beginning of every key. */
    void removePrefix(long prefix, int prefixLength);

    /** A new cursor, which stands nowhere. It belongs to the state and is closed with it: an operator makes one and uses it again. */
    Cursor cursor();

    /** How many keys there are. */
    long entries();

    /**
     * Writes all entries down, or what has changed since the last time where that is enough.
     *
     * @param partition finds, at the address of a key, what the key moves with: a virtual partition, or one of a source
     */
    void save(StateWriter out, LongToIntFunction partition);

    /** Writes down the entries of keys that begin with their virtual partition. */
    default void save(StateWriter out) {
        save(out, KeyedSections.partitionAt(0));
    }

    /** Takes over what was saved; the state is empty. */
    void restore(StateReader in);

    /** Bytes that the state takes in memory, on the heap or outside it. */
    long bytes();

    /** Makes room for what the next epoch may bring; called between epochs, may take a while. */
    void endEpoch();

    @Override
    void close();

    /**
     * A place in the map. A cursor stays at its key whatever happens to the state, also if the key is removed: the next move starts
     * from there. Its bytes, however, are there until the next call only.
     */
    interface Cursor {
        /** Moves to the first key that is this one or behind it; false, and the cursor stands nowhere, if there is none. */
        boolean seek(long key, int keyLength);

        /** Moves to the last key before this one; false, and the cursor stands nowhere, if there is none. */
        boolean seekBefore(long key, int keyLength);

        /** Moves to the last key that begins with these bytes; false, and the cursor stands nowhere, if there is none. */
        boolean seekLast(long prefix, int prefixLength);

        /** Moves to the first key of all; false if the state is empty. */
        boolean first();

        /** Moves to the key behind; false, and the cursor stands nowhere, if there is none or it stood nowhere. */
        boolean next();

        /** Moves to the key before; false, and the cursor stands nowhere, if there is none or it stood nowhere. */
        boolean previous();

        /** Whether the key begins with these bytes; false if the cursor stands nowhere. */
        boolean startsWith(long prefix, int prefixLength);

        /**
         * Removes the key from the state; the cursor stays where it was.
         *
         * @throws IllegalStateException if the cursor stands nowhere
         */
        void remove();

        /**
         * Where the key stands; as the three that follow, right behind the move.
         *
         * @throws IllegalStateException if anything of the state was called since then, other than {@link #startsWith}
         */
        long keyAddress();

        int keyLength();

        long valueAddress();

        int valueLength();
    }

    /**
     * For implementations: refuses what does not fit.
     *
     * @throws RowError if the key or the value is longer than {@link #MAX_BYTES}
     */
    static void check(int keyLength, int valueLength) {
        if (keyLength > MAX_BYTES || valueLength > MAX_BYTES) {
            String what = keyLength > MAX_BYTES ? "a key of " + keyLength : "a row of " + valueLength;
            throw new RowError(
                    RowError.Reason.TOO_LARGE,
                    what + " bytes is kept here, where at most " + MAX_BYTES
                            + " fit: select fewer columns or shorten the longest one");
        }
    }

    /** Opens the states of a job: one per operator, worker and purpose. Whoever opens one closes it. */
    interface Factory {
        /**
         * @param name of the operator and what the state is for, for messages
         */
        KeyedState open(String name);

        /**
         * Bytes that an operator may take in memory to keep entries in a form of its own before they go to a state of this factory; 0 if
         * states take all.
         */
        default long bytesInFront() {
            return 0;
        }
    }
}
