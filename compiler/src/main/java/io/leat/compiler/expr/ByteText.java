package io.leat.compiler.expr;

import java.util.Arrays;
import java.util.HexFormat;

/** Bytes that compare by content: the value of a VARBINARY literal. Immutable. */
public final class ByteText {
    private final byte[] bytes;

    public ByteText(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteText text && Arrays.equals(bytes, text.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Hex digits, as they stand in {@code X'…'}. */
    @Override
    public String toString() {
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }
}
