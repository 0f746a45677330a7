/**
 * Rows to text: what file and Kafka sinks write, and what the command prints; and what formats of columns, which other modules bring, look like.
 *
 * <p>May import {@code connector}, {@code type}, {@code memory}, {@code batch} and {@code kernel}; the only user of Jackson's
 * generator and FastCSV's writer. Start reading at {@link io.leat.runtime.connector.format.RowFormat}.
 */
package io.leat.runtime.connector.format;
