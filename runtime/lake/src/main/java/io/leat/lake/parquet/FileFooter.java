package io.leat.lake.parquet;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.format.ColumnarInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * What stands at the end of a file: its columns, and where its row groups are.
 *
 * @param print of the bytes of the footer, which name every page by its place
 */
record FileFooter(FileMetaData data, String print) {
    static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ENCRYPTED = "PARE".getBytes(StandardCharsets.US_ASCII);
    private static final int TAIL_BYTES = 8;
    /** More columns and row groups than anybody has. */
    private static final int MAX_BYTES = 256 << 20;

    /**
     * Reads the footer of a file, and looks whether it can be that of this file.
     *
     * @throws ConnectorException if it is none
     */
    static FileFooter read(ColumnarInput input) throws IOException {
        if (input.size() < MAGIC.length + TAIL_BYTES) {
            throw damaged(
                    input,
                    "has " + input.size() + " bytes, fewer than the " + (MAGIC.length + TAIL_BYTES)
                            + " of any Parquet file");
        }
        ByteBuffer tail = bytes(input, input.size() - TAIL_BYTES, TAIL_BYTES);
        int length = tail.getInt();
        byte[] magic = new byte[MAGIC.length];
        tail.get(magic);
        if (Arrays.equals(magic, ENCRYPTED)) {
            throw new ConnectorException(
                    Kind.CONFIGURATION, "'" + input.name() + "' is encrypted, and such files are not read");
        }
        if (!Arrays.equals(magic, MAGIC)) {
            throw damaged(input, "does not end in PAR1 as a Parquet file does: it is another file, or cut off");
        }
        long start = input.size() - TAIL_BYTES - length;
        if (length <= 0 || length > MAX_BYTES || start < MAGIC.length) {
            throw damaged(input, "says at its end that its footer has " + length + " bytes, of " + input.size());
        }
        byte[] footer = bytes(input, start, length).array();
        FileMetaData data;
        try {
            data = Util.readFileMetaData(new ByteArrayInputStream(footer));
        } catch (IOException | RuntimeException e) {
            // The library says in many ways that bytes are no footer.
            throw damaged(input, "has no footer that can be read in the bytes from " + start + " on");
        }
        check(input, data, start);
        CRC32C print = new CRC32C();
        print.update(footer);
        return new FileFooter(data, String.format("%08x", print.getValue()));
    }

    private static void check(ColumnarInput input, FileMetaData data, long end) {
        long rows = 0;
        List<RowGroup> groups = data.getRow_groups();
        for (int i = 0; i < groups.size(); i++) {
            RowGroup group = groups.get(i);
            if (group.getNum_rows() < 0) {
                throw damaged(input, "has row group " + i + " with " + group.getNum_rows() + " rows");
            }
            rows += group.getNum_rows();
            for (ColumnChunk chunk : group.getColumns()) {
                checkChunk(input, i, chunk, end);
            }
        }
        if (rows != data.getNum_rows()) {
            throw damaged(input, "has row groups with " + rows + " rows, and its footer says " + data.getNum_rows());
        }
    }

    private static void checkChunk(ColumnarInput input, int group, ColumnChunk chunk, long end) {
        if (chunk.isSetFile_path() || !chunk.isSetMeta_data()) {
            throw damaged(input, "has columns in row group " + group + " that are in another file, or encrypted");
        }
        long start = start(chunk);
        long length = chunk.getMeta_data().getTotal_compressed_size();
        if (start < MAGIC.length || length < 0 || length > end - start) {
            throw damaged(
                    input,
                    "has in row group " + group + " column "
                            + String.join(".", chunk.getMeta_data().getPath_in_schema()) + " at bytes " + start + " to "
                            + (start + length) + ", and pages end at " + end);
        }
    }

    /** Where the pages of a column begin: with the dictionary, if there is one. */
    static long start(ColumnChunk chunk) {
        long data = chunk.getMeta_data().getData_page_offset();
        boolean before = chunk.getMeta_data().isSetDictionary_page_offset()
                && chunk.getMeta_data().getDictionary_page_offset() > 0
                && chunk.getMeta_data().getDictionary_page_offset() < data;
        return before ? chunk.getMeta_data().getDictionary_page_offset() : data;
    }

    static ByteBuffer bytes(ColumnarInput input, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        int read = input.read(position, bytes);
        if (read < length) {
            throw damaged(
                    input,
                    "ends at byte " + (position + read) + " and not at " + input.size() + ", where it ended before");
        }
        return bytes.flip();
    }

    /** A file is not what it should be. */
    static ConnectorException damaged(ColumnarInput input, String how) {
        return new ConnectorException(Kind.IO, "'" + input.name() + "' " + how);
    }
}
