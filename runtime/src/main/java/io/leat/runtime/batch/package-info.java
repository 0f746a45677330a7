/**
 * Rows in Arrow's columnar format, by raw address.
 *
 * <p>A batch has one owner: who creates it closes it. Receivers borrow it for the length of a call; who needs the rows longer
 * takes them over with {@link io.leat.runtime.batch.Batch#detach}. May import {@code type} and {@code memory}. Start reading at
 * {@link io.leat.runtime.batch.Batch}.
 */
package io.leat.runtime.batch;
