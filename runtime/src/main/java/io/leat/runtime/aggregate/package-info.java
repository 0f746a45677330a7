/**
 * Accumulators: what an aggregate function keeps of a group, as static functions on the bytes of a table entry.
 *
 * <p>Every accumulator has {@code add(state, value…)}, {@code merge(state, other)} and {@code result(state)}; one that is NULL
 * over no rows has {@code isNull(state)}. All bytes zero is the state before the first value. Those that keep text take the
 * arena of their table behind each state. Aggregates that look at the order of their rows take items, bytes in that order:
 * {@link io.leat.runtime.aggregate.FirstItem}, {@link io.leat.runtime.aggregate.ItemList}. None allocates. May import {@code memory}, {@code batch}, {@code kernel} and {@code
 * state}. Start reading at {@link io.leat.runtime.aggregate.Count}.
 */
package io.leat.runtime.aggregate;
