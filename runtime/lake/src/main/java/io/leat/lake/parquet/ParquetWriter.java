package io.leat.lake.parquet;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.format.RowWriter;
import io.leat.runtime.type.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;

/** Writes a file. Rows are kept by column, encoded and compressed, until a row group is full, and the footer comes last. */
final class ParquetWriter implements RowWriter {
    private static final int FORMAT_VERSION = 2;
    private static final String WRITER = "leat";
    private static final long GROUP_BYTES = 32 << 20;
    private static final long GROUP_ROWS = 1_000_000;

    private final OutputStream out;
    private final List<SchemaElement> elements = new ArrayList<>();
    private final List<ColumnWriter> columns = new ArrayList<>();
    private final List<RowGroup> groups = new ArrayList<>();
    private long position;
    private long groupRows;
    private long rows;

    ParquetWriter(Schema schema, List<Integer> columns, OutputStream out) {
        this.out = out;
        WrittenColumn.of(schema, columns, elements).forEach(column -> this.columns.add(new ColumnWriter(column)));
    }

    @Override
    public void header() throws IOException {
        out.write(FileFooter.MAGIC);
        position = FileFooter.MAGIC.length;
    }

    @Override
    public void write(Batch batch, int row) throws IOException {
        write(batch, row, row + 1);
    }

    @Override
    public void write(Batch batch) throws IOException {
        write(batch, 0, batch.rows());
    }

    private void write(Batch batch, int from, int to) throws IOException {
        for (ColumnWriter column : columns) {
            column.write(batch, from, to);
        }
        groupRows += to - from;
        if (groupRows >= GROUP_ROWS || pending() >= GROUP_BYTES) {
            endGroup();
        }
    }

    @Override
    public long pending() {
        long pending = 0;
        for (ColumnWriter column : columns) {
            pending += column.pending();
        }
        return pending;
    }

    private void endGroup() throws IOException {
        long start = position;
        long plainBytes = 0;
        List<ColumnChunk> chunks = new ArrayList<>();
        for (ColumnWriter column : columns) {
            ColumnChunk chunk = column.endGroup(out, position);
            position += chunk.getMeta_data().getTotal_compressed_size();
            plainBytes += chunk.getMeta_data().getTotal_uncompressed_size();
            chunks.add(chunk);
        }
        groups.add(new RowGroup(chunks, plainBytes, groupRows)
                .setFile_offset(start)
                .setTotal_compressed_size(position - start)
                .setOrdinal((short) groups.size()));
        rows += groupRows;
        groupRows = 0;
    }

    @Override
    public void flush() {
        // Rows that are kept by column come when a row group is full.
    }

    @Override
    public void finish() throws IOException {
        if (groupRows > 0) {
            endGroup();
        }
        FileMetaData data = new FileMetaData(FORMAT_VERSION, elements, rows, groups);
        data.setCreated_by(WRITER);
        List<ColumnOrder> orders = new ArrayList<>();
        columns.forEach(column -> orders.add(ColumnOrder.TYPE_ORDER(new TypeDefinedOrder())));
        data.setColumn_orders(orders);
        ByteArrayOutputStream footer = new ByteArrayOutputStream();
        Util.writeFileMetaData(data, footer);
        footer.writeTo(out);
        out.write(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(footer.size())
                .array());
        out.write(FileFooter.MAGIC);
    }

    @Override
    public void close() {
        columns.forEach(ColumnWriter::close);
    }
}
