package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.Column;
import io.leat.runtime.job.NodeSpec.SideRows;
import io.leat.runtime.operator.Outputs;
import io.leat.runtime.type.Schema;
import io.leat.runtime.window.Windowing;
import org.apache.arrow.memory.BufferAllocator;

/** Late or rejected rows of a scan on their way to those who asked for them. */
final class SideOutput implements AutoCloseable {
    private final SideRows spec;
    private final Outputs outputs;
    private final Batch out;

    SideOutput(SideRows spec, Outputs outputs, int batchRows, BufferAllocator allocator) {
        this.spec = spec;
        this.outputs = outputs;
        this.out = new Batch(spec.schema(), batchRows, allocator);
    }

    /** The statement whose rows these are, or -1 for all. */
    int statement() {
        return spec.statement();
    }

    Outputs outputs() {
        return outputs;
    }

    /**
     * Adds a row.
     *
     * @param rows the batch that holds it; null if its record became no row
     * @param raw where its record's bytes stand; 0 if it has none
     */
    void add(
            Batch rows, int row, String reason, long raw, int rawBytes, String partition, long offset, long watermark) {
        int to = out.rows();
        int leaf = 0;
        for (int i = 0; i < spec.columns().size(); i++) {
            int leaves = Schema.leafCount(spec.schema().field(i).type());
            int column = spec.columns().get(i);
            for (int j = 0; j < leaves; j++, leaf++) {
                if (rows == null || column < 0) {
                    out.column(leaf).putNull(to);
                } else {
                    out.column(leaf).copy(rows.column(rows.schema().firstLeaf(column) + j), row, to);
                }
            }
        }
        out.column(leaf++).putText(to, reason);
        Column bytes = out.column(leaf++);
        if (raw == 0) {
            bytes.putNull(to);
        } else {
            bytes.putBytes(to, raw, rawBytes);
        }
        out.column(leaf++).putText(to, partition);
        out.column(leaf++).putLong(to, offset);
        Column time = out.column(leaf);
        if (watermark == Windowing.NEVER) {
            time.putNull(to);
        } else {
            time.putLong(to, watermark);
        }
        out.rows(to + 1);
        if (out.isFull()) {
            flush();
        }
    }

    void flush() {
        if (out.rows() > 0) {
            outputs.accept(out);
            out.reset();
        }
    }

    @Override
    public void close() {
        out.close();
    }
}
