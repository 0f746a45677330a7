package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.Column;
import io.leat.runtime.connector.SourceSettings;
import io.leat.runtime.pipeline.CompletingPipeline;

/** Computes the event time of rows that have just been read; a row that has none is no row of its source. */
final class EventTimes implements AutoCloseable {
    private final ScanPlan plan;
    /** Null where the event time is a column that is read. */
    private final CompletingPipeline completer;

    /**
     * @param completer computes it; null where it is a column that is read
     */
    EventTimes(ScanPlan plan, CompletingPipeline completer) {
        this.plan = plan;
        this.completer = completer;
    }

    /** An epoch begins. */
    void now(long wallMicros) {
        plan.eventTime().ifPresent(time -> time.now(wallMicros));
        if (completer != null) {
            completer.now(wallMicros);
        }
    }

    /** Rows without an event time neither move the watermark nor are they seen by anybody. */
    void complete(SourceBatch rows) {
        if (plan.eventTime().isEmpty()) {
            return;
        }
        Batch batch = rows.batch();
        Column time = batch.column(plan.eventTime().get().leaf());
        if (completer != null && completer.complete(batch)) {
            for (int row = 0; row < batch.rows(); row++) {
                if (completer.failed()[row]) {
                    rows.exclude(row, completer.reason(row));
                    time.putNull(row);
                }
            }
        }
        if (plan.settings().nullTime() == SourceSettings.NullTime.REJECT
                && batch.hasNulls(plan.eventTime().get().leaf())) {
            for (int row = 0; row < batch.rows(); row++) {
                if (time.isNull(row)) {
                    rows.exclude(row, "NULL_EVENT_TIME: the event time is NULL");
                }
            }
        }
    }

    @Override
    public void close() {
        if (completer != null) {
            completer.close();
        }
    }
}
