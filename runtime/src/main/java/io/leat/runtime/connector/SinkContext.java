package io.leat.runtime.connector;

import io.leat.runtime.platform.Platform;
import io.leat.runtime.type.Schema;
import java.time.ZoneId;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * What a sink is opened with.
 *
 * @param table its name in the query
 * @param schema the columns of a row
 * @param marked whether the first column of a row is no column of the table, but what happens to it: {@code +I} it comes, {@code -D} it
 *     goes, {@code -U} it gives way to the row that follows, which is {@code +U}
 * @param key positions of the primary key's columns in the schema; empty without one
 * @param replace whether the table holds the result of one query only, so that rows of earlier runs give way to this one's
 * @param zone the zone that instants are shown in
 */
public record SinkContext(
        String table,
        Options options,
        Schema schema,
        boolean marked,
        List<Integer> key,
        boolean replace,
        ZoneId zone,
        Platform platform,
        BufferAllocator allocator) {
    public SinkContext {
        key = List.copyOf(key);
    }
}
