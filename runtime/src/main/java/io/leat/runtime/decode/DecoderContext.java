package io.leat.runtime.decode;

import io.leat.runtime.kernel.Zone;
import io.leat.runtime.type.Schema;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;

/**
 * What a decoder is made with.
 *
 * @param schema the columns of the batches that it fills; it may fill some of them only
 * @param declared names of all columns that a record carries, in order
 * @param settings of the format
 * @param zone the zone that instants without offset are read in
 * @param unknownFields where names that no column has are counted; of the thread that decodes
 */
public record DecoderContext(
        Schema schema,
        List<String> declared,
        Map<String, String> settings,
        Zone zone,
        UnknownFields unknownFields,
        BufferAllocator allocator) {
    public DecoderContext {
        declared = List.copyOf(declared);
        settings = Map.copyOf(settings);
    }
}
