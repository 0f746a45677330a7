package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.pipeline.SourcePipeline;
import io.leat.runtime.pipeline.SourceRows;
import io.leat.runtime.state.RowBytes;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * What pipelines see of a batch of a changelog: its changes, the weight in front. A record may tell of two rows, the one that goes and the
 * one that takes its place, or of none; verdicts are given on the rows of the source all the same.
 */
final class ToldChanges implements SourceRows, AutoCloseable {
    /** A change that is the consequence of another one: no verdict of its own. */
    private static final int NOBODY = -1;

    private final Batch batch;
    private final long[] watermarks;
    private final int[] subjects;
    /** Whether all verdicts on a change are verdicts on its row; otherwise only that somebody took it. */
    private final boolean[] judged;

    private SourceBatch source;

    /**
     * @param schema the columns of the source
     */
    ToldChanges(Schema schema, int sourceRows, BufferAllocator allocator) {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.required(Schema.WEIGHT, Type.BIGINT));
        fields.addAll(schema.fields());
        int capacity = 2 * sourceRows;
        this.batch = new Batch(new Schema(fields), capacity, allocator);
        this.watermarks = new long[capacity + 1];
        this.subjects = new int[capacity];
        this.judged = new boolean[capacity];
    }

    void begin(SourceBatch rows) {
        batch.reset();
        source = rows;
    }

    /** A row of the source comes or goes as it is. */
    void row(int row, long weight) {
        int to = next(row, true, weight);
        Batch from = source.batch();
        for (int leaf = 0; leaf < from.columns(); leaf++) {
            batch.column(leaf + 1).copy(from.column(leaf), row, to);
        }
        batch.rows(to + 1);
    }

    /**
     * A row that is kept goes.
     *
     * @param subject the row of the source that says so; what refuses it has refused it when it came, and does not count again
     */
    void gone(int subject, RowBytes form, long packed, int firstLeaf) {
        gone(packed, form, firstLeaf, next(subject, false, -1));
    }

    /** A row that is kept gives way to the next one. */
    void replaced(RowBytes form, long packed, int firstLeaf) {
        gone(packed, form, firstLeaf, next(NOBODY, false, -1));
    }

    private void gone(long packed, RowBytes form, int firstLeaf, int to) {
        for (int leaf = 1; leaf <= firstLeaf; leaf++) {
            batch.column(leaf).putNull(to);
        }
        form.unpack(packed, batch, firstLeaf + 1, to);
        batch.rows(to + 1);
    }

    private int next(int subject, boolean isJudged, long weight) {
        int to = batch.rows();
        batch.column(0).putLong(to, weight);
        subjects[to] = subject;
        judged[to] = isJudged;
        return to;
    }

    @Override
    public Batch batch() {
        return batch;
    }

    /** Where rows have an event time, each is told as it is. */
    @Override
    public long[] watermarks() {
        long[] ofRows = source.watermarks();
        if (ofRows == null) {
            return null;
        }
        for (int i = 0; i < batch.rows(); i++) {
            watermarks[i] = ofRows[Math.max(0, subjects[i])];
        }
        watermarks[batch.rows()] = ofRows[source.batch().rows()];
        return watermarks;
    }

    @Override
    public void reject(int row, String reason) {
        if (judged[row]) {
            source.reject(subjects[row], reason);
        }
    }

    /** Adds the verdicts on the changes to those on the rows of the source. */
    void fold(byte[] verdicts, byte[] into) {
        for (int i = 0; i < batch.rows(); i++) {
            if (subjects[i] != NOBODY) {
                into[subjects[i]] |= judged[i] ? verdicts[i] : (byte) (verdicts[i] & SourcePipeline.TAKEN);
            }
        }
    }

    @Override
    public void close() {
        batch.close();
    }
}
