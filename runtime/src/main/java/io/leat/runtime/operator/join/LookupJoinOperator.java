package io.leat.runtime.operator.join;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.connector.LookupSource;
import io.leat.runtime.job.JoinKind;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.NodeSpec.JoinBound;
import io.leat.runtime.kernel.RowError;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.operator.ClockedOperator;
import io.leat.runtime.operator.Outputs;
import io.leat.runtime.operator.Watermarks;
import io.leat.runtime.operator.join.LookupAnswers.Answer;
import io.leat.runtime.pipeline.DataException;
import io.leat.runtime.pipeline.Pipeline;
import io.leat.runtime.state.KeyBytes;
import io.leat.runtime.state.RowBytes;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Joins each row with the rows that a table outside has for its key now. What is not remembered of the keys of a batch is asked for at
 * once, and the batch goes on when all answers are there; so no row waits from one batch to the next, and there is nothing to save.
 */
public final class LookupJoinOperator implements ClockedOperator {
    private final NodeSpec.StreamJoin spec;
    private final LookupSource table;
    private final LookupAnswers remembered;
    private final Watermarks watermarks;
    private final Outputs outputs;
    private final RowBytes leftRow;
    private final RowBytes rightRow;
    private final int[] keyLeaves;
    private final int[] rightKeyLeaves;
    private final JoinOutput out;
    private final Batch asked;
    private final KeyBytes key;
    private final BytesResult row;
    private final BytesResult partner;
    private final PairTest test;
    private final LookupKey wanted = new LookupKey();
    /** What belongs to each row of a batch; null if its key is NULL. */
    private Answer[] answers;
    /** Answers that a batch asked for. */
    private final Map<LookupKey, Answer> fetched = new HashMap<>();
    /** Of these, those that are still to come. */
    private final List<LookupKey> missing = new ArrayList<>();

    /**
     * @param table closed with this
     * @param test marks pairs; null if there is nothing to test
     */
    public LookupJoinOperator(
            NodeSpec.StreamJoin spec,
            LookupSource table,
            Pipeline test,
            Outputs outputs,
            int batchRows,
            BufferAllocator allocator) {
        this.spec = spec;
        this.table = table;
        JoinBound.Lookup bound = (JoinBound.Lookup) spec.bound().orElseThrow();
        this.remembered = new LookupAnswers(bound.cache());
        this.watermarks = new Watermarks(spec.inputs().size());
        this.outputs = outputs;
        this.leftRow = Versions.codec(spec.left());
        Schema columns = spec.right().schema();
        this.rightRow = RowBytes.ofColumns(columns, 0, columns.size());
        this.keyLeaves = Versions.keyLeaves(spec.left());
        this.rightKeyLeaves = bound.keys().stream().mapToInt(columns::firstLeaf).toArray();
        this.out = new JoinOutput(spec, leftRow, rightRow, outputs, batchRows, allocator);
        List<Field> keys = bound.keys().stream().map(columns::field).toList();
        this.asked = new Batch(new Schema(keys), batchRows, allocator);
        this.key = new KeyBytes(allocator);
        this.answers = new Answer[batchRows];
        this.row = new BytesResult(allocator);
        this.partner = new BytesResult(allocator);
        this.test = test == null ? null : new PairTest(spec, test, leftRow, rightRow, batchRows, allocator);
    }

    @Override
    public void now(long wallMicros) {
        remembered.now(wallMicros);
        if (test != null) {
            test.now(wallMicros);
        }
    }

    // ---- rows
    // ----------------------------------------------------------------------------------------------------------

    @Override
    public void accept(int input, Batch rows) {
        if (answers.length < rows.rows()) {
            answers = new Answer[rows.rows()];
        }
        for (int number = 0; number < rows.rows(); number++) {
            answers[number] = isKey(rows, number, keyLeaves) ? answer(rows, number) : null;
        }
        ask();
        try {
            for (int number = 0; number < rows.rows(); number++) {
                row.clear();
                leftRow.pack(rows, number, row);
                if (!join(answers[number]) && spec.kind() == JoinKind.LEFT) {
                    out.single(row.address(), true, 1);
                }
            }
        } catch (RowError error) {
            throw new DataException(spec.at(), error);
        } finally {
            // What is not remembered goes.
            Arrays.fill(answers, 0, rows.rows(), null);
            fetched.clear();
        }
        out.flush();
    }

    /** Takes the key of a row as the one that is wanted; false if a column of it is NULL, which equals nothing. */
    private boolean isKey(Batch rows, int number, int[] leaves) {
        key.clear();
        for (int leaf : leaves) {
            if (rows.column(leaf).isNull(number)) {
                return false;
            }
            key.append(rows, leaf, number);
        }
        wanted.set(key.address(), key.length());
        return true;
    }

    /** What is remembered of the wanted key, or what is filled when it was asked for. */
    private Answer answer(Batch rows, int number) {
        Answer known = remembered.find(wanted);
        if (known == null) {
            known = fetched.get(wanted);
        }
        return known == null ? request(rows, number) : known;
    }

    private Answer request(Batch rows, int number) {
        Answer coming = new Answer();
        LookupKey kept = wanted.copy();
        fetched.put(kept, coming);
        missing.add(kept);
        int to = asked.rows();
        for (int i = 0; i < keyLeaves.length; i++) {
            asked.column(i).copy(rows.column(keyLeaves[i]), number, to);
        }
        asked.rows(to + 1);
        if (asked.isFull()) {
            ask();
        }
        return coming;
    }

    private void ask() {
        if (missing.isEmpty()) {
            return;
        }
        table.lookup(asked, this::found);
        for (LookupKey each : missing) {
            Answer answer = fetched.get(each);
            answer.complete();
            remembered.add(each, answer);
        }
        missing.clear();
        asked.reset();
    }

    private void found(Batch rows) {
        for (int number = 0; number < rows.rows(); number++) {
            // What a table holds for equal may be more than equal here, such as texts that differ in case.
            Answer into = isKey(rows, number, rightKeyLeaves) ? fetched.get(wanted) : null;
            if (into != null) {
                partner.clear();
                rightRow.pack(rows, number, partner);
                into.add(Memory.toArray(partner.address(), partner.length()));
            }
        }
    }

    /** Emits the pairs of the current row; true if there are any. */
    private boolean join(Answer partners) {
        boolean any = false;
        for (int i = 0; partners != null && i < partners.size(); i++) {
            partner.clear();
            partner.append(partners.row(i));
            if (test == null) {
                out.pair(row.address(), partner.address(), 1);
                any = true;
            } else {
                test.add(row.address(), partner.address());
                any |= test.isFull() && emitTested();
            }
        }
        return test == null ? any : emitTested() || any;
    }

    /** Emits the pairs that pass; true if there are any. */
    private boolean emitTested() {
        test.test();
        boolean any = false;
        for (int i = 0; i < test.size(); i++) {
            if (test.matches(i)) {
                test.emit(i, out, 1);
                any = true;
            }
        }
        test.clear();
        return any;
    }

    // ---- time
    // ----------------------------------------------------------------------------------------------------------

    @Override
    public void watermark(int input, long watermark) {
        if (watermarks.advance(input, watermark)) {
            if (watermarks.isEnd()) {
                remembered.clear();
            }
            outputs.watermark(watermarks.current());
        }
    }

    /** How many rows are remembered. */
    @Override
    public long entries() {
        return remembered.rows();
    }

    /** What is remembered can be asked for again. */
    @Override
    public void save(StateWriter into) {
        // Nothing waits.
    }

    @Override
    public void restore(StateReader in) {
        // Nothing was kept.
    }

    @Override
    public void endEpoch(long epoch) {
        // Everything went on at once.
    }

    @Override
    public boolean isDone() {
        return outputs.isDone();
    }

    @Override
    public void close() {
        table.close();
        out.close();
        asked.close();
        key.close();
        row.close();
        partner.close();
        if (test != null) {
            test.close();
        }
    }
}
