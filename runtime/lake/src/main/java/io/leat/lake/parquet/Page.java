package io.leat.lake.parquet;

import io.leat.lake.parquet.ValueDecoder.PageValues;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.apache.parquet.format.Encoding;

/**
 * A page of data: which of its values are there, and those that are.
 *
 * @param levels of definition, one for each value; null where all values are there
 */
record Page(RunLengthBitPackingHybridDecoder levels, PageValues values) {

    /**
     * The dictionary of a column in a row group.
     *
     * @param values as bytes, for columns of those
     */
    record Entries(Dictionary dictionary, byte[][] values) {}

    /**
     * Begins to read a page.
     *
     * @param bytes uncompressed
     * @param count of its values, those that are not there included
     * @param levelsAt where the levels begin
     * @param levelBytes their length; -1 if that stands in front of them
     * @param valuesAt where the values begin; -1 if that is behind the levels
     * @param end of the bytes
     * @param entries of the dictionary; null if there is none
     */
    static Page of(
            FileColumn column,
            boolean asBytes,
            Encoding encoding,
            byte[] bytes,
            int count,
            int levelsAt,
            int levelBytes,
            int valuesAt,
            int end,
            Entries entries)
            throws IOException {
        int levelStart = levelsAt;
        int levelLength = levelBytes;
        int valueStart = valuesAt;
        if (column.levels() == 0) {
            valueStart = valuesAt < 0 ? levelsAt : valuesAt;
        } else if (levelBytes < 0) {
            if (end - levelsAt < Integer.BYTES) {
                throw new IOException("it has no room for levels");
            }
            levelLength = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(levelsAt);
            levelStart = levelsAt + Integer.BYTES;
            valueStart = levelStart + levelLength;
        }
        if (levelLength > end - levelStart || valueStart < 0 || valueStart > end) {
            throw new IOException("its levels are longer than it is");
        }
        RunLengthBitPackingHybridDecoder levels = column.levels() == 0
                ? null
                : new RunLengthBitPackingHybridDecoder(
                        Integer.SIZE - Integer.numberOfLeadingZeros(column.levels()),
                        new ByteArrayInputStream(bytes, levelStart, levelLength));
        return new Page(levels, values(column, asBytes, encoding, bytes, count, valueStart, end, entries));
    }

    private static PageValues values(
            FileColumn column,
            boolean asBytes,
            Encoding encoding,
            byte[] bytes,
            int count,
            int start,
            int end,
            Entries entries)
            throws IOException {
        if (asBytes && encoding == Encoding.PLAIN) {
            int fixed = column.element().getType_length();
            return new PageValues(null, ByteValues.plain(bytes, start, end, fixed));
        }
        ColumnDescriptor descriptor = column.descriptor();
        // Both have names for the same encodings.
        org.apache.parquet.column.Encoding library = org.apache.parquet.column.Encoding.valueOf(encoding.name());
        ValuesReader reader;
        if (library.usesDictionary()) {
            if (entries == null) {
                throw new IOException("its dictionary is missing");
            }
            reader = library.getDictionaryBasedValuesReader(descriptor, ValuesType.VALUES, entries.dictionary());
        } else {
            reader = library.getValuesReader(descriptor, ValuesType.VALUES);
        }
        reader.initFromPage(count, ByteBufferInputStream.wrap(ByteBuffer.wrap(bytes, start, end - start)));
        if (!asBytes) {
            return new PageValues(reader, null);
        }
        return new PageValues(
                null,
                library.usesDictionary() ? ByteValues.dictionary(entries.values(), reader) : ByteValues.of(reader));
    }
}
