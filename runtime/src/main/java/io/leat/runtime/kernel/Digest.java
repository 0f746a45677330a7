package io.leat.runtime.kernel;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * MD5, SHA1 and SHA256 of bytes, as hexadecimal text in lower case. Never fails. One per call site, which calls one of the
 * functions only; nothing allocates in steady state. Not thread-safe.
 */
public final class Digest {
    private static final int CHUNK = 1024;
    private static final int MAX_DIGEST = 32;
    private static final int LOWER_CASE = 0x2020; // the case of two ASCII letters; digits have the bit already

    private final byte[] chunk = new byte[CHUNK];
    private final byte[] digest = new byte[MAX_DIGEST];
    private MessageDigest algorithm;

    public void md5(long address, int length, BytesResult result) {
        digest("MD5", address, length, result);
    }

    public void sha1(long address, int length, BytesResult result) {
        digest("SHA-1", address, length, result);
    }

    public void sha256(long address, int length, BytesResult result) {
        digest("SHA-256", address, length, result);
    }

    private void digest(String name, long address, int length, BytesResult result) {
        if (algorithm == null || !algorithm.getAlgorithm().equals(name)) {
            algorithm = create(name);
        }
        for (int done = 0; done < length; done += CHUNK) {
            int bytes = Math.min(CHUNK, length - done);
            Memory.copy(address + done, chunk, 0, bytes);
            algorithm.update(chunk, 0, bytes);
        }
        int bytes = finish();
        long to = result.reserve(2 * bytes);
        for (int i = 0; i < bytes; i++) {
            Encodings.putHex(to + 2L * i, digest[i] & 0xFF);
            Memory.putShort(to + 2L * i, (short) (Memory.getShort(to + 2L * i) | LOWER_CASE));
        }
        result.length(2 * bytes);
    }

    private int finish() {
        try {
            return algorithm.digest(digest, 0, MAX_DIGEST);
        } catch (DigestException e) {
            throw new IllegalStateException("a digest is longer than " + MAX_DIGEST + " bytes", e);
        }
    }

    private static MessageDigest create(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + name, e);
        }
    }
}
