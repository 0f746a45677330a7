package io.leat.runtime.kernel;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/**
 * A time zone: instants to local time and back, by the rules of the Java library, with our own lookup. A local time that the
 * clocks skip counts from before the gap, so that it lands as far behind it; one that they show twice means the first. A result
 * outside the type is an error ({@code NUMERIC_OVERFLOW}).
 *
 * <p>Transitions up to the year 2100 are kept in arrays; for what comes later in zones that still change their clocks the
 * library is asked, which allocates. Immutable.
 */
public final class Zone {
    public static final Zone UTC = new Zone(ZoneOffset.UTC);

    private static final long END_OF_TABLE = 4_102_444_800L; // 2100-01-01T00:00:00Z
    private static final long SECONDS_PER_DAY = 86_400;
    /** A bucket is 194 days, so that few hold more than one transition. */
    private static final int BUCKET_SHIFT = 24;

    private final ZoneId id;
    private final ZoneRules rules;
    /** The first second of each period but the first, as an instant. */
    private final long[] instants;
    /** The first local second of each period but the first: what the clocks skip still belongs to the period before. */
    private final long[] locals;
    /** The offset of each period, in seconds; one more than there are transitions. */
    private final int[] offsets;

    /**
     * For each period but the last, the local second that no clock had shown when it ended: the greatest end of it and all periods
     * before. Never falls.
     */
    private final long[] peaks;

    private final int[] instantBuckets;
    private final int[] localBuckets;
    private final int[] peakBuckets;
    /** From this second on the library is asked. */
    private final long endOfTable;

    private Zone(ZoneId id) {
        this.id = id;
        this.rules = id.getRules();
        List<ZoneOffsetTransition> transitions = new ArrayList<>();
        ZoneOffsetTransition next = rules.isFixedOffset() ? null : rules.nextTransition(Instant.MIN);
        while (next != null && next.toEpochSecond() < END_OF_TABLE) {
            transitions.add(next);
            next = rules.nextTransition(next.getInstant());
        }
        this.endOfTable = next == null ? Long.MAX_VALUE : END_OF_TABLE;
        this.instants = new long[transitions.size()];
        this.locals = new long[transitions.size()];
        this.peaks = new long[transitions.size()];
        this.offsets = new int[transitions.size() + 1];
        this.offsets[0] = transitions.isEmpty()
                ? rules.getOffset(Instant.EPOCH).getTotalSeconds()
                : transitions.get(0).getOffsetBefore().getTotalSeconds();
        for (int i = 0; i < instants.length; i++) {
            instants[i] = transitions.get(i).toEpochSecond();
            offsets[i + 1] = transitions.get(i).getOffsetAfter().getTotalSeconds();
            locals[i] = instants[i] + Math.max(offsets[i], offsets[i + 1]);
            peaks[i] = Math.max(i == 0 ? Long.MIN_VALUE : peaks[i - 1], instants[i] + offsets[i]);
        }
        this.instantBuckets = buckets(instants);
        this.localBuckets = buckets(locals);
        this.peakBuckets = buckets(peaks);
    }

    public static Zone of(ZoneId id) {
        return new Zone(id);
    }

    /** For each bucket from the first bound on: how many bounds lie before it. */
    private static int[] buckets(long[] bounds) {
        if (bounds.length == 0) {
            return new int[0];
        }
        int[] buckets = new int[(int) ((bounds[bounds.length - 1] - bounds[0]) >> BUCKET_SHIFT) + 1];
        int period = 0;
        for (int bucket = 0; bucket < buckets.length; bucket++) {
            while (bounds[period] < bounds[0] + ((long) bucket << BUCKET_SHIFT)) {
                period++;
            }
            buckets[bucket] = period;
        }
        return buckets;
    }

    public ZoneId id() {
        return id;
    }

    /** The local time that the clocks show at an instant. */
    public long toLocal(long ticks, long ticksPerSecond) {
        long offset = offsets.length == 1 ? offsets[0] : offsetAt(Math.floorDiv(ticks, ticksPerSecond));
        return Timestamps.addTicks(ticks, offset * ticksPerSecond);
    }

    /** The instant at which the clocks show a local time. */
    public long toInstant(long ticks, long ticksPerSecond) {
        long offset = offsets.length == 1 ? offsets[0] : localOffsetAt(Math.floorDiv(ticks, ticksPerSecond));
        return Timestamps.addTicks(ticks, -offset * ticksPerSecond);
    }

    /**
     * The instant at which the clocks show a local time, for a time that was computed from an instant {@code near}: where the
     * clocks show it twice, the one with the offset of {@code near}, so that truncating does not lead an hour away.
     */
    public long toInstantNear(long ticks, long near, long ticksPerSecond) {
        if (offsets.length > 1) {
            long offset = offsetAt(Math.floorDiv(near, ticksPerSecond));
            long instant = Timestamps.addTicks(ticks, -offset * ticksPerSecond);
            if (offsetAt(Math.floorDiv(instant, ticksPerSecond)) == offset) {
                return instant;
            }
        }
        return toInstant(ticks, ticksPerSecond);
    }

    /**
     * The latest local time that the clocks have shown up to an instant: while they show an hour for the second time, the end of that
     * hour. It never goes back, so that windows of local time are a partition of time.
     */
    public long latestShown(long ticks, long ticksPerSecond) {
        long second = Math.floorDiv(ticks, ticksPerSecond);
        if (second >= endOfTable) {
            ZoneOffsetTransition last = rules.previousTransition(Instant.ofEpochSecond(second + 1));
            long shown = ticks + offsetAt(second) * ticksPerSecond;
            long peak = last.toEpochSecond() + last.getOffsetBefore().getTotalSeconds();
            return Math.max(shown, peak * ticksPerSecond - 1);
        }
        int period = find(second, instants, instantBuckets);
        long shown = ticks + offsets[period] * ticksPerSecond;
        return period == 0 ? shown : Math.max(shown, peaks[period - 1] * ticksPerSecond - 1);
    }

    /** The first instant at which the clocks show a local time or a later one: where they skip it, when they are set forward. */
    public long firstShown(long ticks, long ticksPerSecond) {
        long second = Math.floorDiv(ticks, ticksPerSecond);
        if (second >= endOfTable - SECONDS_PER_DAY) {
            LocalDateTime local = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
            ZoneOffsetTransition skipped = rules.getTransition(local);
            if (skipped != null && skipped.isGap()) {
                return skipped.toEpochSecond() * ticksPerSecond;
            }
            return ticks - rules.getValidOffsets(local).get(0).getTotalSeconds() * ticksPerSecond;
        }
        int period = find(second, peaks, peakBuckets);
        long instant = ticks - offsets[period] * ticksPerSecond;
        return period == 0 ? instant : Math.max(instant, instants[period - 1] * ticksPerSecond);
    }

    /** Seconds that the clocks are ahead of UTC at an instant, given in seconds since 1970. */
    public int offsetAt(long second) {
        if (second >= endOfTable) {
            return rules.getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
        }
        return offsets[find(second, instants, instantBuckets)];
    }

    /** Seconds that the clocks are ahead of UTC at a local time, given in seconds since 1970. */
    int localOffsetAt(long second) {
        // A local time may be up to 18 hours ahead of its instant.
        if (second >= endOfTable - SECONDS_PER_DAY) {
            return rules.getOffset(LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC))
                    .getTotalSeconds();
        }
        return offsets[find(second, locals, localBuckets)];
    }

    /** How many of the bounds are at or before a second. */
    private static int find(long second, long[] bounds, int[] buckets) {
        if (bounds.length == 0 || second < bounds[0]) {
            return 0;
        }
        int period = buckets[(int) Math.min((second - bounds[0]) >> BUCKET_SHIFT, buckets.length - 1)];
        while (period < bounds.length && bounds[period] <= second) {
            period++;
        }
        return period;
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
