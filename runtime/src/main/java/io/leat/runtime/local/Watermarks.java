package io.leat.runtime.local;

import io.leat.runtime.window.Windowing;
import java.util.Arrays;

/** The watermark of an operator: the least of those of its inputs. Never falls. */
final class Watermarks {
    private final long[] inputs;
    private long current = Windowing.NEVER;

    Watermarks(int inputs) {
        this.inputs = new long[inputs];
        Arrays.fill(this.inputs, Windowing.NEVER);
    }

    /** Notes the watermark of an input; true if the operator's own moved. */
    boolean advance(int input, long watermark) {
        inputs[input] = Math.max(inputs[input], watermark);
        long least = Windowing.END;
        for (long each : inputs) {
            least = Math.min(least, each);
        }
        if (least <= current) {
            return false;
        }
        current = least;
        return true;
    }

    long current() {
        return current;
    }

    boolean isEnd() {
        return current == Windowing.END;
    }
}
