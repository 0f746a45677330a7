/**
 * Arithmetic of windows and watermarks: pure values, no state of their own.
 *
 * <p>All times are microseconds. {@code Long.MIN_VALUE} and {@code Long.MAX_VALUE} are the watermarks before the first row and
 * after the last; adding to them saturates. May import nothing of ours. Start reading at {@link
 * io.leat.runtime.window.Windowing}.
 */
package io.leat.runtime.window;
