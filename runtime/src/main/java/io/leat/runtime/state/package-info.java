/**
 * What operators keep between rows: tables of groups per slice of event time, ordered entries by key, and the stores behind them.
 *
 * <p>Hot data lives in generated {@link io.leat.runtime.state.KeyTable}s outside the heap, one writer each. Behind them stands a
 * {@link io.leat.runtime.state.StateStore}: {@code state.heap} is the reference, {@code state.chronicle} the off-heap one. May
 * import {@code type}, {@code memory}, {@code batch}, {@code kernel} and {@code window}. Start reading at {@link
 * io.leat.runtime.state.WindowState}, or for everything that is not groups of windows at {@link
 * io.leat.runtime.state.KeyedState}, which {@code state.paged} implements.
 */
package io.leat.runtime.state;
