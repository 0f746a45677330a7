package io.leat.runtime.operator;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.NodeSpec.SortKey;
import io.leat.runtime.state.KeyBytes;
import io.leat.runtime.type.Schema;
import java.util.List;

/** Rows as bytes whose unsigned order is the order wanted. */
final class SortKeys {
    private final Schema schema;
    private final List<SortKey> keys;

    SortKeys(Schema schema, List<SortKey> keys) {
        this.schema = schema;
        this.keys = keys;
    }

    /** Appends the key of a row. */
    void append(Batch batch, int row, KeyBytes out) {
        for (int i = 0; i < keys.size(); i++) {
            SortKey key = keys.get(i);
            int end = schema.firstLeaf(key.column() + 1);
            for (int leaf = schema.firstLeaf(key.column()); leaf < end; leaf++) {
                out.append(batch, leaf, row, key.descending(), key.nullsFirst());
            }
        }
    }
}
