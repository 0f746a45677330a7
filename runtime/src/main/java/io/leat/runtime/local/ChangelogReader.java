package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.batch.Column;
import io.leat.runtime.decode.RowChange;
import io.leat.runtime.job.SourceSpec;
import io.leat.runtime.job.SourceSpec.ChangelogSpec;
import io.leat.runtime.kernel.RowError;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.pipeline.SourceRows;
import io.leat.runtime.state.KeyBytes;
import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.Restorable;
import io.leat.runtime.state.RowBytes;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Makes of the records of a changelog rows that come and go. With a key, the last row of each is kept: a row takes the place of the one
 * before, a deletion takes it away, and what changes nothing is nothing. Without a key, every row is kept that is there, so that one
 * that is not there cannot be taken back: the record that tries is rejected.
 *
 * <p>What is kept belongs to a log, that is to a partition, or to all partitions where they follow each other; so what a record does
 * depends on those before it and not on how partitions take turns.
 */
final class ChangelogReader implements Restorable, AutoCloseable {
    private final ChangelogSpec spec;
    private final ToldChanges told;
    private final KeyedState state;
    private final RowBytes form;
    /** The leaf of the first column that belongs to rows. */
    private final int firstLeaf;

    private final int goneLeaf;
    private final int[] keyLeaves;
    private final KeyBytes key;
    private final BytesResult row;
    private final BytesResult kept;

    /**
     * @param told null for versions
     * @param state empty; closed with this
     */
    ChangelogReader(
            SourceSpec source, ChangelogSpec spec, ToldChanges told, KeyedState state, BufferAllocator allocator) {
        this.spec = spec;
        this.told = told;
        this.state = state;
        int first = spec.op() ? 1 : 0;
        this.firstLeaf = source.schema().firstLeaf(first);
        this.form = RowBytes.ofColumns(source.schema(), first, source.schema().size() - first);
        List<Integer> leaves = new ArrayList<>();
        for (int column : spec.key()) {
            for (int leaf = source.schema().firstLeaf(column);
                    leaf < source.schema().firstLeaf(column + 1);
                    leaf++) {
                leaves.add(leaf);
            }
        }
        this.goneLeaf = spec.isVersions() ? source.schema().firstLeaf(spec.gone()) : -1;
        this.keyLeaves = leaves.stream().mapToInt(Integer::intValue).toArray();
        this.key = new KeyBytes(allocator);
        this.row = new BytesResult(allocator);
        this.kept = new BytesResult(allocator);
    }

    boolean takesTombstones() {
        return spec.tombstones();
    }

    /** Whether partitions are read one after the other. */
    boolean isOneLog() {
        return spec.oneLog();
    }

    /** How many rows are kept. */
    long entries() {
        return state.entries();
    }

    // ---- what is no change
    // ---------------------------------------------------------------------------------------------

    /** Excludes rows that say nothing, and, where rows have no key, those that take back what is not there. Keeps the others. */
    void check(PartitionScan partition, SourceBatch rows) {
        Batch batch = rows.batch();
        for (int each = 0; each < batch.rows(); each++) {
            if (rows.isExcluded(each)) {
                continue;
            }
            if (spec.op() && !readKind(rows, each)) {
                rows.exclude(each, "BAD_CHANGE(op): not one of +I, -U, +U and -D");
            } else if (spec.isKeyed()) {
                checkKey(rows, each);
            } else {
                count(partition, rows, each);
            }
        }
    }

    private static boolean readKind(SourceBatch rows, int number) {
        Column kind = rows.batch().column(0);
        RowChange change =
                kind.isNull(number) ? null : RowChange.ofKind(kind.bytesAddress(number), kind.bytesLength(number));
        if (change != null) {
            rows.changed(number, change);
        }
        return change != null;
    }

    private void checkKey(SourceBatch rows, int number) {
        for (int leaf : keyLeaves) {
            if (rows.batch().column(leaf).isNull(number)) {
                rows.exclude(
                        number,
                        "MISSING_VALUE("
                                + rows.batch().schema().leaves().get(leaf).path() + "): a column of the key is NULL");
                return;
            }
        }
        if (rows.change(number) == RowChange.COMES) {
            pack(rows.batch(), number);
            if (row.length() > KeyedState.MAX_BYTES) {
                rows.exclude(number, tooLarge());
            }
        }
    }

    private static String tooLarge() {
        return "TOO_LARGE: a row of more than " + (KeyedState.MAX_BYTES >> 20) + " MiB, which is the most that is kept";
    }

    private void count(PartitionScan partition, SourceBatch rows, int number) {
        pack(rows.batch(), number);
        beginKey(partition);
        key.appendRaw(row.address(), row.length());
        boolean comes = rows.change(number) == RowChange.COMES;
        try {
            if (!comes && !state.get(key.address(), key.length(), kept)) {
                rows.exclude(number, "NOT_THERE: the row that goes never came, or went before");
                return;
            }
            state.add(key.address(), key.length(), comes ? 1 : -1);
        } catch (RowError error) {
            rows.exclude(number, tooLarge());
        }
    }

    // ---- what pipelines see
    // --------------------------------------------------------------------------------------------

    /** The changes that the rows of a batch make, which were checked; or the rows themselves with what they do, if they are versions. */
    SourceRows tell(PartitionScan partition, SourceBatch rows) {
        if (spec.isVersions()) {
            rows.fillGone(goneLeaf);
            return rows;
        }
        told.begin(rows);
        for (int each = 0; each < rows.batch().rows(); each++) {
            if (spec.isKeyed()) {
                tellByKey(partition, rows, each);
            } else {
                told.row(each, rows.change(each) == RowChange.COMES ? 1 : -1);
            }
        }
        return told;
    }

    private void tellByKey(PartitionScan partition, SourceBatch rows, int number) {
        RowChange change = rows.change(number);
        if (change == RowChange.GIVES_WAY) {
            // The row that takes the place of the one with this key says all.
            return;
        }
        beginKey(partition);
        key.append(rows.batch(), keyLeaves, number);
        boolean known = state.get(key.address(), key.length(), kept);
        if (change == RowChange.GOES) {
            if (known) {
                told.gone(number, form, kept.address(), firstLeaf);
                state.remove(key.address(), key.length());
            }
            return;
        }
        pack(rows.batch(), number);
        if (known && isSame()) {
            return;
        }
        if (known) {
            told.replaced(form, kept.address(), firstLeaf);
        }
        state.put(key.address(), key.length(), row.address(), row.length());
        told.row(number, 1);
    }

    private boolean isSame() {
        return kept.length() == row.length() && Memory.equal(kept.address(), row.address(), row.length());
    }

    private void pack(Batch batch, int number) {
        row.clear();
        form.pack(batch, number, row);
    }

    private void beginKey(PartitionScan partition) {
        key.clear();
        key.appendLong(spec.oneLog() ? 0 : partition.partition().index());
    }

    /** By the partition that rows came from: who reads it goes on with them. */
    @Override
    public void save(StateWriter out) {
        state.save(out, at -> (int) KeyBytes.readLong(at));
    }

    @Override
    public void restore(StateReader in) {
        state.restore(in);
    }

    void endEpoch() {
        state.endEpoch();
    }

    @Override
    public void close() {
        if (told != null) {
            told.close();
        }
        key.close();
        row.close();
        kept.close();
        state.close();
    }
}
