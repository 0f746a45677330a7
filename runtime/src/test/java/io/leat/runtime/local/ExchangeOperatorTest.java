package io.leat.runtime.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.NodeSpec.Distribution;
import io.leat.runtime.platform.Platform;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told together is received together: a row that goes and the one that takes its place. */
class ExchangeOperatorTest {
    private static final Schema WEIGHTED =
            new Schema(List.of(Field.required(Schema.WEIGHT, Type.BIGINT), Field.required("v", Type.BIGINT)));
    private static final Schema PLAIN =
            new Schema(List.of(Field.required("n", Type.BIGINT), Field.required("v", Type.BIGINT)));

    private BufferAllocator allocator;
    private Channel channel;

    @BeforeEach
    void open() {
        allocator = new RootAllocator();
        channel = new Channel(Platform.system().threads());
    }

    @AfterEach
    void close() {
        allocator.close();
    }

    private ExchangeOperator exchange(int batchRows) {
        return new ExchangeOperator(Distribution.GATHER, List.of(channel), batchRows, allocator);
    }

    private void send(ExchangeOperator exchange, Schema schema, long... firsts) {
        try (Batch batch = new Batch(schema, Math.max(1, firsts.length), allocator)) {
            for (int row = 0; row < firsts.length; row++) {
                batch.column(0).putLong(row, firsts[row]);
                batch.column(1).putLong(row, row);
            }
            batch.rows(firsts.length);
            exchange.accept(0, batch);
        }
    }

    /** What has come so far, a text for each message. */
    private List<String> received() {
        List<String> messages = new ArrayList<>();
        for (Message message = channel.receive(); message != null; message = channel.receive()) {
            if (message instanceof Message.Rows rows) {
                StringBuilder text = new StringBuilder();
                for (int row = 0; row < rows.batch().rows(); row++) {
                    text.append(rows.batch().column(0).getLong(row)).append(' ');
                }
                messages.add(text.toString().strip());
                rows.batch().close();
            } else {
                messages.add(message.getClass().getSimpleName());
            }
        }
        return messages;
    }

    @Test
    void rowThatGoesWaitsForTheNextOne() {
        try (ExchangeOperator exchange = exchange(1)) {
            send(exchange, WEIGHTED, -1);
            assertEquals(List.of(), received());
            send(exchange, WEIGHTED, 1);
            assertEquals(List.of("-1 1"), received());
        }
    }

    @Test
    void fullBatchDoesNotTearThemApart() {
        try (ExchangeOperator exchange = exchange(3)) {
            send(exchange, WEIGHTED, -1, 1, -1, 1);
            assertEquals(List.of("-1 1", "-1 1"), received());
        }
    }

    @Test
    void epochEndsBehindWhatWaits() {
        try (ExchangeOperator exchange = exchange(3)) {
            send(exchange, WEIGHTED, 1, -1);
            exchange.finishEpoch(7);
            assertEquals(List.of("1 -1", "EpochEnd"), received());
        }
    }

    @Test
    void rowsThatOnlyComeDoNotWait() {
        try (ExchangeOperator exchange = exchange(2)) {
            send(exchange, PLAIN, -1, -2, -3);
            assertEquals(List.of("-1 -2", "-3"), received());
        }
    }

    /** Whether they had room in the channel or waited for it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 64, 65, 200})
    void whatNobodyReceivesIsFreed(int batches) {
        try (ExchangeOperator exchange = exchange(1)) {
            for (int i = 0; i < batches; i++) {
                send(exchange, PLAIN, i);
            }
        }
        channel.discard();
        assertEquals(0, allocator.getAllocatedMemory());
    }
}
