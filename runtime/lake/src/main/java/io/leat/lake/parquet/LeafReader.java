package io.leat.lake.parquet;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.Column;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.format.ColumnarInput;
import io.leat.runtime.decode.RejectReason;
import java.io.IOException;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.RowGroup;

/** Reads a column of a file into a leaf of batches, row group after row group; and with it which of the rows around it are there. */
final class LeafReader {
    private final ColumnarInput input;
    private final FileColumn column;
    private final ValueDecoder decoder;
    private final int leaf;
    /** Leaves of the rows that the column is the first one of, the outer ones first, and the level from which on each is there. */
    private final List<Present> around;

    private final RowRefusals refusals;
    private final int[] levels;
    private int group;
    private ChunkReader chunk;
    private Page page;
    private int left;

    /** A row within a row. */
    record Present(int leaf, int level) {}

    /**
     * @param maxRows how many are read at a time
     */
    LeafReader(
            ColumnarInput input,
            FileColumn column,
            ValueDecoder decoder,
            int leaf,
            List<Present> around,
            RowRefusals refusals,
            int maxRows) {
        this.input = input;
        this.column = column;
        this.decoder = decoder;
        this.leaf = leaf;
        this.around = List.copyOf(around);
        this.refusals = refusals;
        this.levels = new int[maxRows];
    }

    void begin(int number, RowGroup rows) {
        ColumnChunk found = rows.getColumns().get(column.index());
        group = number;
        boolean same = found.getMeta_data().getType() == column.element().getType()
                && found.getMeta_data().getPath_in_schema().equals(column.path());
        if (!same) {
            throw damaged("is not where the footer says that it is", null);
        }
        if (found.getMeta_data().getCodec() == null
                || !Codec.isRead(found.getMeta_data().getCodec())) {
            throw damaged(
                    "is compressed with " + found.getMeta_data().getCodec()
                            + "; what is read is SNAPPY, GZIP, ZSTD and LZ4_RAW",
                    null);
        }
        if (found.getMeta_data().getNum_values() != rows.getNum_rows()) {
            throw damaged(
                    "has " + found.getMeta_data().getNum_values() + " values in " + rows.getNum_rows() + " rows", null);
        }
        chunk = new ChunkReader(input, column, decoder.takesBytes(), found);
        page = null;
        left = 0;
    }

    /** Passes over rows of the row group. */
    void skip(long rows) {
        try {
            long open = rows;
            while (open > 0) {
                if (left == 0) {
                    left = chunk.next();
                    page = null;
                    if (left <= open) {
                        chunk.skip();
                        open -= left;
                        left = 0;
                        continue;
                    }
                }
                int now = (int) Math.min(Math.min(open, left), levels.length);
                page().values().skip(readLevels(now));
                left -= now;
                open -= now;
            }
        } catch (IOException | RuntimeException e) {
            throw broken(e);
        }
    }

    /** Reads so many rows, of the same row group, into rows of a batch from {@code row} on. */
    void read(Batch batch, int row, int count) {
        try {
            int done = 0;
            while (done < count) {
                if (left == 0) {
                    left = chunk.next();
                    page = null;
                    continue;
                }
                int now = Math.min(left, count - done);
                readPiece(batch, row + done, now);
                left -= now;
                done += now;
            }
        } catch (IOException | RuntimeException e) {
            throw broken(e);
        }
    }

    private Page page() throws IOException {
        if (page == null) {
            page = chunk.read();
        }
        return page;
    }

    /** Reads levels of definition; answers how many values are there. */
    private int readLevels(int count) throws IOException {
        if (page().levels() == null) {
            return count;
        }
        int there = 0;
        for (int i = 0; i < count; i++) {
            int level = page.levels().readInt();
            levels[i] = level;
            there += level == column.levels() ? 1 : 0;
        }
        return there;
    }

    private void readPiece(Batch batch, int row, int count) throws IOException {
        int there = readLevels(count);
        for (Present present : around) {
            readPresence(batch.column(present.leaf()), present.level(), row, count);
        }
        Column into = batch.column(leaf);
        if (there == count) {
            decoder.decode(page.values(), into, row, count);
            return;
        }
        int from = 0;
        while (from < count) {
            int to = from;
            while (to < count && levels[to] == column.levels()) {
                to++;
            }
            if (to > from) {
                decoder.decode(page.values(), into, row + from, to - from);
            }
            for (; to < count && levels[to] != column.levels(); to++) {
                putNull(into, row + to);
            }
            from = to;
        }
    }

    private void readPresence(Column into, int level, int row, int count) {
        for (int i = 0; i < count; i++) {
            if (page.levels() == null || levels[i] >= level) {
                into.putPresent(row + i);
            } else {
                putNull(into, row + i);
            }
        }
    }

    private void putNull(Column into, int row) {
        if (into.leaf().nullable()) {
            into.putNull(row);
        } else {
            refusals.add(into, row, RejectReason.MISSING_VALUE);
        }
    }

    /** The library says in many ways that bytes are not what they should be. */
    private ConnectorException broken(Exception e) {
        if (e instanceof ConnectorException known) {
            return known;
        }
        String why =
                e instanceof IOException && e.getMessage() != null ? e.getMessage() : "its values cannot be decoded";
        return damaged("is damaged near byte " + chunk.at() + ": " + why, e);
    }

    private ConnectorException damaged(String how, Exception cause) {
        return new ConnectorException(
                ConnectorException.Kind.IO,
                "'" + input.name() + "' column " + column.name() + " in row group " + group + " " + how,
                cause);
    }
}
