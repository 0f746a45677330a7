package io.leat.runtime.connector.file;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.connector.format.ColumnarFile;
import io.leat.runtime.connector.format.ColumnarFormat;
import io.leat.runtime.type.Schema;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Reads a file that holds its rows by column. A position counts rows, and goes with the print of the file: the rows behind it are those of this file, and
 * of no other that takes its place.
 */
final class ColumnarReader implements SourceReader.Rows {
    private static final String PRINT = " of ";

    private final InputFile file;
    private final DataFile data;
    private final ColumnarFormat format;
    private final Schema schema;
    /** How many rows of other files come before it in its partition, which positions count, too; negative if it is one by itself. */
    private final long base;

    private ColumnarFile open;
    private boolean checked;
    private boolean ended;

    /** A file that is a partition. */
    ColumnarReader(InputFile file, DataFile data, ColumnarFormat format, Schema schema) {
        this(file, data, format, schema, -1);
    }

    /**
     * @param base how many rows of other files come before it in its partition; they and this one never change
     */
    ColumnarReader(InputFile file, DataFile data, ColumnarFormat format, Schema schema, long base) {
        this.file = file;
        this.data = data;
        this.format = format;
        this.schema = schema;
        this.base = base;
    }

    @Override
    public Status poll(Batch batch) {
        if (ended) {
            return Status.END;
        }
        try {
            if (!checked) {
                checked = data.check();
                return Status.PENDING;
            }
            open().read(batch);
            data.rest();
            ended = batch.isEmpty();
            return ended ? Status.END : Status.DATA;
        } catch (IOException e) {
            throw FileErrors.reading(file.name(), e);
        }
    }

    private ColumnarFile open() throws IOException {
        if (open == null) {
            if (!file.isRegular()) {
                throw new ConnectorException(
                        Kind.CONFIGURATION,
                        "'" + file.name() + "' is no regular file, and format '" + format.name()
                                + "' is read at any position");
            }
            open = format.open(new DataInput(file, data), schema);
        }
        return open;
    }

    @Override
    public List<RefusedRow> refused() {
        return open == null ? List.of() : open.refused();
    }

    @Override
    public void seek(String from) {
        int end = from.indexOf(PRINT);
        long row = Long.parseLong(end < 0 ? from : from.substring(0, end)) - Math.max(base, 0);
        if (row == 0) {
            return;
        }
        try {
            ColumnarFile found = open();
            if (end >= 0 && !from.substring(end + PRINT.length()).equals(found.print())) {
                throw new ConnectorException(
                        Kind.CONFIGURATION,
                        "'" + file.name() + "' is another file than the one of which " + row
                                + " rows had been read when the state was saved: bring that back, or start without the state");
            }
            found.seek(row);
        } catch (IOException e) {
            throw FileErrors.reading(file.name(), e);
        }
    }

    @Override
    public String position() {
        long row = open == null ? 0 : open.position();
        return base >= 0 ? Long.toString(base + row) : row == 0 ? "0" : row + PRINT + open.print();
    }

    @Override
    public long remaining() {
        if (open == null || open.rows() == 0) {
            return ended ? 0 : Math.max(0, file.size());
        }
        return (long) (file.size() * (1 - (double) open.position() / open.rows()));
    }

    @Override
    public Map<String, Object> constants() {
        return file.metadata();
    }

    @Override
    public void close() {
        try {
            if (open != null) {
                open.close();
                open = null;
            }
            data.close();
        } catch (IOException e) {
            throw FileErrors.reading(file.name(), e);
        }
    }
}
