package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import io.leat.runtime.type.Schema;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Turns weighted rows into a changelog as people read it, with a first column {@code op}: {@code +I} a row appears, {@code -D} it
 * disappears; where it gives way to another one with the same key at once, {@code -U} and {@code +U}.
 */
final class ChangeKinds implements ChangeForm {
    private final Optional<List<Integer>> identity;
    private final Schema weighted;
    private final Batch out;
    /** A row that disappears, until it is known whether another one takes its place. */
    private final Batch held;

    /**
     * @param weighted the columns that come, the weight first
     * @param schema the columns that go, {@code op} first
     * @param identity which of the columns behind the first tell rows apart; empty if none do
     */
    ChangeKinds(
            Schema weighted,
            Schema schema,
            Optional<List<Integer>> identity,
            int batchRows,
            BufferAllocator allocator) {
        this.weighted = weighted;
        this.identity = identity;
        this.out = new Batch(schema, batchRows, allocator);
        this.held = new Batch(weighted, 1, allocator);
    }

    @Override
    public void convert(Batch rows, Consumer<Batch> receiver) {
        for (int row = 0; row < rows.rows(); row++) {
            long weight = rows.column(0).getLong(row);
            boolean updated = weight > 0 && takesPlaceOfHeld(rows, row);
            release(updated ? "-U" : "-D", receiver);
            if (weight < 0) {
                held.append(rows, row);
            } else {
                add(rows, row, updated ? "+U" : "+I", receiver);
            }
        }
        send(receiver);
    }

    @Override
    public void passed(long watermark, Consumer<Batch> receiver) {
        // What is held goes with its batch, whenever it was final.
    }

    /** Nothing follows for now: a row that disappeared stays away. */
    @Override
    public void flush(Consumer<Batch> receiver) {
        release("-D", receiver);
        send(receiver);
    }

    @Override
    public void save(StateWriter out) {
        if (!held.isEmpty()) {
            throw new IllegalStateException("a change was held back at the end of an epoch");
        }
    }

    @Override
    public void restore(StateReader in) {
        // Nothing was saved.
    }

    private void release(String kind, Consumer<Batch> receiver) {
        if (!held.isEmpty()) {
            add(held, 0, kind, receiver);
            held.reset();
        }
    }

    private boolean takesPlaceOfHeld(Batch rows, int row) {
        if (identity.isEmpty() || held.isEmpty()) {
            return false;
        }
        for (int column : identity.get()) {
            int leaf = weighted.firstLeaf(1 + column);
            if (!held.column(leaf).isSame(0, rows.column(leaf), row)) {
                return false;
            }
        }
        return true;
    }

    /** A weight of more than one says that the row comes, or goes, that many times. */
    private void add(Batch rows, int row, String kind, Consumer<Batch> receiver) {
        for (long i = Math.abs(rows.column(0).getLong(row)); i > 0; i--) {
            int to = out.rows();
            out.column(0).putText(to, kind);
            for (int leaf = 1; leaf < rows.columns(); leaf++) {
                out.column(leaf).copy(rows.column(leaf), row, to);
            }
            out.rows(to + 1);
            if (out.isFull()) {
                send(receiver);
            }
        }
    }

    private void send(Consumer<Batch> receiver) {
        if (out.rows() > 0) {
            receiver.accept(out);
            out.reset();
        }
    }

    @Override
    public void close() {
        out.close();
        held.close();
    }
}
