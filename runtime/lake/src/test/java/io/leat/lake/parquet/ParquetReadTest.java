package io.leat.lake.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.OptionException;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.connector.SourceReader.Status;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.DecimalType;
import io.leat.runtime.type.Type.RowType;
import io.leat.runtime.type.Type.TimeType;
import io.leat.runtime.type.Type.TimestampType;
import io.leat.runtime.type.Type.VarcharType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read of a file and what is refused, and going on in the middle of one. */
class ParquetReadTest extends ParquetFiles {
    private static final Schema ID = schema(Field.nullable("id", Type.BIGINT));
    private static final Schema ID_AND_TEXT =
            schema(Field.nullable("id", Type.BIGINT), Field.nullable("text", Type.VARCHAR));
    private static final String NUMBERS =
            "SELECT i AS id, CASE WHEN i % 3 = 0 THEN NULL ELSE 'text ' || (i % 1000) END AS text, i * 2 AS twice FROM range(%d) AS t(i)";

    private static Schema schema(Field... fields) {
        return new Schema(List.of(fields));
    }

    private static Schema one(Type type) {
        return schema(Field.nullable("c", type));
    }

    private String numbers(int rows) {
        return NUMBERS.replace("%d", Integer.toString(rows));
    }

    private String refused(Schema schema, String file) {
        return assertThrows(ConnectorException.class, () -> rows(schema, options(file)))
                .getMessage()
                .replace(directory + "/", "");
    }

    // ---- columns

    @Test
    void columnsAreFoundByNameInAnyOrder() {
        duckdb.write(numbers(4), path("t.parquet"));
        Schema twisted = schema(Field.nullable("TWICE", Type.BIGINT), Field.nullable("id", Type.BIGINT));
        assertEquals(
                List.of(
                        "{\"TWICE\":0,\"id\":0}",
                        "{\"TWICE\":2,\"id\":1}",
                        "{\"TWICE\":4,\"id\":2}",
                        "{\"TWICE\":6,\"id\":3}"),
                rows(twisted, options("t.parquet")));
    }

    @Test
    void rowsAreCountedWithoutAColumn() {
        duckdb.write(numbers(10_000), path("t.parquet"), "ROW_GROUP_SIZE 2048");
        int[] counted = {0};
        read(schema(), batch -> counted[0] += batch.rows(), options("t.parquet"));
        assertEquals(10_000, counted[0]);
    }

    @Test
    void onlyColumnsThatAreUsedAreRead() throws IOException {
        duckdb.write(numbers(100_000), path("t.parquet"), "CODEC 'uncompressed'");
        byte[] bytes = Files.readAllBytes(directory.resolve("t.parquet"));
        int text = indexOf(bytes, "text 500".getBytes());
        bytes[text - 4] = 0x7F; // the length of a value
        Files.write(directory.resolve("t.parquet"), bytes);
        assertEquals(100_000, rows(ID, options("t.parquet")).size());
        assertTrue(refused(ID_AND_TEXT, "t.parquet").contains("column text in row group 0 is damaged"));
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int at = 0; at <= bytes.length - wanted.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        throw new IllegalStateException("not there");
    }

    @Test
    void aColumnThatIsMissingIsNamed() {
        duckdb.write(numbers(4), path("t.parquet"));
        assertEquals(
                "'t.parquet' has no column 'idd': there are id, text, twice",
                refused(schema(Field.nullable("idd", Type.BIGINT)), "t.parquet"));
    }

    @Test
    void typesThatHoldAllValuesOfAnother() {
        duckdb.write("SELECT 200::UTINYINT AS c", path("u8.parquet"));
        duckdb.write("SELECT 4294967295::UINTEGER AS c", path("u32.parquet"));
        duckdb.write("SELECT (-7)::TINYINT AS c", path("i8.parquet"));
        duckdb.write("SELECT 1.5::REAL AS c", path("f.parquet"));
        duckdb.write("SELECT 1.25::DECIMAL(5, 2) AS c", path("d.parquet"));
        duckdb.write("SELECT TIMESTAMP_MS '2026-01-01 00:00:00.123' AS c", path("ms.parquet"));
        duckdb.write("SELECT TIMESTAMP '2026-01-01 00:00:00.123999' AS c", path("us.parquet"));
        assertEquals(List.of("{\"c\":200}"), rows(one(Type.SMALLINT), options("u8.parquet")));
        assertEquals(List.of("{\"c\":4294967295}"), rows(one(Type.BIGINT), options("u32.parquet")));
        assertEquals(List.of("{\"c\":-7}"), rows(one(Type.BIGINT), options("i8.parquet")));
        assertEquals(List.of("{\"c\":1.5}"), rows(one(Type.DOUBLE), options("f.parquet")));
        assertEquals(List.of("{\"c\":1.25}"), rows(one(new DecimalType(30, 2)), options("d.parquet")));
        assertEquals(
                List.of("{\"c\":\"2026-01-01T00:00:00.123\"}"),
                rows(one(new TimestampType(9, false)), options("ms.parquet")));
        assertEquals(
                List.of("{\"c\":\"2026-01-01T00:00:00.123\"}"),
                rows(one(new TimestampType(3, false)), options("us.parquet")));
    }

    @Test
    void otherTypesAreRefused() {
        duckdb.write(
                "SELECT 1::BIGINT AS i, 2::UBIGINT AS u, 1.5::DOUBLE AS d, 1.5::DECIMAL(5, 1) AS dec, 'a' AS s,"
                        + " TIMESTAMP '2026-01-01' AS t, TIMESTAMPTZ '2026-01-01 00:00:00+00' AS z, TIME '12:00:00' AS clock,"
                        + " [1, 2] AS list, {'a': 1} AS struct, uuid() AS id, true AS b, encode('a') AS bytes",
                path("t.parquet"));
        assertRefused("i", Type.INT, "INT64 INT(64)");
        assertRefused("u", Type.BIGINT, "INT64 UINT(64)");
        assertRefused("i", Type.DOUBLE, "INT64 INT(64)");
        assertRefused("i", Type.VARCHAR, "INT64 INT(64)");
        assertRefused("d", Type.REAL, "DOUBLE");
        assertRefused("d", new DecimalType(10, 1), "DOUBLE");
        assertRefused("dec", new DecimalType(5, 2), "INT32 DECIMAL(5, 1)");
        assertRefused("dec", new DecimalType(4, 1), "INT32 DECIMAL(5, 1)");
        assertRefused("s", Type.VARBINARY, "BYTE_ARRAY STRING");
        assertRefused("s", Type.DATE, "BYTE_ARRAY STRING");
        assertRefused("t", new TimestampType(6, true), "INT64 TIMESTAMP(MICROS, local)");
        assertRefused("z", new TimestampType(6, false), "INT64 TIMESTAMP(MICROS, UTC)");
        assertRefused("t", new TimeType(6), "INT64 TIMESTAMP(MICROS, local)");
        assertRefused("clock", Type.BIGINT, "INT64 TIME(MICROS)");
        assertRefused("struct", Type.INT, "a group");
        assertRefused("b", Type.INT, "BOOLEAN");
        assertRefused("list", Type.INT, "a group");
        assertRefused("id", Type.VARCHAR, "FIXED_LEN_BYTE_ARRAY(16) of a logical type that is not read");
        assertRefused("s", new RowType(List.of(Field.nullable("a", Type.INT))), "BYTE_ARRAY STRING");
    }

    private void assertRefused(String column, Type type, String found) {
        assertEquals(
                "'t.parquet' column " + column + " is " + found + ", which " + type.sql() + " does not hold",
                refused(schema(Field.nullable(column, type)), "t.parquet"));
    }

    @Test
    void rowsWithinRows() {
        duckdb.write("""
                SELECT i AS id, CASE WHEN i % 4 = 0 THEN NULL WHEN i % 4 = 1 THEN {'a': NULL, 'b': NULL}
                  WHEN i % 4 = 2 THEN {'a': i::INT, 'b': {'c': NULL}} ELSE {'a': NULL, 'b': {'c': 'x' || i}} END AS s
                FROM range(6000) AS t(i)
                """, path("t.parquet"), "ROW_GROUP_SIZE 2048");
        RowType inner = new RowType(List.of(Field.nullable("c", Type.VARCHAR)));
        RowType outer = new RowType(List.of(Field.nullable("a", Type.INT), Field.nullable("b", inner)));
        Schema schema = schema(Field.nullable("id", Type.BIGINT), Field.nullable("s", outer));
        List<String> rows = rows(schema, options("t.parquet"));
        assertEquals(
                List.of(
                        "{\"id\":0,\"s\":null}",
                        "{\"id\":1,\"s\":{\"a\":null,\"b\":null}}",
                        "{\"id\":2,\"s\":{\"a\":2,\"b\":{\"c\":null}}}",
                        "{\"id\":3,\"s\":{\"a\":null,\"b\":{\"c\":\"x3\"}}}"),
                rows.subList(0, 4));
        copy(schema, "t.parquet", "u.parquet");
        String difference = "(FROM '%s' EXCEPT FROM '%s') LIMIT 3";
        assertEquals(List.of(), duckdb.rows(difference.formatted(path("t.parquet"), path("u.parquet"))));
        assertEquals(List.of(), duckdb.rows(difference.formatted(path("u.parquet"), path("t.parquet"))));
        assertEquals(rows, rows(schema, options("u.parquet")));
        RowType part = new RowType(List.of(Field.nullable("b", inner)));
        assertEquals(
                List.of(
                        "{\"s\":null}",
                        "{\"s\":{\"b\":null}}",
                        "{\"s\":{\"b\":{\"c\":null}}}",
                        "{\"s\":{\"b\":{\"c\":\"x3\"}}}"),
                rows(schema(Field.nullable("s", part)), options("t.parquet")).subList(0, 4));
    }

    // ---- values that no column holds

    @Test
    void valuesThatNoColumnHoldsAreRejectedRowByRow() {
        duckdb.write("""
                SELECT * FROM (VALUES (1.0::DOUBLE, 'abc', DATE '2026-01-01', 1), ('NaN'::DOUBLE, 'abc', NULL, 2),
                  ('-Infinity'::DOUBLE, 'abc', NULL, 3), (NULL, 'äöüß', NULL, 4), (NULL, 'abcd', NULL, 5),
                  (NULL, 'a', DATE '10000-01-01', 6), (NULL, 'b', NULL, NULL), (2.0, 'c', NULL, 8)) AS t(d, s, day, id)
                """, path("t.parquet"));
        Schema schema = schema(
                Field.nullable("d", Type.DOUBLE),
                Field.nullable("s", new VarcharType(3)),
                Field.nullable("day", Type.DATE),
                Field.required("id", Type.INT));
        rows(schema, options("t.parquet"));
        assertEquals(
                List.of(
                        "OUT_OF_RANGE(d): no value that DOUBLE can hold",
                        "OUT_OF_RANGE(d): no value that DOUBLE can hold",
                        "OUT_OF_RANGE(s): no value that VARCHAR(3) can hold",
                        "OUT_OF_RANGE(s): no value that VARCHAR(3) can hold",
                        "OUT_OF_RANGE(day): no value that DATE can hold",
                        "MISSING_VALUE(id): no value, but the column is NOT NULL"),
                refusals);
    }

    // ---- going on

    @Test
    void goesOnBehindAnyBatch() {
        duckdb.write(numbers(5_000), path("t.parquet"), "ROW_GROUP_SIZE 2048");
        batchRows = 700;
        List<String> expected = rows(ID_AND_TEXT, options("t.parquet"));
        assertEquals(5_000, expected.size());
        for (int batches = 0; batches <= 8; batches++) {
            List<String> rows = new ArrayList<>();
            String position = first(batches, rows);
            try (Source source = run.source(ID_AND_TEXT, true, options("t.parquet"));
                    SourceReader reader = source.reader(source.partitions().get(0));
                    Batch batch = new Batch(ID_AND_TEXT, batchRows, run.allocator())) {
                reader.seek(position);
                drain((SourceReader.Rows) reader, batch, each -> rows.addAll(json(each)));
            }
            assertEquals(expected, rows, batches + " batches before");
        }
    }

    /** Reads so many batches; answers with the position behind them. */
    private String first(int batches, List<String> rows) {
        try (Source source = run.source(ID_AND_TEXT, true, options("t.parquet"));
                SourceReader reader = source.reader(source.partitions().get(0));
                Batch batch = new Batch(ID_AND_TEXT, batchRows, run.allocator())) {
            for (int read = 0; read < batches; ) {
                batch.reset();
                Status status = ((SourceReader.Rows) reader).poll(batch);
                if (status == Status.DATA) {
                    rows.addAll(json(batch));
                    read++;
                }
            }
            return reader.position();
        }
    }

    @Test
    void doesNotGoOnInAnotherFile() {
        duckdb.write(numbers(5_000), path("t.parquet"));
        batchRows = 700;
        String position = first(2, new ArrayList<>());
        assertTrue(position.matches("1400 of [0-9a-f]{8}"), position);
        duckdb.write(numbers(5_001), path("t.parquet"));
        try (Source source = run.source(ID_AND_TEXT, true, options("t.parquet"));
                SourceReader reader = source.reader(source.partitions().get(0))) {
            String message = assertThrows(ConnectorException.class, () -> reader.seek(position))
                    .getMessage();
            assertTrue(message.contains("is another file than the one of which 1400 rows had been read"), message);
        }
    }

    // ---- damage

    @Test
    void otherFilesAreRefused() throws IOException {
        Files.writeString(directory.resolve("empty.parquet"), "");
        Files.writeString(directory.resolve("text.parquet"), "id,text\n1,this is no such file\n");
        Files.write(
                directory.resolve("length.parquet"), new byte[] {'P', 'A', 'R', '1', 9, 9, 9, 9, 'P', 'A', 'R', '1'});
        Files.write(
                directory.resolve("sealed.parquet"), new byte[] {'P', 'A', 'R', 'E', 0, 0, 0, 0, 'P', 'A', 'R', 'E'});
        assertEquals(
                "'empty.parquet' has 0 bytes, fewer than the 12 of any Parquet file", refused(ID, "empty.parquet"));
        assertEquals(
                "'text.parquet' does not end in PAR1 as a Parquet file does: it is another file, or cut off",
                refused(ID, "text.parquet"));
        assertEquals(
                "'length.parquet' says at its end that its footer has 151587081 bytes, of 12",
                refused(ID, "length.parquet"));
        assertEquals("'sealed.parquet' is encrypted, and such files are not read", refused(ID, "sealed.parquet"));
    }

    /** A file that is damaged anywhere is read as it was, or refused with its name; pages that are written here have checksums. */
    @Test
    void flippedBitsAreFoundOrChangeNothing() throws IOException {
        duckdb.write(numbers(100), path("from.parquet"));
        copy(ID_AND_TEXT, "from.parquet", "t.parquet");
        Path file = directory.resolve("t.parquet");
        byte[] bytes = Files.readAllBytes(file);
        List<String> expected = rows(ID_AND_TEXT, options("t.parquet"));
        int footer = bytes.length
                - 8
                - ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 8);
        int found = 0;
        for (int at = 0; at < bytes.length; at++) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            Files.write(file, damaged);
            try {
                List<String> rows = rows(ID_AND_TEXT, options("t.parquet"));
                // Only a log has a checksum of the footer, too.
                assertTrue(at >= footer || rows.equals(expected), "byte " + at);
            } catch (ConnectorException e) {
                assertTrue(e.getMessage().contains("t.parquet"), e.getMessage());
                found++;
            }
        }
        assertTrue(found > bytes.length / 2, found + " of " + bytes.length);
    }

    @Test
    void cutFilesAreRefused() throws IOException {
        duckdb.write(numbers(300), path("t.parquet"));
        Path file = directory.resolve("t.parquet");
        byte[] bytes = Files.readAllBytes(file);
        for (int length = 0; length < bytes.length; length++) {
            Files.write(file, Arrays.copyOf(bytes, length));
            refused(ID_AND_TEXT, "t.parquet");
        }
    }

    // ---- options

    @Test
    void suchFilesAreFilesOfThisMachine() {
        for (String path : List.of("-", path("t.parquet.gz"))) {
            OptionException refused =
                    assertThrows(OptionException.class, () -> run.sourceTraits("path", path, "format", "parquet"));
            assertEquals("path", refused.key());
            assertTrue(refused.getMessage().contains("no format 'parquet'"), refused.getMessage());
        }
    }
}
