package io.leat.runtime.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchTest {
    private static final Schema SCHEMA = new Schema(List.of(
            Field.nullable("text", Type.VARCHAR),
            Field.nullable("flag", Type.BOOLEAN),
            Field.nullable("number", Type.BIGINT),
            Field.nullable("small", Type.TINYINT),
            Field.nullable("exact", new Type.DecimalType(38, 2))));

    private BufferAllocator allocator;
    private Batch batch;

    @BeforeEach
    void open() {
        allocator = new RootAllocator();
        batch = new Batch(SCHEMA, 100, allocator);
    }

    @AfterEach
    void close() {
        batch.close();
        allocator.close();
    }

    private void add(String text) {
        int row = batch.rows();
        batch.column(0).putText(row, text);
        batch.column(1).putBoolean(row, row % 2 == 0);
        batch.column(2).putLong(row, row - 5L);
        batch.column(3).putByte(row, row);
        batch.column(4).putDecimal(row, -1, row);
        batch.rows(row + 1);
    }

    private void addNulls() {
        for (int leaf = 0; leaf < batch.columns(); leaf++) {
            batch.column(leaf).putNull(batch.rows());
        }
        batch.rows(batch.rows() + 1);
    }

    private void assertCopied(int rows) {
        try (Batch copy = batch.copy()) {
            assertEquals(rows, copy.rows());
            assertEquals(rows, batch.rows());
            assertTrue(copy.isFull() || rows == 0);
            for (int leaf = 0; leaf < batch.columns(); leaf++) {
                for (int row = 0; row < rows; row++) {
                    assertTrue(copy.column(leaf).isSame(row, batch.column(leaf), row), leaf + " in row " + row);
                }
            }
        }
    }

    @Test
    void aCopyHasTheRowsAndTheBatchKeepsThem() {
        add("a");
        addNulls();
        add("");
        for (int i = 0; i < 70; i++) {
            add("row " + i);
        }
        assertCopied(73);
        assertCopied(73);
    }

    @Test
    void aCopyOfTextsLongerThanExpected() {
        addNulls();
        add("x".repeat(100_000));
        add("y");
        assertCopied(3);
    }

    @Test
    void aCopyOfNothing() {
        assertCopied(0);
    }

    @Test
    void aCopyStaysWhenTheBatchGoesOn() {
        add("first");
        try (Batch copy = batch.copy()) {
            batch.reset();
            add("second");
            assertEquals("first", copy.column(0).getText(0));
        }
    }
}
