package io.leat.runtime.connector;

import static io.leat.runtime.connector.OptionSpec.choice;
import static io.leat.runtime.connector.OptionSpec.optional;

import io.leat.runtime.connector.OptionSpec.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Options that every source has, whatever its connector: how watermarks behave, and how many rejected rows are too many.
 *
 * @param idleTimeout after how long without rows at the observed end of a partition it no longer holds watermarks back
 * @param maxFutureSkew how far ahead of the clock an event time may be and still move the watermark; zero for no guard
 * @param maxDrift how far a partition may be ahead of the others in event time and still be read; empty for as far as it is
 * @param nullTime what happens to a row without event time
 * @param rejectLimit the share of rejected rows that stops the job
 * @param rejectMinimum how many rows must have been read before that
 */
public record SourceSettings(
        Duration idleTimeout,
        Duration maxFutureSkew,
        Optional<Duration> maxDrift,
        NullTime nullTime,
        double rejectLimit,
        long rejectMinimum) {

    /** What happens to a row without event time. */
    public enum NullTime {
        /** It is a rejected row. */
        REJECT,
        /** It goes on and moves no watermark; windows do not take it. */
        KEEP
    }

    public static final String IDLE_TIMEOUT = "scan.watermark.idle-timeout";
    public static final String MAX_FUTURE_SKEW = "scan.watermark.max-future-skew";
    public static final String MAX_DRIFT = "scan.watermark.alignment.max-drift";
    public static final String NULL_TIME = "scan.watermark.null-time";
    public static final String REJECT_LIMIT = "scan.reject-limit";
    public static final String REJECT_MINIMUM = "scan.reject-minimum";
    public static final String CHANGELOG = "changelog";

    public static final OptionSet OPTIONS = OptionSet.of(
            optional(IDLE_TIMEOUT, Kind.DURATION, "30 s", "how long a partition may be silent and hold watermarks back")
                    .alias("idle_timeout"),
            optional(
                            MAX_FUTURE_SKEW,
                            Kind.DURATION,
                            null,
                            "an event time further ahead of the clock does not move the watermark; 0 for no guard;"
                                    + " default 5 min for unbounded sources, no guard for others")
                    .alias("max_future_skew"),
            optional(
                    MAX_DRIFT,
                    Kind.DURATION,
                    null,
                    "a partition whose watermark is further ahead than this of one whose rows it meets waits for it"),
            choice(NULL_TIME, "reject", List.of("reject", "keep"), "what happens to a row without event time")
                    .alias("null_event_time"),
            optional(REJECT_LIMIT, Kind.DECIMAL, "0.05", "the share of rejected rows that stops the job; 1 for never")
                    .alias("reject_limit"),
            optional(REJECT_MINIMUM, Kind.NUMBER, "1000", "rows to be read before the reject limit counts"),
            choice(CHANGELOG, null, List.of("op"), "rows come and go, as their first column op says: +I, -U, +U, -D"));

    private static final Duration DEFAULT_SKEW = Duration.ofMinutes(5);

    /** Reads the settings. {@code unbounded} says whether rows may come for ever. */
    public static SourceSettings of(Options options, boolean unbounded) {
        Duration skew = options.has(MAX_FUTURE_SKEW)
                ? options.duration(MAX_FUTURE_SKEW)
                : unbounded ? DEFAULT_SKEW : Duration.ZERO;
        return new SourceSettings(
                options.duration(IDLE_TIMEOUT),
                skew,
                options.has(MAX_DRIFT) ? Optional.of(options.duration(MAX_DRIFT)) : Optional.empty(),
                options.required(NULL_TIME).equals("keep") ? NullTime.KEEP : NullTime.REJECT,
                options.decimal(REJECT_LIMIT),
                options.number(REJECT_MINIMUM));
    }

    /** Whether an option belongs to these rather than to a connector. */
    public static boolean isCommon(String key) {
        return OPTIONS.specs().stream()
                .anyMatch(spec -> spec.name().equals(key) || spec.aliases().contains(key));
    }
}
