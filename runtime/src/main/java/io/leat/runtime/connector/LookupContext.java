package io.leat.runtime.connector;

import io.leat.runtime.platform.Platform;
import io.leat.runtime.type.Schema;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * What a table is opened with that is asked for keys.
 *
 * @param table its name in the query
 * @param schema the columns that are asked for
 * @param keys positions in the schema of the columns that keys speak of
 * @param batchRows how many rows an answer brings at a time at most
 */
public record LookupContext(
        String table,
        Options options,
        Schema schema,
        List<Integer> keys,
        int batchRows,
        Platform platform,
        BufferAllocator allocator) {
    public LookupContext {
        keys = List.copyOf(keys);
    }
}
