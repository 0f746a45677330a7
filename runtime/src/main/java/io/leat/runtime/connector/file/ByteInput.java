package io.leat.runtime.connector.file;

import java.io.Closeable;
import java.io.IOException;

/** Bytes that come one after another. One thread at a time; a read never waits for somebody else. */
interface ByteInput extends Closeable {

    /** Reads some bytes: 0 if there are none yet, -1 if there will be no more. */
    int read(byte[] into, int offset, int length) throws IOException;

    /** It will not be read for a while. */
    default void rest() throws IOException {
        // Most inputs do not care.
    }

    /** How many bytes of the file are left, as far as known; -1 if not at all. */
    default long remaining() {
        return -1;
    }
}
