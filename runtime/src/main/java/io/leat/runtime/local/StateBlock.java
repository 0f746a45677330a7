package io.leat.runtime.local;

import io.leat.runtime.epoch.SavedStates;
import io.leat.runtime.epoch.StateException;
import io.leat.runtime.epoch.StateFile;
import io.leat.runtime.state.SectionBlock;
import java.util.zip.CRC32C;

/**
 * A block that stands in a file of the state directory, and is read when it is needed.
 *
 * @param checksum of its bytes, as they were found when the whole file was checked
 */
record StateBlock(SavedStates states, StateFile file, long position, int length, long entries, int checksum)
        implements SectionBlock {

    static SectionBlock of(SavedStates states, StateFile file, long position, byte[] bytes, int length, long entries) {
        return new StateBlock(states, file, position, length, entries, checksum(bytes, length));
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }

    @Override
    public byte[] read() {
        byte[] bytes = states.read(file, position, length);
        int found = checksum(bytes, length);
        if (found != checksum) {
            throw new StateException("'" + states.path(file) + "' is damaged: bytes " + position + " to "
                    + (position + length) + " have the checksum " + Integer.toHexString(found) + " and not "
                    + Integer.toHexString(checksum));
        }
        return bytes;
    }
}
