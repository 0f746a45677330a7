package io.leat.runtime.epoch;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, as text. */
final class Hashes {
    private static final String ALGORITHM = "SHA-256";
    /** How long the text is. */
    static final int LENGTH = 64;

    private Hashes() {}

    static String of(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance(ALGORITHM);
            digest.update(bytes, 0, length);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    static String of(byte[] bytes) {
        return of(bytes, bytes.length);
    }
}
