package io.leat.runtime.connector.format;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of a file that is read at any position. One thread at a time. */
public interface ColumnarInput {

    /** The file as it is named in messages. */
    String name();

    /** Its length in bytes, which stays what it was at the start. */
    long size();

    /** Fills the buffer from the position on; returns how many bytes there were, fewer than asked only at the end. */
    int read(long position, ByteBuffer into) throws IOException;
}
