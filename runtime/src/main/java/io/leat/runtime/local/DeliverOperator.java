package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.pipeline.Operator;

/** The end of a statement: hands rows over to where they are delivered. */
final class DeliverOperator implements Operator {
    private final Watermarks watermarks;
    private final Delivery delivery;
    private final ChangeForm changes;

    /**
     * @param changes turns weights into kinds of change; null where rows are all new
     */
    DeliverOperator(int inputs, Delivery delivery, ChangeForm changes) {
        this.watermarks = new Watermarks(inputs);
        this.delivery = delivery;
        this.changes = changes;
    }

    @Override
    public void accept(int input, Batch rows) {
        if (changes == null) {
            delivery.rows(rows);
        } else {
            changes.convert(rows, delivery::rows);
        }
    }

    @Override
    public void watermark(int input, long watermark) {
        watermarks.advance(input, watermark);
        if (changes != null && watermarks.isEnd()) {
            changes.flush(delivery::rows);
        }
    }

    /** Whether all rows have come that there are. */
    boolean isEnded() {
        return watermarks.isEnd();
    }

    @Override
    public void endEpoch(long epoch) {
        if (changes != null) {
            changes.flush(delivery::rows);
        }
        delivery.endEpoch(epoch);
    }

    @Override
    public boolean isDone() {
        return false;
    }

    @Override
    public void close() {
        if (changes != null) {
            changes.close();
        }
    }
}
