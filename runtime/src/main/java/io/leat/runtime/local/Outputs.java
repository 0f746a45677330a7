package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.pipeline.Operator;
import java.util.ArrayList;
import java.util.List;

/** The operators that take what another one emits, each with the number of its input. */
final class Outputs {
    private record Target(Operator operator, int input) {}

    private final List<Target> targets = new ArrayList<>();

    void add(Operator operator, int input) {
        targets.add(new Target(operator, input));
    }

    void accept(Batch rows) {
        for (Target target : targets) {
            target.operator().accept(target.input(), rows);
        }
    }

    /** Hands on the rows gathered in a batch, if any, and empties it. */
    void flush(Batch gathered) {
        if (gathered.rows() > 0) {
            accept(gathered);
            gathered.reset();
        }
    }

    void watermark(long watermark) {
        for (Target target : targets) {
            target.operator().watermark(target.input(), watermark);
        }
    }

    /** Whether nobody wants more rows. */
    boolean isDone() {
        for (Target target : targets) {
            if (!target.operator().isDone()) {
                return false;
            }
        }
        return !targets.isEmpty();
    }
}
