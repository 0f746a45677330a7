package io.leat.runtime.operator;

import io.leat.runtime.window.Windowing;
import java.util.Arrays;

/** The watermark of an operator: the least of those of its inputs. Never falls. */
public final class Watermarks {
    private final long[] inputs;
    private long current = Windowing.NEVER;

    /** None of the inputs has told a time yet. */
    public Watermarks(int inputs) {
        this.inputs = new long[inputs];
        Arrays.fill(this.inputs, Windowing.NEVER);
    }

    /** Notes the watermark of an input; true if the operator's own moved. */
    public boolean advance(int input, long watermark) {
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

    /** The least of the watermarks of all inputs. */
    public long current() {
        return current;
    }

    /** Whether all inputs have ended. */
    public boolean isEnd() {
        return current == Windowing.END;
    }
}
