package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.Sink;

/** Rows that a sink takes. */
class SinkDelivery implements Delivery {
    private final Sink sink;

    SinkDelivery(Sink sink) {
        this.sink = sink;
    }

    @Override
    public void rows(Batch batch) {
        sink.write(batch);
    }

    @Override
    public void endEpoch(long epoch) {
        sink.endEpoch(epoch);
    }

    @Override
    public void pause() {
        sink.finish();
    }

    @Override
    public void finish() {
        sink.finish();
    }

    @Override
    public String summary() {
        return sink.summary();
    }

    @Override
    public void close() {
        sink.close();
    }
}
