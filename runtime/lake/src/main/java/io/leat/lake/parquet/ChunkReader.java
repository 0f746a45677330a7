package io.leat.lake.parquet;

import io.leat.runtime.connector.format.ColumnarInput;
import java.io.IOException;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/** Reads the pages of one column in one row group. A page that is passed over is not decompressed. */
final class ChunkReader {
    /** Larger than any page that somebody means. */
    private static final int MAX_PAGE_BYTES = 1 << 30;

    private final FileColumn column;
    private final boolean asBytes;
    private final CompressionCodec codec;
    private final PageInput in;
    private PageHeader header;
    private Page.Entries entries;
    private byte[] stored = new byte[0];

    ChunkReader(ColumnarInput input, FileColumn column, boolean asBytes, ColumnChunk chunk) {
        this.column = column;
        this.asBytes = asBytes;
        ColumnMetaData data = chunk.getMeta_data();
        this.codec = data.getCodec();
        this.in = new PageInput(input, FileFooter.start(chunk), data.getTotal_compressed_size());
    }

    /** Where reading stands in the file. */
    long at() {
        return in.at();
    }

    /** Goes to the next page of data; answers how many values it has. It is then {@link #read} or {@link #skip}ped. */
    int next() throws IOException {
        while (true) {
            if (in.remaining() <= 0) {
                throw new IOException("its pages end too early");
            }
            header = Util.readPageHeader(in);
            int size = header.getCompressed_page_size();
            boolean possible = size >= 0
                    && size <= in.remaining()
                    && header.getUncompressed_page_size() >= 0
                    && header.getUncompressed_page_size() <= MAX_PAGE_BYTES;
            if (!possible) {
                throw new IOException("a page has " + size + " bytes, " + header.getUncompressed_page_size()
                        + " without compression, and there are " + in.remaining());
            }
            switch (header.getType()) {
                case DATA_PAGE -> {
                    return values(
                            header.isSetData_page_header()
                                    ? header.getData_page_header().getNum_values()
                                    : -1);
                }
                case DATA_PAGE_V2 -> {
                    return values(
                            header.isSetData_page_header_v2()
                                    ? header.getData_page_header_v2().getNum_values()
                                    : -1);
                }
                case DICTIONARY_PAGE -> readDictionary();
                case INDEX_PAGE -> in.skipFully(size);
            }
        }
    }

    private static int values(int count) throws IOException {
        if (count < 0) {
            throw new IOException("a page does not say how many values it has");
        }
        return count;
    }

    private void readDictionary() throws IOException {
        int size = header.getUncompressed_page_size();
        byte[] plain = new byte[size];
        readStored();
        Codec.decompress(codec, stored, 0, header.getCompressed_page_size(), plain, 0, size);
        // PLAIN_DICTIONARY is what older files call it.
        DictionaryPage page = new DictionaryPage(
                BytesInput.from(plain),
                header.getDictionary_page_header().getNum_values(),
                org.apache.parquet.column.Encoding.PLAIN);
        Dictionary dictionary = org.apache.parquet.column.Encoding.PLAIN.initDictionary(column.descriptor(), page);
        entries = new Page.Entries(dictionary, asBytes ? ByteValues.decode(dictionary) : null);
    }

    /** Reads the bytes of the page as they are stored, and compares their checksum, if the page has one. */
    private void readStored() throws IOException {
        int size = header.getCompressed_page_size();
        if (stored.length < size) {
            stored = new byte[size];
        }
        long start = in.at();
        in.readFully(stored, size);
        if (header.isSetCrc()) {
            CRC32 sum = new CRC32();
            sum.update(stored, 0, size);
            if ((int) sum.getValue() != header.getCrc()) {
                throw new IOException("bytes " + start + " to " + (start + size) + " have the CRC32 "
                        + Integer.toHexString((int) sum.getValue()) + " and not "
                        + Integer.toHexString(header.getCrc()));
            }
        }
    }

    void skip() {
        in.skipFully(header.getCompressed_page_size());
    }

    /** Reads the page. */
    Page read() throws IOException {
        readStored();
        int size = header.getUncompressed_page_size();
        byte[] plain = new byte[size];
        if (header.getType() == PageType.DATA_PAGE) {
            DataPageHeader data = header.getData_page_header();
            if (column.levels() > 0 && data.getDefinition_level_encoding() != Encoding.RLE) {
                throw new IOException(
                        "its levels have the encoding " + data.getDefinition_level_encoding() + ", which is not read");
            }
            Codec.decompress(codec, stored, 0, header.getCompressed_page_size(), plain, 0, size);
            return Page.of(column, asBytes, data.getEncoding(), plain, data.getNum_values(), 0, -1, -1, size, entries);
        }
        DataPageHeaderV2 data = header.getData_page_header_v2();
        int repetition = data.getRepetition_levels_byte_length();
        int definition = data.getDefinition_levels_byte_length();
        if (repetition < 0
                || definition < 0
                || repetition > size - definition
                || repetition + definition > header.getCompressed_page_size()) {
            throw new IOException("the levels of a page are longer than it is");
        }
        int levels = repetition + definition;
        System.arraycopy(stored, 0, plain, 0, levels);
        boolean compressed = !data.isSetIs_compressed() || data.isIs_compressed();
        Codec.decompress(
                compressed ? codec : CompressionCodec.UNCOMPRESSED,
                stored,
                levels,
                header.getCompressed_page_size() - levels,
                plain,
                levels,
                size - levels);
        return Page.of(
                column,
                asBytes,
                data.getEncoding(),
                plain,
                data.getNum_values(),
                repetition,
                definition,
                levels,
                size,
                entries);
    }
}
