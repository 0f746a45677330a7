package io.leat.lake.parquet;

import io.leat.runtime.connector.format.RowFormat;
import io.leat.runtime.connector.format.RowWriter;
import io.leat.runtime.type.Schema;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** Parquet files: all rows of a file are written at once, and no others behind them. Moments are stored as such, in no zone. */
record ParquetRows() implements RowFormat {

    @Override
    public String suffix() {
        return ".parquet";
    }

    @Override
    public boolean canGrow() {
        return false;
    }

    @Override
    public RowWriter open(
            Schema schema, List<Integer> columns, ZoneId zone, BufferAllocator allocator, OutputStream out) {
        return new ParquetWriter(schema, columns, out);
    }
}
