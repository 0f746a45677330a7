package io.leat.runtime.connector.kafka;

import io.leat.runtime.connector.Connector;
import io.leat.runtime.connector.EpochTransactions;
import io.leat.runtime.connector.FormatSpec;
import io.leat.runtime.connector.Guarantee;
import io.leat.runtime.connector.MetadataColumn;
import io.leat.runtime.connector.OptionSet;
import io.leat.runtime.connector.Options;
import io.leat.runtime.connector.Promise;
import io.leat.runtime.connector.Sink;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.connector.SinkTraits;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceContext;
import io.leat.runtime.connector.SourceTraits;
import io.leat.runtime.connector.TransactionContext;
import io.leat.runtime.connector.format.FormatOptions;
import io.leat.runtime.platform.Roots;
import io.leat.runtime.type.Type;
import java.util.List;
import java.util.Optional;

/** {@code 'connector' = 'kafka'}. */
public final class KafkaConnector implements Connector {
    private static final List<MetadataColumn> METADATA = List.of(
            new MetadataColumn("topic", Type.VARCHAR, false),
            new MetadataColumn("partition", Type.INT, false),
            new MetadataColumn("offset", Type.BIGINT, false),
            new MetadataColumn("timestamp", new Type.TimestampType(3, true), false),
            new MetadataColumn("timestamp-type", Type.VARCHAR, true),
            new MetadataColumn("leader-epoch", Type.INT, true),
            new MetadataColumn("key", Type.VARBINARY, true));

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public Optional<Readable> readable() {
        return Optional.of(new Reading());
    }

    @Override
    public Optional<Writable> writable() {
        return Optional.of(new Writing());
    }

    /** The files of keys and certificates are read by the library, which knows no directories that they must be in. */
    @Override
    public void confine(Options options, Roots roots) {
        ClientProperties.confine(options, roots);
    }

    private static final class Reading implements Readable {
        @Override
        public OptionSet options() {
            return TopicOptions.ALL;
        }

        @Override
        public SourceTraits traits(Options options) {
            ClientProperties.of(options);
            StartOffsets.of(options);
            FormatSpec value = TopicOptions.value(options);
            boolean bounded = TopicOptions.isBounded(options);
            return new SourceTraits(
                    bounded ? SourceTraits.End.BOUNDED : SourceTraits.End.UNBOUNDED,
                    !bounded,
                    Optional.of(value),
                    TopicOptions.key(options),
                    METADATA,
                    false);
        }

        @Override
        public Source open(SourceContext context) {
            return KafkaSource.open(context);
        }
    }

    private static final class Writing implements Writable {
        @Override
        public OptionSet options() {
            return TopicOptions.ALL;
        }

        @Override
        public SinkTraits traits(Options options) {
            ClientProperties.of(options);
            TopicOptions.value(options);
            TopicOptions.key(options);
            TopicOptions.idPrefix(options);
            boolean debezium = FormatOptions.VALUE.isDebezium(options);
            return new SinkTraits(debezium ? SinkTraits.Changes.RETRACT : SinkTraits.Changes.UPSERT, true);
        }

        @Override
        public Sink open(SinkContext context) {
            return KafkaSink.open(context);
        }

        @Override
        public Promise promise(Options options) {
            return TopicOptions.isOnce(options)
                    ? new Promise(
                            Guarantee.EXACTLY_ONCE,
                            "rows and the decision on their epoch are in one transaction: readers need isolation.level ="
                                    + " read_committed",
                            "")
                    : Promise.AT_LEAST_ONCE;
        }

        @Override
        public boolean isTransactional(Options options) {
            return TopicOptions.isOnce(options);
        }

        @Override
        public EpochTransactions openTransactions(TransactionContext context) {
            return KafkaTransactions.open(context);
        }
    }
}
