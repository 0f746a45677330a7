package io.leat.runtime.job;

import java.util.List;

/**
 * What an operator that keeps something computes, with all that it takes rows from, whatever number of workers the job is cut for. So
 * that state of a query is not taken for that of another one.
 *
 * @param print the same for operators that compute the same, and for no others
 * @param own the same of what is between it and the operators before it that keep something
 * @param lines what is done with rows on the way to it, for people
 * @param calls the aggregates that its groups keep, with the types of their arguments
 * @param takesBack whether rows that came to it may go again, or it tells such rows of what else it keeps than groups
 * @param parts what is compared part by part where the prints differ
 * @param at {@code line:column} of it in the query; empty if it is not known, as in a state
 */
public record OperatorPlan(
        String print,
        String own,
        List<String> lines,
        List<String> calls,
        boolean takesBack,
        OperatorParts parts,
        String at) {
    /** Of an operator of which nothing is known. */
    public static final OperatorPlan UNKNOWN =
            new OperatorPlan("", "", List.of(), List.of(), false, OperatorParts.UNKNOWN, "");

    public OperatorPlan {
        lines = List.copyOf(lines);
        calls = List.copyOf(calls);
        // A jar of before knows neither.
        parts = parts == null ? OperatorParts.UNKNOWN : parts;
        at = at == null ? "" : at;
    }
}
