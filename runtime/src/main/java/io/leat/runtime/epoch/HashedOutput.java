package io.leat.runtime.epoch;

import io.leat.runtime.connector.Hashes;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Knows the hash of what goes through it. */
final class HashedOutput extends FilterOutputStream {
    private final MessageDigest digest = Hashes.digest();
    private long bytes;

    HashedOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
        out.write(from, offset, count);
        digest.update(from, offset, count);
        bytes += count;
    }

    long bytes() {
        return bytes;
    }

    /** To be asked once, at the end. */
    String hash() {
        return Hashes.of(digest);
    }
}
