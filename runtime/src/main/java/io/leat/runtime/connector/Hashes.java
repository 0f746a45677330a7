package io.leat.runtime.connector;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, mostly as text. */
public final class Hashes {
    private static final String ALGORITHM = "SHA-256";
    /** How long the text is. */
    public static final int LENGTH = 64;

    private Hashes() {}

    /** A new digest. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance(ALGORITHM);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** Of what a digest was given; it begins anew. */
    public static String of(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Of the first bytes. */
    public static String of(byte[] bytes, int length) {
        MessageDigest digest = digest();
        digest.update(bytes, 0, length);
        return of(digest);
    }

    public static String of(byte[] bytes) {
        return of(bytes, bytes.length);
    }
}
