package io.leat.runtime.operator.join;

import io.leat.runtime.state.Restorable;

/**
 * The rows of one side of a join. A row is its key, of which the first bytes, its group, are those that partners have, too; then follow
 * its time, if the join is bound in time, and the bytes of the row. One thread.
 */
interface KeptRows extends Restorable, AutoCloseable {
    /**
     * Adds a row, or its weight to that of the same row; a row whose weight becomes 0 goes.
     *
     * @param due when it can have no partner any more; it counts only where time frees rows
     */
    void add(long key, int keyLength, int groupLength, int rowOffset, long weight, long partners, long due);

    /** Sets the weight of the partners of a row that is kept. */
    void partners(long key, int keyLength, int groupLength, long due, long partners);

    /** Forgets a row that is kept. */
    void forget(long key, int keyLength, int groupLength, long due);

    /** Receives rows that go away. */
    interface Leaving {
        void leaves(long key, int keyLength, long value);
    }

    /**
     * Frees the rows that are due up to a time.
     *
     * @param receiver is told each of them; null if nobody asks
     */
    void freeUpTo(long until, Leaving receiver);

    /** Frees all rows; {@code receiver} may be null. */
    void freeAll(Leaving receiver);

    /** A new walk over partners; a join makes one and uses it again. */
    Walk walk();

    /** A walk over the rows of a group. Rows may be forgotten and told of partners meanwhile, but none may be added. */
    interface Walk {
        /**
         * Moves to the first row of a group, of which the bytes stay until the walk is over; false if there is none.
         *
         * @param timed whether times stand in keys: then those before {@code earliest} and behind {@code latest} are passed over
         */
        boolean seek(long group, int groupLength, boolean timed, long earliest, long latest);

        /** Moves to the next row; false if there is none. */
        boolean next();

        /** Where the key stands; as those that follow, right behind the move. */
        long keyAddress();

        int keyLength();

        /** A {@link KeptValue}. */
        long valueAddress();
    }

    long entries();

    void endEpoch();

    @Override
    void close();
}
