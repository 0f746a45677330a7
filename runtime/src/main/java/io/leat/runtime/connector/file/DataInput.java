package io.leat.runtime.connector.file;

import io.leat.runtime.connector.format.ColumnarInput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file as a format of columns reads it. Other files that are read may have it close in between. */
record DataInput(InputFile file, DataFile data) implements ColumnarInput {
    @Override
    public String name() {
        return file.name();
    }

    @Override
    public long size() {
        return file.size();
    }

    @Override
    public int read(long position, ByteBuffer into) throws IOException {
        return data.read(position, into);
    }
}
