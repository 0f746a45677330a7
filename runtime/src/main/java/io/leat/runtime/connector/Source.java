package io.leat.runtime.connector;

import java.util.List;
import java.util.Optional;

/**
 * An open source of one job.
 *
 * <p>Calling order: {@link #partitions} once, then {@link #reader} for each partition from the thread that will read it, then
 * {@link #close} after all readers are closed. Meanwhile {@link #appeared} from any thread, and readers of what it tells of.
 */
public interface Source extends AutoCloseable {

    /** The partitions at the start, in their order: rows of one partition keep the order they have here. */
    List<Partition> partitions();

    /**
     * The partitions that have appeared behind the first so many, in their order. Those of a source that gains none are those of the start.
     * Never waits.
     */
    default List<Partition> appeared(int known) {
        return List.of();
    }

    /** A reader of one partition, from its start. Partitions of one thread may share a connection. */
    SourceReader reader(Partition partition);

    /** What of it can be read only once, as it comes, such as a pipe; empty if all can be read again from any position. */
    default Optional<String> onlyOnce() {
        return Optional.empty();
    }

    @Override
    void close();

    /**
     * A piece of a source whose rows have an order.
     *
     * @param index its rank among the partitions of the source
     * @param name as shown to people: a path, a Kafka partition number
     */
    record Partition(int index, String name) {}
}
