package io.leat.runtime.connector.datagen;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.ConnectorRun;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.connector.SourceReader.Status;
import io.leat.runtime.connector.TestClock;
import io.leat.runtime.connector.TestDisk;
import io.leat.runtime.connector.format.CsvRows;
import io.leat.runtime.connector.format.CsvSettings;
import io.leat.runtime.connector.format.RowWriter;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Makes rows and shows them as CSV lines: the base of tests of generated tables. */
abstract class GeneratedRows {
    final TestClock clock = new TestClock();
    final ConnectorRun run = new ConnectorRun(new DatagenConnector(), new TestDisk().platform(clock));

    @AfterEach
    void close() {
        run.close();
    }

    static Schema schema(String name, Type type) {
        return new Schema(List.of(Field.nullable(name, type)));
    }

    /** The rows of all partitions as CSV lines, one list per partition. */
    List<List<String>> partitions(Schema schema, int batchRows, String... options) {
        List<List<String>> partitions = new ArrayList<>();
        try (Source source = run.source(schema, false, options)) {
            for (Source.Partition partition : source.partitions()) {
                try (SourceReader reader = source.reader(partition)) {
                    partitions.add(lines((SourceReader.Rows) reader, schema, batchRows));
                }
            }
        }
        return partitions;
    }

    List<String> lines(SourceReader.Rows reader, Schema schema, int batchRows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CsvRows format = new CsvRows(new CsvSettings(',', '"', "NULL"), false);
        try (Batch batch = new Batch(schema, batchRows, run.allocator());
                RowWriter writer = format.open(schema, java.time.ZoneOffset.UTC, run.allocator(), out)) {
            Status status = reader.poll(batch);
            while (status != Status.END) {
                for (int row = 0; row < batch.rows(); row++) {
                    writer.write(batch, row);
                }
                batch.reset();
                clock.advanceMillis(1);
                status = reader.poll(batch);
            }
            writer.flush();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        String text = out.toString(StandardCharsets.UTF_8);
        return text.isEmpty() ? List.of() : Arrays.asList(text.split("\n"));
    }

    List<String> rows(Schema schema, String... options) {
        String[] all = Arrays.copyOf(options, options.length + 2);
        all[options.length] = "rows-per-second";
        all[options.length + 1] = "0";
        return partitions(schema, 100, all).get(0);
    }
}
