package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.Pace;
import io.leat.runtime.operator.ClockedOperator;
import io.leat.runtime.operator.Outputs;
import io.leat.runtime.operator.Watermarks;
import io.leat.runtime.pipeline.Pipeline;
import io.leat.runtime.pipeline.SourcePipeline;
import io.leat.runtime.pipeline.SourceRows;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import io.leat.runtime.state.WindowState;
import io.leat.runtime.window.Windowing;
import java.util.ArrayList;
import java.util.List;

/** A generated pipeline in its place: what it emits goes to its outputs, and so do watermarks, behind it. */
final class PipelineOperator implements ClockedOperator {
    private final Pipeline pipeline;
    private final Outputs outputs;
    private final List<Integer> statements;
    /** The state it feeds, where rows of different partitions are kept apart; otherwise null. */
    private final WindowState laned;

    private final Watermarks watermarks;
    private final Pace pace;
    private long passed = Windowing.NEVER;
    private final List<ExchangeOperator> exchanges = new ArrayList<>();

    PipelineOperator(
            Pipeline pipeline, int inputs, Pace pace, Outputs outputs, List<Integer> statements, WindowState laned) {
        this.pipeline = pipeline;
        this.watermarks = new Watermarks(inputs);
        this.pace = pace;
        this.outputs = outputs;
        this.statements = statements;
        this.laned = laned;
        pipeline.sendTo(outputs::accept);
    }

    /** The ranks of the statements whose rows these are. */
    List<Integer> statements() {
        return statements;
    }

    /** Names an exchange among the outputs, which must know where rows come from. */
    void sendsTo(ExchangeOperator exchange) {
        exchanges.add(exchange);
    }

    /** Says which source partition the next rows come from. */
    void lane(int partition) {
        if (laned != null) {
            laned.lane(partition);
        }
        for (ExchangeOperator exchange : exchanges) {
            exchange.lane(partition);
        }
    }

    /** Works on rows of a source, where verdicts are given. */
    void process(SourceRows rows) {
        ((SourcePipeline) pipeline).process(rows);
    }

    /** What became of the rows of the last source batch. */
    byte[] verdicts() {
        return ((SourcePipeline) pipeline).verdicts();
    }

    long refusedWindows() {
        return ((SourcePipeline) pipeline).refusedWindows();
    }

    @Override
    public void now(long wallMicros) {
        pipeline.now(wallMicros);
        pass(pace.passedAt(wallMicros));
    }

    @Override
    public void accept(int input, Batch rows) {
        pipeline.process(rows);
    }

    @Override
    public void watermark(int input, long watermark) {
        if (watermarks.advance(input, watermark)) {
            pass(pace.passed(watermarks.current()));
        }
    }

    private void pass(long watermark) {
        if (watermark > passed) {
            passed = watermark;
            outputs.watermark(watermark);
        }
    }

    @Override
    public void save(StateWriter out) {
        // Groups are saved with the aggregate, and tables with what built them.
    }

    @Override
    public void restore(StateReader in) {
        // Nothing was saved.
    }

    @Override
    public void endEpoch(long epoch) {
        // A pipeline leaves nothing pending between batches.
    }

    @Override
    public boolean isDone() {
        return outputs.isDone();
    }

    @Override
    public void close() {
        pipeline.close();
    }
}
