package io.leat.runtime.pipeline;

import io.leat.runtime.batch.Batch;

/** A batch of one source partition with what only a source knows of its rows. */
public interface SourceRows {

    Batch batch();

    /** The watermark of the partition before each row; null if no row of the batch can be late for any window. */
    long[] watermarks();

    /** Notes why a row was rejected; the first reason stays. */
    void reject(int row, String reason);
}
