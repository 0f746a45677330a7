package io.leat.runtime.pipeline;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.kernel.RowError;
import java.util.Arrays;

/**
 * Base of generated pipelines whose input is a source: rows of one partition, in order. It says of each row what became of it,
 * and judges lateness by the watermark that the row's own partition had before it.
 */
public abstract class SourcePipeline extends Pipeline {
    /** An operator or sink took the row. */
    public static final byte TAKEN = 1;
    /** An operator refused the row, or one of its windows did, because it came late. */
    public static final byte LATE = 2;
    /** An expression had no value for the row. */
    public static final byte REJECTED = 4;
    /** An inner join found no partner for the row. */
    public static final byte MISSED = 8;

    /** What became of each row, by row; generated code sets bits. */
    protected byte[] verdicts;
    /** The watermark before each row; null if no row of the batch can be late. */
    protected long[] watermarks;
    /** How many windows refused a row. */
    protected long refusedWindows;

    private SourceRows rows;

    protected SourcePipeline(PipelineContext context) {
        super(context);
    }

    /** Works on the rows of a source batch. */
    public final void process(SourceRows source) {
        rows = source;
        watermarks = source.watermarks();
        Batch batch = source.batch();
        if (verdicts == null || verdicts.length < batch.capacity()) {
            verdicts = new byte[batch.capacity()];
        } else {
            Arrays.fill(verdicts, 0, batch.rows(), (byte) 0);
        }
        process(batch);
    }

    /** Verdict bits by row, valid until the next batch. */
    public final byte[] verdicts() {
        return verdicts;
    }

    public final long refusedWindows() {
        return refusedWindows;
    }

    @Override
    protected final void failed(int row, RowError error, int at) {
        verdicts[row] |= REJECTED;
        rows.reject(row, error.reason().name() + " at " + position(at) + ": " + error.getMessage());
    }
}
