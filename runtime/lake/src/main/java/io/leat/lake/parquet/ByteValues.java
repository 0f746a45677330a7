package io.leat.lake.parquet;

import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.ParquetDecodingException;

/** The values of a page that are bytes, one after another. {@link #next} goes to the first one, too. */
abstract class ByteValues {
    byte[] array;
    int offset;
    int length;

    abstract void next();

    final void skip(int values) {
        for (int i = 0; i < values; i++) {
            next();
        }
    }

    /** Values that stand in the page with their length in front, or with the same one. */
    static ByteValues plain(byte[] page, int start, int end, int fixedLength) {
        return new Plain(page, start, end, fixedLength);
    }

    /** Values of which the page has the numbers. */
    static ByteValues dictionary(byte[][] dictionary, ValuesReader ids) {
        return new Numbered(dictionary, ids);
    }

    /** Values in any other encoding, which the library makes objects of. */
    static ByteValues of(ValuesReader values) {
        return new Decoded(values);
    }

    static byte[][] decode(Dictionary dictionary) {
        byte[][] values = new byte[dictionary.getMaxId() + 1][];
        for (int id = 0; id < values.length; id++) {
            values[id] = dictionary.decodeToBinary(id).getBytes();
        }
        return values;
    }

    private static final class Plain extends ByteValues {
        private final int end;
        private final int fixedLength;
        private int at;

        Plain(byte[] page, int start, int end, int fixedLength) {
            this.array = page;
            this.at = start;
            this.end = end;
            this.fixedLength = fixedLength;
        }

        @Override
        void next() {
            if (fixedLength > 0) {
                length = fixedLength;
            } else {
                if (end - at < Integer.BYTES) {
                    throw new ParquetDecodingException("the page ends within a value");
                }
                length = (array[at] & 0xFF)
                        | (array[at + 1] & 0xFF) << 8
                        | (array[at + 2] & 0xFF) << 16
                        | (array[at + 3] & 0xFF) << 24;
                at += Integer.BYTES;
            }
            if (length < 0 || length > end - at) {
                throw new ParquetDecodingException(
                        "a value of " + length + " bytes in a page that has " + (end - at) + " more");
            }
            offset = at;
            at += length;
        }
    }

    private static final class Numbered extends ByteValues {
        private final byte[][] dictionary;
        private final ValuesReader ids;

        Numbered(byte[][] dictionary, ValuesReader ids) {
            this.dictionary = dictionary;
            this.ids = ids;
        }

        @Override
        void next() {
            array = dictionary[ids.readValueDictionaryId()];
            length = array.length;
        }
    }

    private static final class Decoded extends ByteValues {
        private final ValuesReader values;

        Decoded(ValuesReader values) {
            this.values = values;
        }

        @Override
        void next() {
            array = values.readBytes().getBytesUnsafe();
            length = array.length;
        }
    }
}
