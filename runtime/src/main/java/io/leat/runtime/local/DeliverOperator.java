package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.operator.ClockedOperator;
import io.leat.runtime.operator.Watermarks;
import io.leat.runtime.state.SectionWriter;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import io.leat.runtime.window.Windowing;

/**
 * The end of a statement: hands rows over to where they are delivered. Changes that are told after pauses are told when an epoch begins
 * that is so much later than the last time.
 */
final class DeliverOperator implements ClockedOperator {
    private final Watermarks watermarks;
    private final Delivery delivery;
    private final ChangeForm changes;
    private final long every;
    private long lastTold = Windowing.NEVER;

    /**
     * @param changes turns weights into kinds of change; null where rows are all new
     * @param every after how many microseconds changes are told; 0 for at each end of an epoch
     */
    DeliverOperator(int inputs, Delivery delivery, ChangeForm changes, long every) {
        this.watermarks = new Watermarks(inputs);
        this.delivery = delivery;
        this.changes = changes;
        this.every = every;
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
        if (!watermarks.advance(input, watermark) || changes == null) {
            return;
        }
        if (watermarks.isEnd()) {
            tell();
        } else {
            changes.passed(watermarks.current(), delivery::rows);
        }
    }

    @Override
    public void now(long wallMicros) {
        if (every == 0 || changes == null) {
            return;
        }
        if (lastTold == Windowing.NEVER) {
            lastTold = wallMicros;
        } else if (wallMicros - lastTold >= every) {
            lastTold += (wallMicros - lastTold) / every * every;
            tell();
        }
    }

    /** Tells what has been held back so far. */
    void tell() {
        if (changes != null) {
            changes.flush(delivery::rows);
        }
    }

    /** Whether all rows have come that there are. */
    boolean isEnded() {
        return watermarks.isEnd();
    }

    @Override
    public void save(StateWriter out) {
        SectionWriter whole = out.whole();
        whole.entry();
        whole.putLong(lastTold);
        if (changes != null) {
            changes.save(out.of("changes"));
        }
    }

    @Override
    public void restore(StateReader in) {
        in.whole(whole -> {
            whole.next();
            lastTold = whole.getLong();
        });
        if (changes != null) {
            changes.restore(in.of("changes"));
        }
    }

    @Override
    public void endEpoch(long epoch) {
        if (every == 0) {
            tell();
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
