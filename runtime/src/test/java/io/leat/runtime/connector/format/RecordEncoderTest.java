package io.leat.runtime.connector.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.ConnectorRun;
import io.leat.runtime.type.Schema;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordEncoderTest {
    private static final Schema SCHEMA = ConnectorRun.ID_AND_NAME;

    private final BufferAllocator allocator = new RootAllocator();
    private Batch batch;

    @BeforeEach
    void twoRows() {
        batch = new Batch(SCHEMA, 2, allocator);
        batch.column(0).putLong(0, 7);
        batch.column(1).putText(0, "one\n");
        batch.column(1).putNull(1);
        batch.rows(2);
    }

    @AfterEach
    void close() {
        batch.close();
        allocator.close();
    }

    private String encode(RowFormat format, List<Integer> columns, int row) {
        try (RecordEncoder encoder = RecordEncoder.of(format, SCHEMA, columns, ZoneOffset.UTC, allocator)) {
            encoder.encode(batch, 1 - row); // what was before leaves nothing behind
            return new String(encoder.encode(batch, row), StandardCharsets.UTF_8);
        }
    }

    @Test
    void recordsHaveNoLineEnd() {
        assertEquals("{\"id\":7,\"name\":\"one\\n\"}", encode(new JsonRows(), List.of(0, 1), 0));
        assertEquals("7,\"one\n\"", encode(new CsvRows(CsvSettings.COMMA, false), List.of(0, 1), 0));
    }

    @Test
    void columnsAreThoseAskedForInTheirOrder() {
        assertEquals("{\"name\":null,\"id\":null}", encode(new JsonRows(), List.of(1, 0), 1));
        assertEquals("", encode(new CsvRows(CsvSettings.COMMA, false), List.of(0), 1));
    }

    @Test
    void rawRecordsAreTheBytesOfAColumn() {
        try (RecordEncoder encoder = RecordEncoder.raw(SCHEMA, 1)) {
            assertArrayEquals("one\n".getBytes(StandardCharsets.UTF_8), encoder.encode(batch, 0));
            assertNull(encoder.encode(batch, 1));
        }
        assertTrue(RecordEncoder.canBeRaw(SCHEMA, 1));
        assertFalse(RecordEncoder.canBeRaw(SCHEMA, 0));
    }
}
