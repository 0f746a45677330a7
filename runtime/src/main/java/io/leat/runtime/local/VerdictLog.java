package io.leat.runtime.local;

import io.leat.runtime.job.JobGraph.PhaseSpec;
import io.leat.runtime.state.SectionReader;
import io.leat.runtime.state.SectionWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The verdicts on the rows of a source that is read in several phases, so that a row that two of them judge is counted, and told of,
 * once. Bits by partition and rank of the row. Safe from any thread: a phase begins after the one before it has ended.
 */
final class VerdictLog {
    private static final int SEEN = 64;

    private final PhaseSpec last;
    private final Map<Integer, byte[]> partitions = new HashMap<>();

    /**
     * @param last phase that reads the source
     */
    VerdictLog(PhaseSpec last) {
        this.last = last;
    }

    /** Whether no phase behind this one reads the source, so that what it says of a row is the last word. */
    boolean endsWith(PhaseSpec phase) {
        return phase.equals(last);
    }

    synchronized void save(SectionWriter out) {
        out.putInt(partitions.size());
        partitions.forEach((partition, verdicts) -> {
            out.putInt(partition);
            out.putBytes(verdicts, verdicts.length);
        });
    }

    synchronized void restore(SectionReader in) {
        for (int left = in.getInt(); left > 0; left--) {
            partitions.put(in.getInt(), in.getBytes());
        }
    }

    /** Adds bits to those of a row and returns what it had before, or -1 if the row is new. */
    synchronized int add(int partition, long row, int verdict) {
        byte[] verdicts = partitions.computeIfAbsent(partition, key -> new byte[1024]);
        int at = Math.toIntExact(row);
        if (at >= verdicts.length) {
            verdicts = Arrays.copyOf(verdicts, Math.max(at + 1, 2 * verdicts.length));
            partitions.put(partition, verdicts);
        }
        // A bit of its own tells a row that nobody took from one that was never read.
        int before = verdicts[at] == 0 ? -1 : verdicts[at] & ~SEEN;
        verdicts[at] |= (byte) (verdict | SEEN);
        return before;
    }
}
