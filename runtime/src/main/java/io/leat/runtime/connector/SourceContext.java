package io.leat.runtime.connector;

import io.leat.runtime.platform.Platform;
import io.leat.runtime.type.Schema;
import org.apache.arrow.memory.BufferAllocator;

/**
 * What a source is opened with.
 *
 * @param table its name in the query
 * @param schema the columns that a source of rows must yield
 * @param untilNow whether to stop at what exists now
 */
public record SourceContext(
        String table, Options options, Schema schema, boolean untilNow, Platform platform, BufferAllocator allocator) {}
