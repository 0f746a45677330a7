package io.leat.runtime.local;

import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.Source.Partition;
import java.util.ArrayList;
import java.util.List;

/** Opens for one worker what a source gains while it is read. One thread. */
final class GainedPartitions {
    private final Source source;
    private final int worker;
    private final int readers;
    private final Opener opener;
    private int known;

    /** Opens a partition. */
    interface Opener {
        /**
         * @param watermark that it begins with
         */
        PartitionScan open(Partition partition, long watermark);
    }

    /**
     * @param known how many partitions there were at the start
     * @param readers how many workers had some of them: the others have told that nothing comes from them
     */
    GainedPartitions(Source source, int known, int worker, int readers, Opener opener) {
        this.source = source;
        this.known = known;
        this.worker = worker;
        this.readers = readers;
        this.opener = opener;
    }

    /** Those of this worker that have appeared since the last call. */
    List<PartitionScan> open(long watermark) {
        List<PartitionScan> opened = new ArrayList<>();
        for (Partition partition : source.appeared(known)) {
            known++;
            if (partition.index() % readers == worker) {
                opened.add(opener.open(partition, watermark));
            }
        }
        return opened;
    }
}
