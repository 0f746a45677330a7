package io.leat.runtime.job;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an operator computes, taken apart, so that of two that are not the same it is known in what they differ, and what of the state of
 * one is that of the other.
 *
 * @param computes a print of it and all before it, without settings, without which aggregates groups keep, and with columns called by
 *     what they are; empty if it is not known
 * @param placed the same with tables called by where they are, and not by their names
 * @param settings what can be another without another state, by the name of the field
 * @param accumulators what a group keeps, in the order of its layout
 * @param sets prints of the sets of DISTINCT calls, in their order
 */
public record OperatorParts(
        String computes,
        String placed,
        Map<String, String> settings,
        List<Accumulator> accumulators,
        List<String> sets) {
    /** Of an operator that was written down before this was. */
    public static final OperatorParts UNKNOWN = new OperatorParts("", "", Map.of(), List.of(), List.of());

    /** How far the watermark stays behind the newest event time, in microseconds. */
    public static final String WATERMARK_DELAY = "watermark delay";
    /** Whether groups of different source partitions are kept apart until they are told. */
    public static final String SUMS = "sums";

    /**
     * What a group keeps of one aggregate.
     *
     * @param print of the function and all that it takes
     * @param width in bytes
     * @param texts how many texts it points to
     */
    public record Accumulator(String print, int width, int texts) {}

    public OperatorParts {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        accumulators = List.copyOf(accumulators);
        sets = List.copyOf(sets);
    }

    public boolean isKnown() {
        return !computes.isEmpty();
    }
}
