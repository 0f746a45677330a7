package io.leat.runtime.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.memory.Memory;
import java.util.Arrays;
import java.util.Random;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class JsonScannerTest {
    private static final int BYTES = 256;

    @AutoClose
    private final BufferAllocator allocator = new RootAllocator();

    @AutoClose
    private final ArrowBuf buffer = allocator.buffer(BYTES);

    /** The definition: a string is plain if its quote comes before anything that does not stand for itself. */
    private static int stringEnd(byte[] bytes) {
        for (int at = 0; ; at++) {
            if (bytes[at] == '"') {
                return at;
            }
            if (bytes[at] < ' ' || bytes[at] == '\\') {
                return (int) JsonScanner.NOT_PLAIN;
            }
        }
    }

    private void check(byte[] bytes) {
        Memory.copy(bytes, 0, buffer.memoryAddress(), bytes.length);
        long found = JsonScanner.stringEnd(buffer.memoryAddress());
        long index = found < 0 ? found : found - buffer.memoryAddress();
        assertEquals(stringEnd(bytes), index, () -> Arrays.toString(bytes));
    }

    @Test
    void everyByteEndsAStringOrDoesNot() {
        for (int length = 0; length < 40; length++) {
            for (int special = 0; special < 256; special++) {
                for (int behind = 0; behind < 256; behind += 5) {
                    byte[] bytes = new byte[64];
                    Arrays.fill(bytes, (byte) '"');
                    Arrays.fill(bytes, 0, length, (byte) 'x');
                    bytes[length] = (byte) special;
                    bytes[length + 1] = (byte) behind;
                    check(bytes);
                }
            }
        }
    }

    @Test
    void randomBytes() {
        long seed = Long.getLong("seed", 1);
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        byte[] near = {'!', '"', '#', ' ', 31, '[', '\\', ']', 127, (byte) 128, (byte) 255, 0, 2, 'x'};
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[64];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] =
                        random.nextInt(12) == 0 ? near[random.nextInt(near.length)] : (byte) (35 + random.nextInt(50));
            }
            bytes[48] = '"';
            check(bytes);
        }
    }
}
