package io.leat.runtime.connector;

import java.util.List;
import java.util.Optional;

/**
 * What the compiler must know of a source.
 *
 * @param end when its rows end
 * @param stream whether rows are judged late by a watermark; false for bounded input, where no row is late
 * @param format how records become rows; empty if the connector yields rows itself
 * @param keyFormat how record keys become columns, if they do
 * @param metadata the metadata columns that a table may declare
 * @param once whether the rows can be read only once, such as standard input
 * @param lookup what is remembered of its answers, if the table can be asked for keys
 */
public record SourceTraits(
        End end,
        boolean stream,
        Optional<FormatSpec> format,
        Optional<FormatSpec> keyFormat,
        List<MetadataColumn> metadata,
        boolean once,
        Optional<LookupCache> lookup) {

    /** A table that is read, and not asked for keys. */
    public SourceTraits(
            End end,
            boolean stream,
            Optional<FormatSpec> format,
            Optional<FormatSpec> keyFormat,
            List<MetadataColumn> metadata,
            boolean once) {
        this(end, stream, format, keyFormat, metadata, once, Optional.empty());
    }

    public SourceTraits {
        metadata = List.copyOf(metadata);
    }

    /** The same source with another end. */
    public SourceTraits ending(End other) {
        return new SourceTraits(other, stream, format, keyFormat, metadata, once, lookup);
    }

    /** When the rows of a source end. */
    public enum End {
        /** All rows exist when the job starts. */
        BOUNDED,
        /** Rows come one after another as in a stream, and end by themselves. */
        ENDING,
        /** Rows may come for ever. */
        UNBOUNDED
    }
}
