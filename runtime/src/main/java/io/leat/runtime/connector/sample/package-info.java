/**
 * Columns of records that nobody has declared: what the values of some of them show.
 *
 * <p>May import {@code type} and {@code connector}. Start reading at {@link io.leat.runtime.connector.sample.JsonSample}; {@link
 * io.leat.runtime.connector.sample.ValueKinds} is where values become a type.
 */
package io.leat.runtime.connector.sample;
