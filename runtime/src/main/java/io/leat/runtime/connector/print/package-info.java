/**
 * Tables that are printed.
 *
 * <p>May import {@code connector}.
 */
package io.leat.runtime.connector.print;
