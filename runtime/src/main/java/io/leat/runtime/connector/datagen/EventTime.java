package io.leat.runtime.connector.datagen;

import io.leat.runtime.batch.Column;
import io.leat.runtime.type.Type;
import java.util.Optional;

/** Event times: one step apart from row to row, some of them earlier. Columns of one row agree. */
final class EventTime implements ValueMaker {
    /** All event times draw as this column, so that they are earlier for the same rows. */
    static final String DRAWN_AS = "event-time";

    private final Settings settings;
    private final LongForm form;
    private final long ticksPerMicro;

    /**
     * How event times go on.
     *
     * @param column the only column with event times, if it is named
     * @param startMicros of the first row
     * @param stepMicros from one row to the next, over all partitions
     * @param jitterMicros up to which a row is earlier
     * @param lateRate the share of rows that are earlier by {@code lateByMicros}
     */
    record Settings(
            Optional<String> column,
            long startMicros,
            long stepMicros,
            long jitterMicros,
            double lateRate,
            long lateByMicros) {}

    EventTime(Settings settings, Type.TimestampType type) {
        this.settings = settings;
        this.form = LongForm.of(type);
        this.ticksPerMicro = type.nanos() ? 1_000 : 1;
    }

    @Override
    public void make(long number, Draws draws, Column column, int row) {
        put(micros(number, draws), column, row);
    }

    /** The event time of a row, in microseconds. Takes the first draws of the row. */
    long micros(long number, Draws draws) {
        long micros = settings.startMicros() + number * settings.stepMicros();
        long jitter = draws.upTo(settings.jitterMicros());
        boolean late = draws.chance(settings.lateRate());
        return micros - jitter - (late ? settings.lateByMicros() : 0);
    }

    /** Puts a time, cut to what the type tells apart. */
    void put(long micros, Column column, int row) {
        form.put(column, row, form.onStep(micros * ticksPerMicro));
    }
}
