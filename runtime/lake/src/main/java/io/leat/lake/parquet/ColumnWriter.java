package io.leat.lake.parquet;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.Column;
import io.leat.runtime.memory.Memory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.api.Binary;

/** Writes the values of a column to pages, which are kept, compressed, until their row group ends. */
final class ColumnWriter implements AutoCloseable {
    private static final int PAGE_BYTES = 1 << 20;
    private static final int PAGE_VALUES = 20_000;
    private static final int SLAB_BYTES = 1 << 10;
    private static final ParquetProperties PROPERTIES = ParquetProperties.builder()
            .withAllocator(HeapByteBufferAllocator.getInstance())
            .build();

    private final WrittenColumn column;
    private final org.apache.parquet.format.Type stored;
    private final ValuesWriter values;
    /** How many of what may be missing is there; null where nothing may be. */
    private final RunLengthBitPackingHybridEncoder levels;

    private final ColumnStatistics statistics = new ColumnStatistics();
    private final Set<Encoding> encodings = EnumSet.noneOf(Encoding.class);
    private final ByteArrayOutputStream pages = new ByteArrayOutputStream();
    private long plainBytes;
    private int pageValues;
    private long chunkValues;
    private byte[] scratch = new byte[WrittenColumn.DECIMAL_BYTES];

    ColumnWriter(WrittenColumn column) {
        this.column = column;
        this.stored = column.element().getType();
        ColumnDescriptor descriptor = new ColumnDescriptor(
                column.path().toArray(String[]::new), LibraryTypes.primitive(column.element()), 0, column.levels());
        this.values = PROPERTIES.newValuesWriter(descriptor);
        this.levels = column.levels() == 0
                ? null
                : new RunLengthBitPackingHybridEncoder(
                        Integer.SIZE - Integer.numberOfLeadingZeros(column.levels()),
                        SLAB_BYTES,
                        PAGE_BYTES,
                        HeapByteBufferAllocator.getInstance());
    }

    /** About how many bytes wait here. */
    long pending() {
        return pages.size() + values.getBufferedSize();
    }

    void write(Batch batch, int from, int to) throws IOException {
        Column source = batch.column(column.leaf());
        for (int row = from; row < to; row++) {
            if (levels != null) {
                int level = level(batch, row);
                levels.writeInt(level);
                if (level < column.levels()) {
                    statistics.addNull();
                    continue;
                }
            }
            put(source, row);
        }
        pageValues += to - from;
        if (pageValues >= PAGE_VALUES || values.getBufferedSize() >= PAGE_BYTES) {
            endPage();
        }
    }

    private int level(Batch batch, int row) {
        List<Integer> optional = column.optional();
        int level = 0;
        while (level < optional.size() && !batch.column(optional.get(level)).isNull(row)) {
            level++;
        }
        return level;
    }

    private void put(Column source, int row) {
        switch (stored) {
            case BOOLEAN -> values.writeBoolean(source.getBoolean(row));
            case INT32 -> {
                long value = source.getLong(row);
                values.writeInteger((int) value);
                statistics.add(value);
            }
            case INT64 -> {
                long value = source.getLong(row);
                values.writeLong(value);
                statistics.add(value);
            }
            case FLOAT -> values.writeFloat(source.getFloat(row));
            case DOUBLE -> values.writeDouble(source.getDouble(row));
            case BYTE_ARRAY -> {
                int length = source.bytesLength(row);
                if (scratch.length < length) {
                    scratch = new byte[Math.max(length, 2 * scratch.length)];
                }
                Memory.copy(source.bytesAddress(row), scratch, 0, length);
                values.writeBytes(Binary.fromReusedByteArray(scratch, 0, length));
                statistics.add(scratch, length);
            }
            case FIXED_LEN_BYTE_ARRAY -> {
                ByteBuffer.wrap(scratch).putLong(source.getDecimalHigh(row)).putLong(source.getLong(row));
                values.writeBytes(Binary.fromReusedByteArray(scratch, 0, WrittenColumn.DECIMAL_BYTES));
            }
            case INT96 -> throw new IllegalStateException("a type that is not written");
        }
    }

    private void endPage() throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        if (levels != null) {
            byte[] encoded = bytes(levels.toBytes());
            plain.write(ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(encoded.length)
                    .array());
            plain.write(encoded);
            levels.reset();
        }
        values.getBytes().writeAllTo(plain);
        Encoding encoding = encoding(values.getEncoding());
        encodings.add(encoding);
        encodings.add(Encoding.RLE);
        DataPageHeader data = new DataPageHeader(pageValues, encoding, Encoding.RLE, Encoding.RLE);
        writePage(new PageHeader(PageType.DATA_PAGE, 0, 0).setData_page_header(data), plain.toByteArray(), pages);
        chunkValues += pageValues;
        pageValues = 0;
        values.reset();
    }

    private static byte[] bytes(BytesInput input) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        input.writeAllTo(bytes);
        return bytes.toByteArray();
    }

    /** The name that replaced the one which the library still uses for numbers of a dictionary. */
    private static Encoding encoding(org.apache.parquet.column.Encoding encoding) {
        return encoding.usesDictionary() ? Encoding.RLE_DICTIONARY : Encoding.valueOf(encoding.name());
    }

    private void writePage(PageHeader header, byte[] plain, OutputStream out) throws IOException {
        byte[] compressed = Codec.zstd(plain);
        CRC32 sum = new CRC32();
        sum.update(compressed);
        header.setUncompressed_page_size(plain.length);
        header.setCompressed_page_size(compressed.length);
        header.setCrc((int) sum.getValue());
        ByteArrayOutputStream headerBytes = new ByteArrayOutputStream();
        Util.writePageHeader(header, headerBytes);
        plainBytes += headerBytes.size() + plain.length;
        headerBytes.writeTo(out);
        out.write(compressed);
    }

    /**
     * Hands over what was written since the last call.
     *
     * @param position of the stream in the file
     */
    ColumnChunk endGroup(OutputStream out, long position) throws IOException {
        if (pageValues > 0) {
            endPage();
        }
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        DictionaryPage dictionary = values.toDictPageAndClose();
        if (dictionary != null) {
            encodings.add(Encoding.PLAIN);
            DictionaryPageHeader header = new DictionaryPageHeader(dictionary.getDictionarySize(), Encoding.PLAIN);
            writePage(
                    new PageHeader(PageType.DICTIONARY_PAGE, 0, 0).setDictionary_page_header(header),
                    bytes(dictionary.getBytes()),
                    first);
        }
        ColumnMetaData data = new ColumnMetaData(
                stored,
                List.copyOf(encodings),
                column.path(),
                CompressionCodec.ZSTD,
                chunkValues,
                plainBytes,
                (long) first.size() + pages.size(),
                position + first.size());
        if (dictionary != null) {
            data.setDictionary_page_offset(position);
        }
        data.setStatistics(statistics.toFooter(stored));
        first.writeTo(out);
        pages.writeTo(out);
        values.resetDictionary();
        pages.reset();
        encodings.clear();
        statistics.reset();
        plainBytes = 0;
        chunkValues = 0;
        return new ColumnChunk(position).setMeta_data(data);
    }

    @Override
    public void close() {
        values.close();
        if (levels != null) {
            levels.close();
        }
    }
}
