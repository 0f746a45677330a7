package io.leat.runtime.job;

/**
 * How long changes are summed up before they are told.
 *
 * @param everyMicros at least so long; 0 for as the telling itself says
 * @param endColumn the column, {@code op} not counted, that says when a row is final and told at once; -1 if none does
 * @param toEndMicros how far the end of a row's window lies behind that column
 */
public record Pauses(long everyMicros, int endColumn, long toEndMicros) {
    /** None. */
    public static final Pauses NONE = new Pauses(0, -1, 0);

    public Pauses {
        if (everyMicros < 0) {
            throw new IllegalArgumentException("changes every " + everyMicros);
        }
    }

    /** Between changes of rows of which no column says when they are final. */
    public static Pauses every(long micros) {
        return micros == 0 ? NONE : new Pauses(micros, -1, 0);
    }

    public boolean any() {
        return everyMicros > 0;
    }

    /** The same where a column says when a row is final. */
    public Pauses endingBy(int column, long toEnd) {
        return new Pauses(everyMicros, column, toEnd);
    }
}
