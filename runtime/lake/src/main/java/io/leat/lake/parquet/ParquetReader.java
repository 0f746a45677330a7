package io.leat.lake.parquet;

import io.leat.lake.parquet.LeafReader.Present;
import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.SourceReader.RefusedRow;
import io.leat.runtime.connector.format.ColumnarFile;
import io.leat.runtime.connector.format.ColumnarInput;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.RowGroup;

/** Reads the columns of a schema from a file, row group after row group, in each a column after the other for some rows. */
final class ParquetReader implements ColumnarFile {
    /** Rows that each column is read for before the next one is. */
    private static final int ROWS_AT_A_TIME = 256;
    /** Fewer where values may be of any size: as many large ones must fit into a batch. */
    private static final int ROWS_WITH_BYTES_AT_A_TIME = 32;

    private final ColumnarInput input;
    private final FileFooter footer;
    private final FileSchema columns;
    private final List<LeafReader> leaves = new ArrayList<>();
    private final RowRefusals refusals = new RowRefusals();
    private final int rowsAtATime;
    /** The row group that is read; -1 before the first one. */
    private int group = -1;
    /** How many of its rows were read. */
    private long readOfGroup;
    /** How many rows come before it. */
    private long before;

    /**
     * @throws ConnectorException if a column is not there, or has another type
     */
    ParquetReader(ColumnarInput input, FileFooter footer, Schema schema) {
        this.input = input;
        this.footer = footer;
        this.columns = new FileSchema(input, footer.data().getSchema());
        for (RowGroup each : footer.data().getRow_groups()) {
            if (each.getColumnsSize() != columns.columns()) {
                throw FileFooter.damaged(
                        input,
                        "has a row group of " + each.getColumnsSize() + " columns, and its footer lists "
                                + columns.columns());
            }
        }
        boolean bytes = schema.leaves().stream().anyMatch(leaf -> leaf.type().physical() == Physical.BYTES);
        this.rowsAtATime = bytes ? ROWS_WITH_BYTES_AT_A_TIME : ROWS_AT_A_TIME;
        for (int i = 0; i < schema.size(); i++) {
            Field field = schema.field(i);
            addLeaves(field, columns.column(field.name()), schema.firstLeaf(i), new ArrayList<>());
        }
    }

    /**
     * Reads a column, or those of a row.
     *
     * @param around rows that no column was read for yet, of which this one is the first
     * @return the leaf behind those of the field
     */
    private int addLeaves(Field field, FileColumn column, int leaf, List<Present> around) {
        if (!(field.type() instanceof Type.RowType row)) {
            leaves.add(
                    new LeafReader(input, column, decoder(field.type(), column), leaf, around, refusals, rowsAtATime));
            around.clear();
            return leaf + 1;
        }
        if (!column.isGroup() || column.repeated()) {
            throw mismatch(field.type(), column);
        }
        around.add(new Present(leaf, column.levels()));
        int next = leaf + 1;
        for (Field child : row.fields()) {
            next = addLeaves(child, columns.column(column, child.name()), next, around);
        }
        return next;
    }

    private ValueDecoder decoder(Type wanted, FileColumn column) {
        if (column.isGroup() || column.repeated()) {
            throw mismatch(wanted, column);
        }
        Optional<ValueDecoder> found = ValueDecoders.of(wanted, FoundType.of(column.element()), refusals);
        return found.orElseThrow(() -> mismatch(wanted, column));
    }

    private ConnectorException mismatch(Type wanted, FileColumn column) {
        String found = column.repeated()
                ? "repeated"
                : column.isGroup() ? "a group" : FoundType.of(column.element()).text();
        return new ConnectorException(
                Kind.CONFIGURATION,
                "'" + input.name() + "' column " + column.name() + " is " + found + ", which " + wanted.sql()
                        + " does not hold");
    }

    @Override
    public long rows() {
        return footer.data().getNum_rows();
    }

    @Override
    public String print() {
        return footer.print();
    }

    @Override
    public long position() {
        return before + readOfGroup;
    }

    @Override
    public void seek(long row) {
        if (row > rows()) {
            throw FileFooter.damaged(input, "has " + rows() + " rows, of which " + row + " had been read");
        }
        while (position() < row && nextGroup()) {
            long skipped = Math.min(row - before, rowGroup().getNum_rows());
            readOfGroup = skipped;
            if (skipped < rowGroup().getNum_rows()) {
                leaves.forEach(leaf -> leaf.skip(skipped));
            }
        }
    }

    private RowGroup rowGroup() {
        return footer.data().getRow_groups().get(group);
    }

    /** Goes to the next row group that has rows; false if there is none. */
    private boolean nextGroup() {
        List<RowGroup> groups = footer.data().getRow_groups();
        do {
            if (group >= 0) {
                before += rowGroup().getNum_rows();
            }
            readOfGroup = 0;
            group++;
        } while (group < groups.size() && rowGroup().getNum_rows() == 0);
        if (group == groups.size()) {
            group--;
            before = rows();
            readOfGroup = 0;
            return false;
        }
        leaves.forEach(leaf -> leaf.begin(group, rowGroup()));
        return true;
    }

    @Override
    public void read(Batch into) {
        refusals.clear();
        while (!into.isFull() && position() < rows()) {
            if (group < 0 || readOfGroup == rowGroup().getNum_rows()) {
                nextGroup();
            }
            long leftOfGroup = rowGroup().getNum_rows() - readOfGroup;
            int count = (int) Math.min(Math.min(leftOfGroup, rowsAtATime), into.capacity() - into.rows());
            for (LeafReader leaf : leaves) {
                leaf.read(into, into.rows(), count);
            }
            into.rows(into.rows() + count);
            readOfGroup += count;
        }
    }

    @Override
    public List<RefusedRow> refused() {
        return refusals.rows();
    }

    @Override
    public void close() {
        // Whoever opened the bytes closes them.
    }
}
