package io.leat.runtime.connector;

import io.leat.runtime.type.Type;

/**
 * A value that the transport knows about each record, such as its offset. Where it stands depends on the key: {@code offset},
 * {@code timestamp}, {@code timestamp-type}, {@code key} and {@code leader-epoch} in the {@link
 * io.leat.runtime.decode.RecordChunk}, record by record; any other in {@link SourceReader#constants}, once per partition.
 */
public record MetadataColumn(String key, Type type, boolean nullable) {
    /** Which reading of a table a row is of, whatever its connector: 1, and more where the table is read again. */
    public static final String VERSION_KEY = "version";

    public static final MetadataColumn VERSION = new MetadataColumn(VERSION_KEY, Type.BIGINT, false);
}
