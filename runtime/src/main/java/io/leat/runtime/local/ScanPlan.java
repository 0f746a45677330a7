package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.MetadataColumn;
import io.leat.runtime.connector.SourceSettings;
import io.leat.runtime.decode.RecordChunk;
import io.leat.runtime.job.SourceSpec;
import io.leat.runtime.operator.Outputs;
import io.leat.runtime.type.Schema;
import java.util.List;
import java.util.Optional;

/**
 * What a scan does with the rows of its source, the same for all its partitions.
 *
 * @param partitions names of all partitions of the source, whoever reads them
 * @param keyLeaves leaves that come from the key of a record
 * @param outputs everything that takes rows or watermarks of the scan
 * @param pipelines those of the outputs that judge rows
 * @param upToNow what it has to do with the other scans
 */
record ScanPlan(
        SourceSpec spec,
        SourceSettings settings,
        List<String> partitions,
        Optional<EventTime> eventTime,
        List<MetadataFill> metadata,
        List<Integer> keyLeaves,
        Outputs outputs,
        List<PipelineOperator> pipelines,
        UpToNow.Part upToNow) {

    /** A leaf that the transport fills. */
    record MetadataFill(int leaf, MetadataColumn from, long reading) {}

    /** Whether nobody wants more rows. */
    boolean isDone() {
        return !pipelines.isEmpty() && pipelines.stream().allMatch(PipelineOperator::isDone);
    }

    /** Decodes the keys of the records that the rows came from; a row whose key is broken is excluded. */
    void decodeKeys(PartitionScan partition, RecordChunk chunk, SourceBatch rows) {
        if (partition.keyDecoder() == null) {
            return;
        }
        Batch batch = rows.batch();
        for (int row = 0; row < batch.rows(); row++) {
            int origin = rows.origin(row);
            int length = chunk.keyLength(origin);
            boolean decoded =
                    length >= 0 && partition.keyDecoder().decodePart(chunk.keyAddress(origin), length, batch, row);
            if (!decoded) {
                withoutKey(rows, row, length >= 0);
            }
        }
    }

    private void withoutKey(SourceBatch rows, int row, boolean broken) {
        if (broken) {
            rows.exclude(row, "MALFORMED: the key of the record cannot be read");
        }
        for (int leaf : keyLeaves) {
            rows.batch().column(leaf).putNull(row);
            Schema.Leaf column = spec.schema().leaves().get(leaf);
            if (!column.nullable()) {
                rows.exclude(row, "MISSING_VALUE(" + column.path() + "): the record has no key");
            }
        }
    }

    void fillMetadata(PartitionScan partition, RecordChunk chunk, SourceBatch rows) {
        for (MetadataFill fill : metadata) {
            MetadataColumns.fill(fill, partition, chunk, rows);
        }
    }
}
