package io.leat.runtime.job;

import io.leat.runtime.connector.FormatSpec;
import io.leat.runtime.connector.MetadataColumn;
import io.leat.runtime.connector.SourceTraits;
import io.leat.runtime.type.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table that is read, the same for all statements of the job.
 *
 * @param table its name in the query
 * @param connector its connector; empty for a table in memory
 * @param options as written, without {@code connector}
 * @param schema the columns that a batch of this source holds: what any statement uses, the event time among them
 * @param declared all declared columns that the format could carry, in order: what an unnamed file format such as CSV needs
 * @param end when its rows end
 * @param stream whether rows can be late
 * @param decoding how records become rows; empty for a source of rows
 * @param eventTime event time and watermark, if the table declares one
 * @param place position in the schema of two hidden columns, which say where a row stands: the rank of its partition, and its own in
 *     there; -1 if nobody asks
 * @param changelog what the rows say of other rows, if they come and go; empty if they only come
 * @param commonOptions options of every source, such as the share of rejected rows that stops the job
 */
public record SourceSpec(
        String table,
        Optional<String> connector,
        Map<String, OptionValue> options,
        Schema schema,
        Schema declared,
        SourceTraits.End end,
        boolean stream,
        Optional<DecodingSpec> decoding,
        Optional<EventTimeSpec> eventTime,
        int place,
        Optional<ChangelogSpec> changelog,
        Map<String, OptionValue> commonOptions) {
    public SourceSpec {
        options = Map.copyOf(options);
        commonOptions = Map.copyOf(commonOptions);
    }

    /**
     * The columns of the schema that the source fills: all but the hidden ones, which are the last, and an event time that is
     * computed, which stands before those.
     */
    public Schema carried() {
        int versions = changelog.map(ChangelogSpec::gone).orElse(-1);
        int end = versions >= 0 ? versions : place < 0 ? schema.size() : place;
        boolean computed =
                eventTime.filter(time -> time.completer().isPresent()).isPresent();
        return new Schema(schema.fields().subList(0, computed ? end - 1 : end));
    }

    /**
     * How records become rows.
     *
     * @param value the format of record values
     * @param decoder the generated class that decodes values
     * @param key the format of record keys
     * @param keyDecoder the generated class that decodes keys
     * @param metadata columns of the schema that the transport fills
     */
    public record DecodingSpec(
            FormatSpec value,
            String decoder,
            Optional<FormatSpec> key,
            Optional<String> keyDecoder,
            List<MetadataSpec> metadata) {
        public DecodingSpec {
            metadata = List.copyOf(metadata);
        }
    }

    /**
     * Rows that come and go. Pipelines get them as changes, their weight in front, or as versions.
     *
     * @param op whether the first column of the schema is the kind of each change, which is none of the row's own columns
     * @param key positions in the schema of the columns that tell rows apart; empty if a row is taken back by all of its columns
     * @param tombstones whether a record without value says that the row of its key goes
     * @param oneLog whether the partitions follow each other, as files of one log do; otherwise each is a log of its own
     * @param gone position in the schema of a hidden column that says whether a record ends the row of its key: then pipelines get the
     *     records as they are; -1 if rows come and go
     */
    public record ChangelogSpec(boolean op, List<Integer> key, boolean tombstones, boolean oneLog, int gone) {
        public ChangelogSpec {
            key = List.copyOf(key);
        }

        public boolean isKeyed() {
            return !key.isEmpty();
        }

        /** Whether records are versions, each with its time, and nothing needs to be known of those before. */
        public boolean isVersions() {
            return gone >= 0;
        }
    }

    /** A column that the transport fills. {@code column} is its position in the schema. */
    public record MetadataSpec(int column, MetadataColumn from) {}

    /**
     * Event time and watermark.
     *
     * @param column position in the schema of the event-time column
     * @param delayMicros how far the watermark stays behind the newest event time
     * @param completer what computes the column, if it is a computed one
     */
    public record EventTimeSpec(int column, long delayMicros, Optional<CompleterSpec> completer) {}

    /** A generated class that computes the event time, with what it refers to by number. */
    public record CompleterSpec(String className, List<Constant> constants, List<String> positions) {
        public CompleterSpec {
            constants = List.copyOf(constants);
            positions = List.copyOf(positions);
        }
    }
}
