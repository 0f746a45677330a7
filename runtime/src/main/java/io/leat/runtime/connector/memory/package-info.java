/**
 * Tables in memory.
 *
 * <p>May import {@code connector}.
 */
package io.leat.runtime.connector.memory;
