package io.leat.lake.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import net.jpountz.lz4.LZ4Factory;
import org.apache.parquet.format.CompressionCodec;
import org.xerial.snappy.Snappy;

/** Compression of pages. Stateless. */
final class Codec {
    private Codec() {}

    /** Whether pages of this compression can be read. */
    static boolean isRead(CompressionCodec codec) {
        return switch (codec) {
            case UNCOMPRESSED, SNAPPY, GZIP, ZSTD, LZ4_RAW -> true;
            case LZO, BROTLI, LZ4 -> false;
        };
    }

    /**
     * Decompresses bytes, of which there must be exactly so many then.
     *
     * @throws IOException if they are damaged
     */
    static void decompress(
            CompressionCodec codec, byte[] from, int offset, int length, byte[] into, int intoOffset, int size)
            throws IOException {
        if (size == 0 && length == 0) {
            return;
        }
        long found;
        try {
            found = switch (codec) {
                case UNCOMPRESSED -> {
                    if (length == size) {
                        System.arraycopy(from, offset, into, intoOffset, length);
                    }
                    yield length;
                }
                case SNAPPY ->
                    Snappy.uncompressedLength(from, offset, length) == size
                            ? Snappy.uncompress(from, offset, length, into, intoOffset)
                            : -1;
                case GZIP -> {
                    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(from, offset, length))) {
                        int read = in.readNBytes(into, intoOffset, size);
                        yield in.read() < 0 ? read : -1;
                    }
                }
                case ZSTD -> Zstd.decompressByteArray(into, intoOffset, size, from, offset, length);
                case LZ4_RAW ->
                    LZ4Factory.fastestInstance()
                            .safeDecompressor()
                            .decompress(from, offset, length, into, intoOffset, size);
                case LZO, BROTLI, LZ4 -> throw new IllegalStateException("a compression that is not read");
            };
        } catch (RuntimeException e) {
            throw new IOException("its compressed bytes are damaged", e);
        }
        if (found != size) {
            throw new IOException("its compressed bytes are not those of " + size + " bytes");
        }
    }

    /** Compresses bytes as they are written here. */
    static byte[] zstd(byte[] plain) {
        return Zstd.compress(plain);
    }
}
