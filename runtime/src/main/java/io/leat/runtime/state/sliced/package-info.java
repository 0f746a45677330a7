/**
 * Rows that go away at a time that is known when they come, in slices of that time, outside the heap: found by hash, and dropped by slice. May
 * import what {@code state} may, and {@code state}. Start reading at {@link io.leat.runtime.state.sliced.RowSlices}; below it are one
 * slice, its tables and the layout of a row.
 */
package io.leat.runtime.state.sliced;
