package io.leat.lake.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.ConnectorRun;
import io.leat.runtime.connector.Sink;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.connector.SourceReader.Status;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tables with a log whose files are Parquet: followed while they grow, from any row on. */
class ParquetLogTest extends ParquetFiles {
    private static final String[] LOG = {"log", "true"};
    private static final Schema STATISTICS = new Schema(List.of(
            Field.nullable("i", Type.INT),
            Field.nullable("l", Type.BIGINT),
            Field.nullable("s", Type.VARCHAR),
            Field.nullable("day", Type.DATE),
            Field.nullable("d", new Type.DecimalType(9, 2)),
            Field.nullable("id", Type.INT)));

    private void insert(int from, int to) {
        try (Sink sink = run.sink(false, options("out", LOG))) {
            run.write(sink, from, to);
            sink.finish();
        }
    }

    private static List<String> json(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(id -> "{\"id\":" + id + ",\"name\":\"name " + id + "\"}")
                .toList();
    }

    private Source stream() {
        return run.source(ConnectorRun.ID_AND_NAME, false, options("out", "log", "true", "scan.mode", "stream"));
    }

    /** Polls for so many batches with rows, or until everything was read. */
    private List<String> poll(SourceReader reader, int batches) {
        List<String> rows = new ArrayList<>();
        try (Batch batch = new Batch(ConnectorRun.ID_AND_NAME, 7, run.allocator())) {
            Status status = Status.PENDING;
            for (int read = 0; read < batches && status != Status.CAUGHT_UP; ) {
                batch.reset();
                status = ((SourceReader.Rows) reader).poll(batch);
                if (status == Status.DATA) {
                    rows.addAll(json(batch));
                    read++;
                }
            }
        }
        return rows;
    }

    @Test
    void rowsAreReadAsTheyCome() {
        insert(0, 20);
        try (Source source = stream();
                SourceReader reader = source.reader(source.partitions().get(0))) {
            assertEquals(json(0, 20), poll(reader, 100));
            assertEquals("20", reader.position());
            assertEquals(List.of(), poll(reader, 100));
            insert(20, 23);
            insert(23, 40);
            assertEquals(json(20, 40), poll(reader, 100));
            assertEquals("40", reader.position());
            assertEquals(0, reader.remaining());
        }
        assertEquals(json(0, 40), rows(ConnectorRun.ID_AND_NAME, options("out", LOG)));
    }

    @Test
    void goesOnBehindAnyBatch() {
        insert(0, 20);
        insert(20, 21);
        insert(21, 40);
        for (int batches = 0; batches <= 8; batches++) {
            List<String> rows = new ArrayList<>();
            String position;
            try (Source source = stream();
                    SourceReader reader = source.reader(source.partitions().get(0))) {
                rows.addAll(poll(reader, batches));
                position = reader.position();
                assertEquals(Integer.toString(rows.size()), position);
            }
            try (Source source = stream();
                    SourceReader reader = source.reader(source.partitions().get(0))) {
                reader.seek(position);
                rows.addAll(poll(reader, 100));
            }
            assertEquals(json(0, 40), rows, batches + " batches before");
        }
    }

    @Test
    void partsAreAboutAsLargeAsTheyMayBe() throws IOException {
        try (Sink sink = run.sink(false, options("out", "log", "true", "sink.rolling-policy.file-size", "100 kb"))) {
            run.write(sink, 0, 400_000);
            sink.finish();
        }
        try (Stream<Path> files = Files.list(directory.resolve("out"))) {
            long parts =
                    files.filter(file -> file.toString().endsWith(".parquet")).count();
            assertTrue(parts > 1, parts + " parts");
        }
        assertEquals(
                List.of("400000|400000"),
                duckdb.rows("SELECT count(*), count(DISTINCT id) FROM '" + path("out") + "/*.parquet'"));
    }

    @Test
    void aFileHasSeveralRowGroups() {
        try (Sink sink = run.sink(false, options("out"))) {
            run.write(sink, 0, 2_100_000);
            sink.finish();
        }
        assertEquals(
                List.of("2100000|2100000|2099999|name 2099999"),
                duckdb.rows("SELECT count(*), count(DISTINCT id), max(id), max_by(name, id) FROM '" + path("out")
                        + "/*.parquet'"));
        assertEquals(
                List.of("true"),
                duckdb.rows("SELECT count(DISTINCT row_group_id) > 1 FROM parquet_metadata('" + path("out")
                        + "/*.parquet')"));
        int[] counted = {0};
        read(ConnectorRun.ID_AND_NAME, batch -> counted[0] += batch.rows(), options("out"));
        assertEquals(2_100_000, counted[0]);
    }

    /** Readers pass over row groups by these. */
    @Test
    void statisticsAreThoseOfTheValues() {
        duckdb.write("""
                SELECT * REPLACE (d::DECIMAL(9, 2) AS d) FROM (VALUES (3::INT, -5::BIGINT, 'b', DATE '1969-12-31', (-1.50)::DECIMAL(9, 2), 1),
                  (-7, 9000000000, 'äz', DATE '2026-01-01', 2.25, 2), (NULL, NULL, NULL, NULL, NULL, 3),
                  (0, 0, '', DATE '2000-01-01', 0, 4)) AS t(i, l, s, day, d, id)
                """, path("from.parquet"));
        copy(STATISTICS, "from.parquet", "t.parquet");
        assertEquals(
                List.of(
                        "i|1|-7|3",
                        "l|1|-5|9000000000",
                        "s|1||äz",
                        "day|1|1969-12-31|2026-01-01",
                        "d|1|-1.50|2.25",
                        "id|0|1|4"),
                duckdb.rows(
                        "SELECT path_in_schema, stats_null_count, stats_min_value, stats_max_value FROM parquet_metadata('"
                                + path("t.parquet") + "')"));
        assertEquals(List.of("2"), duckdb.rows("SELECT id FROM '" + path("t.parquet") + "' WHERE s > 'c'"));
        assertEquals(List.of("2"), duckdb.rows("SELECT id FROM '" + path("t.parquet") + "' WHERE i < -6"));
    }
}
