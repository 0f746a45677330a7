package io.leat.runtime.state;

import java.util.Arrays;

/** A piece of a section: entries of which the last one may go on in the next piece. */
public interface SectionBlock {
    /** How many entries begin in it. */
    long entries();

    /** How long it is. */
    int length();

    /** Its bytes, wherever they are. The array is the caller's to read. */
    byte[] read();

    /** One in memory, of the first so many bytes as they are now. */
    static SectionBlock copyOf(byte[] bytes, int length, long entries) {
        return of(Arrays.copyOf(bytes, length), entries);
    }

    /** One in memory. */
    static SectionBlock of(byte[] bytes, long entries) {
        return new SectionBlock() {
            @Override
            public long entries() {
                return entries;
            }

            @Override
            public int length() {
                return bytes.length;
            }

            @Override
            public byte[] read() {
                return bytes;
            }
        };
    }
}
