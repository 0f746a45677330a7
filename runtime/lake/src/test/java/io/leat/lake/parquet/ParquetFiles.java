package io.leat.lake.parquet;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.ConnectorRun;
import io.leat.runtime.connector.Sink;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.connector.SourceReader.RefusedRow;
import io.leat.runtime.connector.SourceReader.Status;
import io.leat.runtime.connector.file.FileConnector;
import io.leat.runtime.connector.format.JsonRows;
import io.leat.runtime.connector.format.RowWriter;
import io.leat.runtime.platform.Platform;
import io.leat.runtime.type.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Reads and writes Parquet files as the filesystem connector does. Tests end without anything left open. */
abstract class ParquetFiles {
    @TempDir
    Path directory;

    final ConnectorRun run = new ConnectorRun(new FileConnector(), Platform.system());
    final DuckDb duckdb = new DuckDb();
    final List<String> refusals = new ArrayList<>();
    int batchRows = Batch.DEFAULT_CAPACITY;

    @AfterEach
    void close() {
        duckdb.close();
        run.close();
    }

    String path(String name) {
        return directory.resolve(name).toString();
    }

    String[] options(String name, String... more) {
        List<String> all = new ArrayList<>(List.of("path", path(name), "format", "parquet"));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** Hands on the batches of a table, partition after partition. */
    void read(Schema schema, Consumer<Batch> taker, String... options) {
        try (Source source = run.source(schema, true, options);
                Batch batch = new Batch(schema, batchRows, run.allocator())) {
            for (Source.Partition partition : source.partitions()) {
                try (SourceReader reader = source.reader(partition)) {
                    drain((SourceReader.Rows) reader, batch, taker);
                }
            }
        }
    }

    /** Polls up to the end. */
    void drain(SourceReader.Rows reader, Batch batch, Consumer<Batch> taker) {
        Status status = Status.PENDING;
        while (status != Status.END) {
            batch.reset();
            status = reader.poll(batch);
            if (status == Status.DATA) {
                reader.refused().stream().map(RefusedRow::reason).forEach(refusals::add);
                taker.accept(batch);
            }
        }
    }

    /** The rows of a table as objects of JSON. */
    List<String> rows(Schema schema, String... options) {
        List<String> rows = new ArrayList<>();
        read(schema, batch -> rows.addAll(json(batch)), options);
        return rows;
    }

    List<String> json(Batch batch) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RowWriter writer = new JsonRows().open(batch.schema(), ZoneOffset.UTC, run.allocator(), bytes)) {
            writer.write(batch);
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** Writes what one table holds to another one. */
    void copy(Schema schema, String from, String to) {
        try (Sink sink = run.sink(schema, false, ZoneOffset.UTC, options(to))) {
            read(schema, sink::write, options(from));
            sink.finish();
        }
    }
}
