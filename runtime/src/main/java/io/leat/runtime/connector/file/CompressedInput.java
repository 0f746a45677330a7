package io.leat.runtime.connector.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** The decompressed bytes of a file. Keeps what the decompressor knows between reads, but not necessarily the file open. */
final class CompressedInput implements ByteInput {
    private final InputFile file;
    private final DataFile data;
    private long position;
    private InputStream decompressed;

    CompressedInput(InputFile file, DataFile data) {
        this.file = file;
        this.data = data;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (file.size() == 0) {
            return -1; // no member at all is no error
        }
        if (decompressed == null) {
            decompressed = Compression.of(file.path()).decompress(new RawBytes());
        }
        return decompressed.read(into, offset, length);
    }

    @Override
    public void rest() throws IOException {
        data.rest();
    }

    @Override
    public long remaining() {
        return file.size() - position;
    }

    @Override
    public void close() throws IOException {
        try {
            if (decompressed != null) {
                decompressed.close(); // frees native memory
            }
        } finally {
            data.close();
        }
    }

    /** The bytes of the file as they are. */
    private final class RawBytes extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int read = data.read(position, ByteBuffer.wrap(into, offset, length));
            position += read;
            return read == 0 ? -1 : read;
        }

        /** The gzip reader asks this at the end of a member, to see whether another one follows. */
        @Override
        public int available() {
            return (int) Math.max(0, Math.min(Integer.MAX_VALUE, file.size() - position));
        }
    }
}
