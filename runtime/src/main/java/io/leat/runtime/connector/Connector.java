package io.leat.runtime.connector;

import io.leat.runtime.platform.Disk;
import io.leat.runtime.platform.Roots;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A kind of table that lives outside: files, Kafka topics, generated rows. Found by {@code ServiceLoader}; stateless, safe from
 * any thread.
 *
 * <p>{@link #readable} and {@link #writable} do no I/O: the compiler asks them. It also asks {@link Readable#findColumns} and {@link
 * Readable#bytes}, which look at the disk that they are given. {@link Readable#open} and {@link Writable#open} belong to a running job.
 */
public interface Connector {

    /** The value of the {@code 'connector'} option. */
    String name();

    /** How a table of this connector is read, if it can be. */
    Optional<Readable> readable();

    /** How a table of this connector is written, if it can be. */
    Optional<Writable> writable();

    /**
     * Refuses options that lead to files outside of the directories that queries may use, which are set. Looks for links, and at no file
     * itself. What a connector does to files over the disk that it is given is refused there anyway.
     *
     * @throws OptionException if an option does
     */
    default void confine(Options options, Roots roots) {
        // Most connectors use no files but over their disk, or none.
    }

    /** The source side. */
    interface Readable {
        OptionSet options();

        /**
         * What a source with these options is like.
         *
         * @throws OptionException if the options contradict each other
         */
        SourceTraits traits(Options options);

        /**
         * Looks at what is there for the columns of a table that declares none; empty if tables of this connector have to declare them.
         *
         * @throws OptionException if a table with these options has to declare them
         * @throws ConnectorException if there is nothing, or nothing that shows columns
         */
        default Optional<FoundColumns> findColumns(Options options, Disk disk) {
            return Optional.empty();
        }

        /**
         * About how many bytes the rows of a source with these options take up as text, as far as that shows without reading them. It is asked
         * before a query is compiled, and what it says only decides how the query is worked off.
         *
         * @return empty if it does not show, or there is nothing to read
         */
        default OptionalLong bytes(Options options, Disk disk) {
            return OptionalLong.empty();
        }

        /** Connects. One call per job; the readers of its partitions may then belong to different threads. */
        Source open(SourceContext context);

        /**
         * Connects to a table that is asked for keys, once per worker.
         *
         * @throws UnsupportedOperationException if its traits have no {@link SourceTraits#lookup}
         */
        default LookupSource openLookup(LookupContext context) {
            throw new UnsupportedOperationException("a table that answers no keys");
        }
    }

    /** The sink side. */
    interface Writable {
        OptionSet options();

        /**
         * What a sink with these options takes.
         *
         * @throws OptionException if the options contradict each other
         */
        SinkTraits traits(Options options);

        Sink open(SinkContext context);

        /** How often rows come to a sink with these options. */
        default Promise promise(Options options) {
            return Promise.AT_LEAST_ONCE;
        }

        /**
         * Whether rows of a sink with these options and the decision on their epoch are in one transaction, if the job keeps its
         * state: such sinks are opened by the transactions of the job.
         */
        default boolean isTransactional(Options options) {
            return false;
        }

        /**
         * Opens the transactions of a job.
         *
         * @throws UnsupportedOperationException if no sink {@link #isTransactional}
         */
        default EpochTransactions openTransactions(TransactionContext context) {
            throw new UnsupportedOperationException("tables without transactions");
        }

        /**
         * A sink whose rows wait until they are decided, for jobs that keep their state; empty if there is none, so that rows may
         * come again when a job goes on.
         */
        default Optional<StagedSink> openStaged(SinkContext context, StagedSink.Run run) {
            return Optional.empty();
        }

        /**
         * Shows what sinks of {@link #openStaged} stage; empty if there are none. Nothing is connected to yet.
         *
         * @param sink what {@link StagedSink.Run} calls it
         */
        default Optional<EpochApplier> openApplier(SinkContext context, String sink) {
            return Optional.empty();
        }
    }
}
