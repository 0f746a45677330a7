package io.leat.runtime.local;

import io.leat.runtime.pipeline.SourcePipeline;
import io.leat.runtime.state.SectionReader;
import io.leat.runtime.state.SectionWriter;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What became of the rows of a source. Every row read is in one count, the first that applies: rejected, late, on time, filtered.
 * Written by one thread; readers on other threads see values that were true a moment ago.
 */
public final class RowCounts {
    private static final int REJECTED = 0;
    private static final int LATE = 1;
    private static final int ON_TIME = 2;
    private static final int FILTERED = 3;
    private static final int MISSED = 4;
    private static final int REFUSED_WINDOWS = 5;

    private final AtomicLongArray counts = new AtomicLongArray(6);

    public long read() {
        return rejected() + late() + onTime() + filtered();
    }

    /** Rows that are no rows, or that an expression had no value for. */
    public long rejected() {
        return counts.get(REJECTED);
    }

    /** Rows that some operator refused because they came late. */
    public long late() {
        return counts.get(LATE);
    }

    /** Rows that some operator or sink took, and none refused. */
    public long onTime() {
        return counts.get(ON_TIME);
    }

    /** Rows that nobody wanted. */
    public long filtered() {
        return counts.get(FILTERED);
    }

    /** Those of the filtered rows that found no partner in an inner join. */
    public long missed() {
        return counts.get(MISSED);
    }

    /** How many windows refused a row; a row may be refused by several and taken by others. */
    public long refusedWindows() {
        return counts.get(REFUSED_WINDOWS);
    }

    /** Counts rows by their verdict bits; a negative number takes them back. */
    void add(int verdict, long rows) {
        if ((verdict & SourcePipeline.REJECTED) != 0) {
            addTo(REJECTED, rows);
        } else if ((verdict & SourcePipeline.LATE) != 0) {
            addTo(LATE, rows);
        } else if ((verdict & SourcePipeline.TAKEN) != 0) {
            addTo(ON_TIME, rows);
        } else {
            addTo(FILTERED, rows);
            addTo(MISSED, (verdict & SourcePipeline.MISSED) != 0 ? rows : 0);
        }
    }

    void addRefusedWindows(long windows) {
        addTo(REFUSED_WINDOWS, windows);
    }

    /** Counts rows by verdict, given how many have each. */
    void addAll(int[] rowsByVerdict) {
        for (int verdict = 0; verdict < rowsByVerdict.length; verdict++) {
            if (rowsByVerdict[verdict] != 0) {
                add(verdict, rowsByVerdict[verdict]);
            }
        }
    }

    void addAll(RowCounts other) {
        for (int i = 0; i < counts.length(); i++) {
            addTo(i, other.counts.get(i));
        }
    }

    void save(SectionWriter out) {
        for (int i = 0; i < counts.length(); i++) {
            out.putLong(counts.get(i));
        }
    }

    /** Adds what was saved. */
    void restore(SectionReader in) {
        for (int i = 0; i < counts.length(); i++) {
            addTo(i, in.getLong());
        }
    }

    /** There is one writer, so reading before writing is safe. */
    private void addTo(int count, long more) {
        counts.lazySet(count, counts.get(count) + more);
    }
}
