/**
 * Memory outside the Java heap, by raw address.
 *
 * <p>The only user of {@code sun.misc.Unsafe}. Nothing here checks bounds: callers own the addresses they pass. May import
 * nothing of ours. Start reading at {@link io.leat.runtime.memory.Memory}.
 */
package io.leat.runtime.memory;
