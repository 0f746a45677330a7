package io.leat.runtime.connector;

import io.leat.runtime.batch.Batch;
import java.util.function.Consumer;

/**
 * A table outside that is asked for keys, such as one of a database. Belongs to one worker, on whose thread it is called.
 *
 * <p>A request waits until it is answered: nothing goes on behind rows whose partners are not known, so no rows wait when an epoch ends.
 * It must not wait for ever. A source has a limit of time for each try, tries again as often as it was told, and then fails.
 */
public interface LookupSource extends AutoCloseable {

    /**
     * Finds the rows of keys.
     *
     * @param keys one row per key, with the key columns of the context in their order; none NULL, no two the same
     * @param found takes the rows that there are, in any order and in batches that stay the source's; rows of other keys do no harm
     * @throws ConnectorException if there is no answer
     */
    void lookup(Batch keys, Consumer<Batch> found);

    @Override
    void close();
}
