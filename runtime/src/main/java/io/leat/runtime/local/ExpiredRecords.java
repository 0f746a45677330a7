package io.leat.runtime.local;

import io.leat.runtime.state.SectionReader;
import io.leat.runtime.state.SectionWriter;
import java.util.ArrayList;
import java.util.List;

/** Which records of a source were gone before they were read, of a job that goes on without them. Safe from any thread. */
final class ExpiredRecords {
    private static final int KEPT = 100;

    private final List<Range> ranges = new ArrayList<>();
    private long records;

    /**
     * Records of a partition that follow each other.
     *
     * @param from the first offset
     * @param to the last one
     */
    record Range(String partition, long from, long to) {
        @Override
        public String toString() {
            return "partition " + partition + ", " + from + " to " + to;
        }
    }

    synchronized void add(Range range) {
        // Another phase that reads the source comes by the same ones.
        if (!ranges.contains(range)) {
            records += range.to() - range.from() + 1;
            if (ranges.size() < KEPT) {
                ranges.add(range);
            }
        }
    }

    /** How many offsets there were in all; some of them may have had no record. */
    synchronized long records() {
        return records;
    }

    /** The first of them. */
    synchronized List<String> shown() {
        return ranges.stream().map(Range::toString).toList();
    }

    synchronized void save(SectionWriter out) {
        out.putLong(records);
        out.putInt(ranges.size());
        for (Range each : ranges) {
            out.putText(each.partition());
            out.putLong(each.from());
            out.putLong(each.to());
        }
    }

    synchronized void restore(SectionReader in) {
        records += in.getLong();
        for (int left = in.getInt(); left > 0; left--) {
            ranges.add(new Range(in.getText(), in.getLong(), in.getLong()));
        }
    }
}
