package io.leat.runtime.state;

import io.leat.runtime.batch.BytesResult;

/**
 * What stands behind the hot tables of one operator: values by key, both bytes. Values have one width per operator; variable
 * parts are kept beside them under the same key. One thread at a time.
 *
 * <p>A store is working state and never the truth: it is empty when it is opened and gone when it is closed.
 */
public interface StateStore extends AutoCloseable {

    /** Sets the value of a key. {@code variable} is empty where values have no variable part. */
    void put(long key, int keyLength, long value, int valueLength, long variable, int variableLength);

    /** Reads the value of a key; false if there is none. */
    boolean get(long key, int keyLength, BytesResult value, BytesResult variable);

    void remove(long key, int keyLength);

    /** How many keys there are. */
    long size();

    /** How much memory it takes, in bytes; on the heap about so much. */
    long bytes();

    /** Makes room for so many keys more, so that putting them does not move those that are there again and again. */
    void reserve(long moreKeys);

    /** Room for what the next epoch may bring; called between epochs, may take a while. */
    void endEpoch();

    @Override
    void close();

    /** Opens stores, one per operator and shard. */
    interface Factory {
        /** Whether opening a store takes no longer than a moment. Asking may start what is needed for that. */
        boolean isReady();

        /**
         * @param name of the operator, for messages
         * @param keyBytes a typical length of keys
         * @param valueBytes the length of values
         */
        StateStore open(String name, int keyBytes, int valueBytes);
    }
}
