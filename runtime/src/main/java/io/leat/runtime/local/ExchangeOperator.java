package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.NodeSpec.Distribution;
import io.leat.runtime.kernel.Hashing;
import io.leat.runtime.pipeline.Operator;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import io.leat.runtime.type.Schema;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Sends rows to the workers they belong to: by the virtual partition of the hash in their last column, or all to the first worker.
 * A watermark goes to all of them, behind the rows.
 *
 * <p>A row that goes waits for the next one, which may take its place: what is told together is received together, whatever other
 * workers send in between. It waits until the end of the epoch at the most.
 */
final class ExchangeOperator implements Operator {
    private final Distribution distribution;
    private final List<Channel> channels;
    private final int batchRows;
    private final BufferAllocator allocator;
    private final Batch[] out;
    /** The columns of what waits. */
    private Schema schema;

    private int lane;
    private boolean finished;

    /**
     * @param channels one per worker that takes rows
     */
    ExchangeOperator(Distribution distribution, List<Channel> channels, int batchRows, BufferAllocator allocator) {
        this.distribution = distribution;
        this.channels = channels;
        this.batchRows = batchRows;
        this.allocator = allocator;
        this.out = new Batch[channels.size()];
    }

    /** Says which source partition the next rows come from. Rows of different ones never share a batch. */
    void lane(int partition) {
        if (partition != lane) {
            flush();
            lane = partition;
        }
    }

    @Override
    public void accept(int input, Batch rows) {
        expect(rows.schema());
        int hashColumn = rows.columns() - 1;
        boolean weighted = rows.schema().isWeighted();
        for (int row = 0; row < rows.rows(); row++) {
            int target = 0;
            if (distribution == Distribution.BY_KEY) {
                long hash = rows.column(hashColumn).getLong(row);
                target = Hashing.virtualPartition(hash) % channels.size();
            }
            if (out[target] == null) {
                out[target] = new Batch(rows.schema(), weighted ? Math.max(2, batchRows) : batchRows, allocator);
            }
            if (weighted && goes(rows, row) && out[target].rows() == out[target].capacity() - 1) {
                flush(target);
            }
            out[target].append(rows, row);
            if (out[target].isFull()) {
                flush(target);
            }
        }
        for (int target = 0; target < out.length; target++) {
            if (!weighted || !endsWithOneThatGoes(out[target])) {
                flush(target);
            }
        }
    }

    /** Of rows and of groups that were made of rows either may come; they never share a batch. */
    private void expect(Schema next) {
        if (next != schema) {
            flush();
            discard();
            schema = next;
        }
    }

    private static boolean endsWithOneThatGoes(Batch batch) {
        return batch != null && !batch.isEmpty() && goes(batch, batch.rows() - 1);
    }

    private static boolean goes(Batch weighted, int row) {
        return weighted.column(0).getLong(row) < 0;
    }

    private void flush() {
        for (int target = 0; target < out.length; target++) {
            flush(target);
        }
    }

    private void flush(int target) {
        if (out[target] != null && out[target].rows() > 0) {
            channels.get(target).send(new Message.Rows(out[target].detach(), lane));
            out[target].reset();
        }
    }

    @Override
    public void watermark(int input, long watermark) {
        flush();
        channels.forEach(channel -> channel.send(new Message.Watermark(watermark)));
    }

    /** No rows of the epoch follow. */
    void finishEpoch(long epoch) {
        flush();
        if (!finished) {
            channels.forEach(channel -> channel.send(new Message.EpochEnd(epoch)));
        }
    }

    /** No rows follow. */
    void finish() {
        flush();
        finished = true;
        channels.forEach(channel -> channel.send(new Message.Closed()));
    }

    /** Moves waiting messages on; true if none is left. */
    boolean push() {
        boolean empty = true;
        for (Channel channel : channels) {
            empty &= channel.push();
        }
        return empty;
    }

    @Override
    public void save(StateWriter out) {
        // At the end of an epoch everything has arrived.
    }

    @Override
    public void restore(StateReader in) {
        // Nothing was saved.
    }

    @Override
    public void endEpoch(long epoch) {
        flush();
    }

    @Override
    public boolean isDone() {
        return false;
    }

    @Override
    public void close() {
        discard();
    }

    private void discard() {
        for (int target = 0; target < out.length; target++) {
            if (out[target] != null) {
                out[target].close();
                out[target] = null;
            }
        }
    }
}
