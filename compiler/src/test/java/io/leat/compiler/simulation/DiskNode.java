package io.leat.compiler.simulation;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What a name on the simulated disk stands for. Two names may stand for one file. */
abstract sealed class DiskNode {

    /** A file that grows. The first {@link #synced} bytes of it survive a loss of power. */
    static final class OfFile extends DiskNode {
        private static final int FIRST_BYTES = 256;

        private byte[] bytes = new byte[FIRST_BYTES];
        private int size;
        private int synced;
        /** Whether a sync has failed: what was not synced by then never will be, whatever later ones say. */
        private boolean lost;

        int size() {
            return size;
        }

        void append(byte[] from, int offset, int length) {
            if (size + length > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length));
            }
            System.arraycopy(from, offset, bytes, size, length);
            size += length;
        }

        /** The bytes themselves, of which {@link #size} count. */
        byte[] bytes() {
            return bytes;
        }

        void sync() {
            if (!lost) {
                synced = size;
            }
        }

        void failSync() {
            lost = true;
        }

        int unsynced() {
            return size - synced;
        }

        /** The power is gone: of the bytes that were not synced so many are left, of which the last are zero. */
        void cut(int kept, int zeroed) {
            size = synced + kept;
            Arrays.fill(bytes, size - zeroed, size, (byte) 0);
            synced = size;
            lost = false;
        }
    }

    /** A directory, as it is and as it would be if the power went now. Names are sorted. */
    static final class OfDirectory extends DiskNode {
        private TreeMap<String, DiskNode> entries = new TreeMap<>();
        private final TreeMap<String, DiskNode> durable = new TreeMap<>();

        Map<String, DiskNode> entries() {
            return entries;
        }

        Map<String, DiskNode> durable() {
            return durable;
        }

        void forgetWhatIsNotDurable() {
            entries = new TreeMap<>(durable);
        }
    }
}
