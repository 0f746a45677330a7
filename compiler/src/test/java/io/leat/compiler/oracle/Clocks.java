package io.leat.compiler.oracle;

import io.leat.runtime.type.Type.TimestampType;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** Counts of ticks to the times of java.time and back. */
final class Clocks {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Clocks() {}

    /** A TIMESTAMP, or the reading of a TIMESTAMP_LTZ in UTC. */
    static LocalDateTime local(Object ticks, long ticksPerSecond) {
        long count = (Long) ticks;
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(count, ticksPerSecond),
                (int) (Math.floorMod(count, ticksPerSecond) * (NANOS_PER_SECOND / ticksPerSecond)),
                ZoneOffset.UTC);
    }

    static ZonedDateTime zoned(Object ticks, long ticksPerSecond, ZoneId zone) {
        return local(ticks, ticksPerSecond).toInstant(ZoneOffset.UTC).atZone(zone);
    }

    /** A part of a tick is cut off. */
    static Long ticks(LocalDateTime time, long ticksPerSecond) {
        return ticks(time.toInstant(ZoneOffset.UTC), ticksPerSecond);
    }

    static Long ticks(Instant time, long ticksPerSecond) {
        return Numbers.bigint(BigInteger.valueOf(time.getEpochSecond())
                .multiply(BigInteger.valueOf(ticksPerSecond))
                .add(BigInteger.valueOf(time.getNano() / (NANOS_PER_SECOND / ticksPerSecond))));
    }

    /** The instant at which the clocks of a zone show a time. */
    static Long instant(LocalDateTime time, long ticksPerSecond, ZoneId zone) {
        return ticks(time.atZone(zone).toInstant(), ticksPerSecond);
    }

    /** Ticks of one timestamp type as those of another, cut to its precision. */
    static Long convert(Object ticks, TimestampType from, TimestampType to) {
        BigInteger nanos =
                BigInteger.valueOf((Long) ticks).multiply(BigInteger.valueOf(NANOS_PER_SECOND / from.ticksPerSecond()));
        BigInteger unit = BigInteger.TEN.pow(9 - to.precision());
        BigInteger cut = nanos.subtract(nanos.mod(unit));
        return Numbers.bigint(cut.divide(BigInteger.valueOf(NANOS_PER_SECOND / to.ticksPerSecond())));
    }

    /** A day, which has 32 bits. */
    static Long day(long day) {
        return Numbers.integer(BigInteger.valueOf(day), 32);
    }

    static LocalDate date(Object day) {
        return LocalDate.ofEpochDay((Long) day);
    }

    /** Runs what java.time may refuse. */
    static <R> R valid(java.util.function.Supplier<R> work) {
        try {
            return work.get();
        } catch (DateTimeException | ArithmeticException e) {
            throw new NoValue(e.getMessage());
        }
    }
}
