package io.leat.runtime.operator;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.pipeline.Operator;
import java.util.ArrayList;
import java.util.List;

/** The operators that take what another one emits, each with the number of its input. */
public final class Outputs {
    private record Target(Operator operator, int input) {}

    private final List<Target> targets = new ArrayList<>();

    /** Adds an operator that takes the rows as its input of this number. */
    public void add(Operator operator, int input) {
        targets.add(new Target(operator, input));
    }

    /** Hands the rows to all. They are read before it returns, and none is kept. */
    public void accept(Batch rows) {
        for (Target target : targets) {
            target.operator().accept(target.input(), rows);
        }
    }

    /** Hands on the rows gathered in a batch, if any, and empties it. */
    public void flush(Batch gathered) {
        if (gathered.rows() > 0) {
            accept(gathered);
            gathered.reset();
        }
    }

    /** Tells all that no row before this time comes any more. */
    public void watermark(long watermark) {
        for (Target target : targets) {
            target.operator().watermark(target.input(), watermark);
        }
    }

    /** Whether nobody wants more rows. */
    public boolean isDone() {
        for (Target target : targets) {
            if (!target.operator().isDone()) {
                return false;
            }
        }
        return !targets.isEmpty();
    }
}
