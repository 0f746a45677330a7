package io.leat.lake.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.DecimalType;
import io.leat.runtime.type.Type.TimeType;
import io.leat.runtime.type.Type.TimestampType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each type from files of another program, and back to it. */
class ParquetTypesTest extends ParquetFiles {
    private static final Schema ALL = new Schema(List.of(
            Field.nullable("yes", Type.BOOLEAN),
            Field.nullable("tiny", Type.TINYINT),
            Field.nullable("small", Type.SMALLINT),
            Field.nullable("whole", Type.INT),
            Field.nullable("big", Type.BIGINT),
            Field.nullable("r", Type.REAL),
            Field.nullable("d", Type.DOUBLE),
            Field.nullable("d4", new DecimalType(4, 2)),
            Field.nullable("d9", new DecimalType(9, 0)),
            Field.nullable("d18", new DecimalType(18, 6)),
            Field.nullable("d38", new DecimalType(38, 10)),
            Field.nullable("text", Type.VARCHAR),
            Field.nullable("bytes", Type.VARBINARY),
            Field.nullable("day", Type.DATE),
            Field.nullable("clock", new TimeType(6)),
            Field.nullable("local", new TimestampType(6, false)),
            Field.nullable("nanos", new TimestampType(9, false)),
            Field.nullable("moment", new TimestampType(6, true))));

    private static final String VALUES = """
            SELECT CASE WHEN i % 3 = 0 THEN NULL ELSE i % 2 = 0 END AS yes,
              CASE WHEN i % 7 = 1 THEN NULL ELSE (i % 256 - 128)::TINYINT END AS tiny,
              CASE WHEN i % 7 = 2 THEN NULL ELSE (i * 131 % 65536 - 32768)::SMALLINT END AS small,
              CASE WHEN i % 7 = 3 THEN NULL ELSE (i * 214748 - 2147483648)::INT END AS whole,
              CASE WHEN i % 7 = 4 THEN NULL ELSE (i * 512409557603043 - 9223372036854775807)::BIGINT END AS big,
              CASE WHEN i % 7 = 5 THEN NULL ELSE (i / 7.0)::REAL END AS r,
              CASE WHEN i % 7 = 6 THEN NULL ELSE -i / 7.0::DOUBLE END AS d,
              CASE WHEN i % 5 = 0 THEN NULL ELSE (i % 200 - 99.99)::DECIMAL(4, 2) END AS d4,
              CASE WHEN i % 5 = 1 THEN NULL ELSE (i * 49999 - 499999999)::DECIMAL(9, 0) END AS d9,
              CASE WHEN i % 5 = 2 THEN NULL ELSE (i * 99999999.123456 - 999999999999.999999)::DECIMAL(18, 6) END AS d18,
              CASE WHEN i % 5 = 3 THEN NULL ELSE (i * 12345678901234567890.0123456789 - 99999999999999999999999.5)::DECIMAL(38, 10) END AS d38,
              CASE WHEN i % 5 = 4 THEN NULL WHEN i % 11 = 0 THEN '' ELSE 'größe ' || i END AS text,
              CASE WHEN i % 4 = 0 THEN NULL ELSE encode('b' || i) END AS bytes,
              CASE WHEN i % 4 = 1 THEN NULL ELSE DATE '0001-01-01' + (i * 182)::INT END AS day,
              CASE WHEN i % 4 = 2 THEN NULL ELSE TIME '00:00:00' + INTERVAL (i * 4321 % 86400) SECOND + INTERVAL (i) MICROSECOND END AS clock,
              CASE WHEN i % 4 = 3 THEN NULL ELSE TIMESTAMP '0001-01-01 00:00:00' + INTERVAL (i * 182) DAY + INTERVAL (i) MICROSECOND END AS local,
              CASE WHEN i % 6 = 0 THEN NULL ELSE make_timestamp_ns(i * 100000000000001 - 1000000000000000000) END AS nanos,
              CASE WHEN i % 6 = 1 THEN NULL ELSE TIMESTAMPTZ '1950-01-01 00:00:00+00' + INTERVAL (i * 7) DAY + INTERVAL (i) MICROSECOND END AS moment
            FROM range(${rows}) AS t(i)
            """;

    /** The same rows, with the same types, in the order in which they were. */
    private void comesBack(int rows, String... options) {
        duckdb.write(VALUES.replace("${rows}", "" + rows), path("from.parquet"), options);
        copy(ALL, "from.parquet", "to.parquet");
        String numbered = "SELECT *, file_row_number FROM read_parquet('%s', file_row_number = true)";
        String from = numbered.formatted(path("from.parquet"));
        String to = numbered.formatted(path("to.parquet"));
        assertEquals(List.of(), refusals);
        assertEquals(List.of(), duckdb.rows("(" + from + " EXCEPT " + to + ") LIMIT 3"));
        assertEquals(List.of(), duckdb.rows("(" + to + " EXCEPT " + from + ") LIMIT 3"));
        assertEquals(List.of("" + rows), duckdb.rows("SELECT count(*) FROM '" + path("to.parquet") + "'"));
        assertEquals(
                duckdb.rows(
                        "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '" + path("from.parquet") + "')"),
                duckdb.rows(
                        "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '" + path("to.parquet") + "')"));
    }

    @Test
    void everyTypeComesBack() {
        comesBack(18_000, "ROW_GROUP_SIZE 2048");
    }

    @Test
    void inSmallBatches() {
        batchRows = 3;
        comesBack(5_000, "ROW_GROUP_SIZE 2048");
    }

    @Test
    void inEachCompressionAndBothVersions() {
        for (String codec : List.of("uncompressed", "snappy", "gzip", "zstd", "lz4_raw")) {
            for (String version : List.of("V1", "V2")) {
                directory.resolve("to.parquet").toFile().delete();
                comesBack(3_000, "CODEC '" + codec + "'", "PARQUET_VERSION " + version);
            }
        }
    }

    @Test
    void tablesWithoutRowsHaveTheirColumns() {
        comesBack(0);
    }

    @Test
    void valuesAreThoseOfTheFile() {
        duckdb.write("""
                SELECT true AS yes, (-128)::TINYINT AS tiny, 32767::SMALLINT AS small, (-2147483648)::INT AS whole,
                  9223372036854775807 AS big, 1.5::REAL AS r, (-2.25)::DOUBLE AS d, (-99.99)::DECIMAL(4, 2) AS d4,
                  999999999::DECIMAL(9, 0) AS d9, (-999999999999.999999)::DECIMAL(18, 6) AS d18,
                  9999999999999999999999999999.9999999999::DECIMAL(38, 10) AS d38, 'ä' AS text, encode('ab') AS bytes,
                  DATE '9999-12-31' AS day, TIME '23:59:59.999999' AS clock, TIMESTAMP '1969-12-31 23:59:59.999999' AS local,
                  '1700-01-01 00:00:00.000000001'::TIMESTAMP_NS AS nanos, TIMESTAMPTZ '2026-01-01 00:00:00+01' AS moment
                UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
                """, path("t.parquet"));
        assertEquals(
                List.of(
                        "{\"yes\":true,\"tiny\":-128,\"small\":32767,\"whole\":-2147483648,\"big\":9223372036854775807,\"r\":1.5,"
                                + "\"d\":-2.25,\"d4\":-99.99,\"d9\":999999999,\"d18\":-999999999999.999999,"
                                + "\"d38\":9999999999999999999999999999.9999999999,\"text\":\"ä\",\"bytes\":\"YWI=\","
                                + "\"day\":\"9999-12-31\",\"clock\":\"23:59:59.999999\",\"local\":\"1969-12-31T23:59:59.999999\","
                                + "\"nanos\":\"1700-01-01T00:00:00.000000001\",\"moment\":\"2025-12-31T23:00:00Z\"}",
                        "{\"yes\":null,\"tiny\":null,\"small\":null,\"whole\":null,\"big\":null,\"r\":null,\"d\":null,"
                                + "\"d4\":null,\"d9\":null,\"d18\":null,\"d38\":null,\"text\":null,\"bytes\":null,\"day\":null,"
                                + "\"clock\":null,\"local\":null,\"nanos\":null,\"moment\":null}"),
                rows(ALL, options("t.parquet")));
    }
}
