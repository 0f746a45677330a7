package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.operator.Watermarks;
import io.leat.runtime.pipeline.Operator;
import io.leat.runtime.window.Windowing;
import java.util.List;

/**
 * The receiving end of an exchange: what comes from all workers goes into one input of an operator. A channel whose epoch has ended is
 * left alone until the receiver has come to that end, too.
 */
final class ChannelInput {
    private static final int MESSAGES_AT_A_TIME = 16;

    private final List<Channel> channels;
    private final boolean[] closed;
    private final boolean[] atEnd;
    private final Watermarks watermarks;
    private final Operator operator;
    private final int input;

    ChannelInput(List<Channel> channels, Operator operator, int input) {
        this.channels = channels;
        this.closed = new boolean[channels.size()];
        this.atEnd = new boolean[channels.size()];
        this.watermarks = new Watermarks(channels.size());
        this.operator = operator;
        this.input = input;
    }

    void receiver(Thread thread) {
        channels.forEach(channel -> channel.receiver(thread));
    }

    /** Takes some of what has come; true if there was anything. */
    boolean poll() {
        boolean any = false;
        for (int from = 0; from < closed.length; from++) {
            for (int i = 0; i < MESSAGES_AT_A_TIME && !atEnd[from]; i++) {
                Message message = channels.get(from).receive();
                if (message == null) {
                    break;
                }
                any = true;
                take(from, message);
            }
        }
        return any;
    }

    private void take(int from, Message message) {
        if (message instanceof Message.Rows rows) {
            try (Batch batch = rows.batch()) {
                if (operator instanceof PipelineOperator pipeline) {
                    pipeline.lane(rows.lane());
                }
                operator.accept(input, batch);
            }
        } else if (message instanceof Message.Watermark watermark) {
            if (watermarks.advance(from, watermark.time())) {
                operator.watermark(input, watermarks.current());
            }
        } else {
            // Who is closed has no further epochs to end.
            closed[from] |= message instanceof Message.Closed;
            atEnd[from] = true;
        }
    }

    /** Whether everything of the epoch has come. */
    boolean isAtEndOfEpoch() {
        for (boolean each : atEnd) {
            if (!each) {
                return false;
            }
        }
        return true;
    }

    /** The next epoch begins. */
    void beginEpoch() {
        System.arraycopy(closed, 0, atEnd, 0, closed.length);
    }

    /** Whether nothing comes any more. */
    boolean isClosed() {
        for (boolean each : closed) {
            if (!each) {
                return false;
            }
        }
        return true;
    }

    /** Whether all rows have come that there are, rather than the job being stopped. */
    boolean isEnded() {
        return watermarks.current() == Windowing.END;
    }

    void discard() {
        channels.forEach(Channel::discard);
    }
}
