package io.leat.runtime.connector;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.decode.RecordChunk;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one partition, in order. Belongs to one thread; never blocks for longer than a moment. */
public sealed interface SourceReader extends AutoCloseable permits SourceReader.Records, SourceReader.Rows {

    /** What a poll found. */
    enum Status {
        /** There are records or rows. */
        DATA,
        /** Nothing yet; more may be on its way. */
        PENDING,
        /** Nothing, and the end of the partition was observed: it is idle as long as this lasts. */
        CAUGHT_UP,
        /** Everything was read that was there at the start, and the run wants no more; another one may go on here. */
        UP_TO_NOW,
        /** There will never be more. */
        END
    }

    /**
     * Where the next poll continues: readable, and enough to start again there. Behind everything handed out so far. In a chunk a record
     * stands at the position that is its offset.
     */
    String position();

    /**
     * Goes on where this reader, or another one of the partition, stood. Called at most once, before the first poll.
     *
     * @throws ConnectorException if the partition cannot be read from there
     */
    void seek(String position);

    /**
     * Reads everything there is, wherever reading of the table was to begin: nobody has read of the partition, which was not there then. Called
     * in place of {@link #seek}.
     */
    default void seekToFirst() {
        // Most partitions are read from their first record anyway.
    }

    /** What tells the partition from one of the same name that takes its place; empty if nothing does. */
    default String identity() {
        return "";
    }

    /**
     * Metadata that is the same for every record of the last poll, and mostly of the partition, by the key of its {@link
     * MetadataColumn}: {@code String} for VARCHAR, {@code Integer} for INT, {@code Long} for BIGINT and, as microseconds, for
     * TIMESTAMP_LTZ. A column whose key is missing is NULL.
     */
    default Map<String, Object> constants() {
        return Map.of();
    }

    /** How many bytes or records are known to be left, or -1 if unknown. */
    default long remaining() {
        return -1;
    }

    @Override
    void close();

    /**
     * Records that the source had and has no more.
     *
     * @param from the first offset
     * @param to the last one
     */
    record Gap(long from, long to) {}

    /** Yields raw records for a decoder. */
    non-sealed interface Records extends SourceReader {
        /** Fills the chunk, whose old contents are gone, when there is data. */
        Status poll(RecordChunk chunk);

        /** Records that were gone before they were read, in front of what the last poll found. Each is told once. */
        default Optional<Gap> gap() {
            return Optional.empty();
        }
    }

    /** Yields rows. */
    non-sealed interface Rows extends SourceReader {
        /** Adds rows to the empty batch when there is data. */
        Status poll(Batch batch);

        /** Which rows of the last batch are no rows of the table, in their order. */
        default List<RefusedRow> refused() {
            return List.of();
        }
    }

    /**
     * A row that its columns cannot hold.
     *
     * @param row its place in the batch
     * @param reason as a rejected row shows it
     */
    record RefusedRow(int row, String reason) {}
}
