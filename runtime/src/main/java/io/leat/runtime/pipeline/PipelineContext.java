package io.leat.runtime.pipeline;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.kernel.Zone;
import io.leat.runtime.state.StaticTable;
import io.leat.runtime.state.WindowState;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * What a pipeline is made with.
 *
 * @param constants text, sets and other objects that generated code refers to by number
 * @param positions {@code line:column} of expressions that can fail, by number
 * @param output the batch that rows are written to; null for a pipeline that feeds an aggregate
 * @param state the aggregate that rows go to; null for a pipeline that emits rows
 * @param tables the static tables that rows are joined with
 * @param zone the zone of the job
 */
public record PipelineContext(
        List<Object> constants,
        List<String> positions,
        Batch output,
        WindowState state,
        List<StaticTable> tables,
        Zone zone,
        BufferAllocator allocator) {}
