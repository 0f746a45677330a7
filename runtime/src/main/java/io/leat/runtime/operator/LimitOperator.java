package io.leat.runtime.operator;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.pipeline.Operator;
import io.leat.runtime.state.SectionWriter;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import org.apache.arrow.memory.BufferAllocator;

/** Lets the first rows through, after those to be skipped. */
public final class LimitOperator implements Operator {
    private final Watermarks watermarks;
    private final Outputs outputs;
    private final Batch out;
    private long toSkip;
    private long toPass;

    /** Batches that are cut come from the allocator. */
    public LimitOperator(NodeSpec.Limit spec, Outputs outputs, int batchRows, BufferAllocator allocator) {
        this.toSkip = spec.offset();
        this.toPass = spec.limit() < 0 ? Long.MAX_VALUE : spec.limit();
        this.watermarks = new Watermarks(spec.inputs().size());
        this.outputs = outputs;
        this.out = new Batch(spec.schema(), batchRows, allocator);
    }

    @Override
    public void accept(int input, Batch rows) {
        int first = (int) Math.min(toSkip, rows.rows());
        toSkip -= first;
        int last = first + (int) Math.min(rows.rows() - first, toPass);
        toPass -= last - first;
        if (first == 0 && last == rows.rows()) {
            outputs.accept(rows);
            return;
        }
        for (int row = first; row < last; row++) {
            out.append(rows, row);
            if (out.isFull()) {
                outputs.flush(out);
            }
        }
        outputs.flush(out);
    }

    @Override
    public void watermark(int input, long watermark) {
        if (watermarks.advance(input, watermark)) {
            outputs.watermark(watermarks.current());
        }
    }

    @Override
    public void save(StateWriter out) {
        SectionWriter whole = out.whole();
        whole.entry();
        whole.putLong(toSkip);
        whole.putLong(toPass);
    }

    @Override
    public void restore(StateReader in) {
        in.whole(whole -> {
            whole.next();
            toSkip = whole.getLong();
            toPass = whole.getLong();
        });
    }

    @Override
    public void endEpoch(long epoch) {
        // Nothing is kept.
    }

    @Override
    public boolean isDone() {
        return toPass == 0 || outputs.isDone();
    }

    @Override
    public void close() {
        out.close();
    }
}
