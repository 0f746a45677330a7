package io.leat.runtime.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.Drained;
import io.leat.runtime.connector.FormatSpec;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.decode.RecordDecoder;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both readers, with chunks of all sizes, against a reading that knows no chunks. */
class ReaderTest {
    private static final int MIB = 1 << 20;
    private static final FormatSpec LINES = new FormatSpec("json", Map.of(), true, List.of());
    private static final FormatSpec CSV = new FormatSpec("csv", Map.of(), true, List.of());

    @TempDir
    Path directory;

    private final BufferAllocator allocator = new RootAllocator();

    @AfterEach
    void close() {
        allocator.close();
    }

    /** A reader of a file with this content, either kind. */
    private SourceReader reader(byte[] content, FormatSpec format, boolean plain, int chunkBytes) throws IOException {
        Path path = directory.resolve("data");
        Files.write(path, content);
        InputFile file = InputFile.inspect(Disk.system(), path);
        DataFile data = new DataFile(Disk.system(), path, new OpenFiles());
        RecordBounds bounds = RecordBounds.of(format);
        return plain
                ? new PlainFileReader(file, bounds, data, chunkBytes)
                : new StreamReader(file, bounds, new CompressedInput(file, data), chunkBytes);
    }

    private Drained read(byte[] content, FormatSpec format, boolean plain, int chunkBytes) throws IOException {
        try (SourceReader reader = reader(content, format, plain, chunkBytes)) {
            Drained drained = Drained.toEnd(reader, allocator);
            assertEquals(Integer.toString(content.length), reader.position());
            assertEquals(0, reader.remaining());
            return drained;
        }
    }

    private void assertRecords(String content, FormatSpec format, List<String> expected) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        List<Long> offsets = new ArrayList<>();
        int from = 0;
        for (String record : expected) {
            int at = content.indexOf(record, from);
            offsets.add((long) content.substring(0, at).getBytes(StandardCharsets.UTF_8).length);
            from = content.startsWith("\r\n", at + record.length())
                    ? at + record.length() + 2
                    : at + record.length() + 1;
        }
        for (int chunkBytes = 1; chunkBytes <= bytes.length + 2; chunkBytes++) {
            for (boolean plain : List.of(true, false)) {
                Drained drained = read(bytes, format, plain, chunkBytes);
                String where = "chunks of " + chunkBytes + (plain ? ", plain" : ", stream");
                assertEquals(expected, drained.records(), where);
                assertEquals(offsets, drained.offsets(), where);
            }
        }
    }

    @Test
    void chunksOfEverySizeYieldTheSameLines() throws IOException {
        assertRecords(
                "{\"a\":1}\n{\"a\":22}\r\n\n{\"żółć\":333}\n\r\nx\n",
                LINES,
                List.of("{\"a\":1}", "{\"a\":22}", "", "{\"żółć\":333}", "", "x"));
    }

    @Test
    void theLastLineNeedsNoEnd() throws IOException {
        assertRecords("one\ntwo", LINES, List.of("one", "two"));
        assertRecords("x", LINES, List.of("x"));
        assertRecords("one\r\ntwo\r", LINES, List.of("one", "two"));
    }

    @Test
    void quotedLineEndsAreNoEnds() throws IOException {
        assertRecords(
                "a,b\n1,\"two\nlines\"\n2,\"say \"\"hi\"\"\n\"\"\n\"\r\n\"\n\",x\"y\"\n\"\",\"\"\n",
                CSV,
                List.of("a,b", "1,\"two\nlines\"", "2,\"say \"\"hi\"\"\n\"\"\n\"", "\"\n\",x\"y\"", "\"\",\"\""));
    }

    @Test
    void aQuoteInsideAFieldOpensNothing() throws IOException {
        assertRecords("a\"b,1\nc,2\n", CSV, List.of("a\"b,1", "c,2"));
    }

    @Test
    void anUnclosedQuoteTakesTheRest() throws IOException {
        assertRecords("a,1\n\"b,2\nc,3\n", CSV, List.of("a,1", "\"b,2\nc,3\n"));
    }

    @Test
    void anEmptyFileHasNoRecords() throws IOException {
        for (boolean plain : List.of(true, false)) {
            assertEquals(List.of(), read(new byte[0], LINES, plain, MIB).records());
        }
    }

    @Test
    void randomFilesReadAlike() throws IOException {
        long seed = Long.getLong("seed", 1);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            byte[] content = new byte[random.nextInt(200)];
            byte[] alphabet = "ab,\"\"\n\n\r".getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < content.length; i++) {
                content[i] = alphabet[random.nextInt(alphabet.length)];
            }
            for (FormatSpec format : List.of(LINES, CSV)) {
                Drained whole = read(content, format, true, MIB);
                for (int chunkBytes : new int[] {1, 2, 3, 7, 20, 64}) {
                    for (boolean plain : List.of(true, false)) {
                        Drained drained = read(content, format, plain, chunkBytes);
                        String where = "seed " + seed + ", round " + round + ", chunks of " + chunkBytes;
                        assertEquals(whole.records(), drained.records(), where);
                        assertEquals(whole.offsets(), drained.offsets(), where);
                    }
                }
            }
        }
    }

    @Test
    void manyChunksHoldAboutAsMuchAsAsked() throws IOException {
        byte[] content = "0123456789abcdef\n".repeat(400_000).getBytes(StandardCharsets.UTF_8);
        for (boolean plain : List.of(true, false)) {
            Drained drained = read(content, LINES, plain, MIB);
            assertEquals(400_000, drained.records().size());
            assertEquals(7, drained.chunks());
            assertTrue(drained.capacity() <= 2 * MIB, "chunk of " + drained.capacity());
        }
    }

    // ---- records that are large, and too large

    private static byte[] concatenated(Object... parts) {
        int length = 0;
        for (Object part : parts) {
            length += part instanceof byte[] bytes ? bytes.length : ((String) part).length();
        }
        byte[] all = new byte[length];
        int at = 0;
        for (Object part : parts) {
            byte[] bytes = part instanceof byte[] ready ? ready : ((String) part).getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bytes, 0, all, at, bytes.length);
            at += bytes.length;
        }
        return all;
    }

    private static byte[] filled(int length, char with) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) with);
        return bytes;
    }

    private void assertOnlyTheLargeOneIsCut(byte[] content, FormatSpec format, int largeBytes, List<String> others)
            throws IOException {
        for (boolean plain : List.of(true, false)) {
            Drained drained = read(content, format, plain, MIB);
            List<String> rest = new ArrayList<>();
            int cut = 0;
            for (int i = 0; i < drained.records().size(); i++) {
                if (drained.lengths().get(i) > RecordDecoder.MAX_RECORD_BYTES) {
                    assertEquals(RecordBounds.CUT_BYTES, drained.lengths().get(i));
                    cut++;
                } else if (drained.lengths().get(i) < 100) {
                    rest.add(drained.records().get(i));
                }
            }
            assertEquals(largeBytes > RecordDecoder.MAX_RECORD_BYTES ? 1 : 0, cut);
            assertEquals(others, rest);
            assertTrue(drained.capacity() <= 2 * RecordBounds.CUT_BYTES, "chunk of " + drained.capacity());
        }
    }

    @Test
    void aLineThatIsTooLargeLosesNothingElse() throws IOException {
        for (int large :
                new int[] {RecordDecoder.MAX_RECORD_BYTES, RecordDecoder.MAX_RECORD_BYTES + 1, 20 * MIB, 45 * MIB}) {
            byte[] content = concatenated("before\n", filled(large, 'x'), "\nafter\nlast");
            assertOnlyTheLargeOneIsCut(content, LINES, large, List.of("before", "after", "last"));
        }
    }

    @Test
    void theFirstOrLastLineMayBeTooLarge() throws IOException {
        byte[] large = filled(20 * MIB, 'x');
        assertOnlyTheLargeOneIsCut(concatenated(large), LINES, 20 * MIB, List.of());
        assertOnlyTheLargeOneIsCut(concatenated(large, "\n"), LINES, 20 * MIB, List.of());
        assertOnlyTheLargeOneIsCut(concatenated("a\n", large), LINES, 20 * MIB, List.of("a"));
    }

    @Test
    void aCsvRecordThatIsTooLargeEndsWhereItsQuotesSay() throws IOException {
        byte[] large = filled(20 * MIB, '\n');
        assertOnlyTheLargeOneIsCut(
                concatenated("a,1\n\"", large, "\"\"\n\",2\nb,3\n"), CSV, 20 * MIB, List.of("a,1", "b,3"));
        byte[] quotes = filled(20 * MIB, '"');
        assertOnlyTheLargeOneIsCut(concatenated("\"", quotes, "\",2\nb,3\n"), CSV, 20 * MIB, List.of("b,3"));
    }

    @Test
    void linesThatGrowTheChunkAreWhole() throws IOException {
        byte[] content = concatenated("a\n", filled(5 * MIB, 'x'), "\n", filled(3 * MIB, 'y'), "\nb\n");
        for (boolean plain : List.of(true, false)) {
            Drained drained = read(content, LINES, plain, MIB);
            assertEquals(List.of(1, 5 * MIB, 3 * MIB, 1), drained.lengths());
        }
    }

    @Test
    void aFileThatShrinksEnds() throws IOException {
        byte[] content = "line\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);
        try (SourceReader reader = reader(content, LINES, true, 100)) {
            Files.write(directory.resolve("data"), "line\n".repeat(10).getBytes(StandardCharsets.UTF_8));
            assertEquals(10, Drained.toEnd(reader, allocator).records().size());
        }
    }
}
