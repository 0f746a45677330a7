package io.leat.runtime.connector.datagen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.OptionException;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.connector.SourceReader.Status;
import io.leat.runtime.connector.SourceTraits.End;
import io.leat.runtime.connector.format.TypedRows;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatagenTest extends GeneratedRows {

    // ---- determinism

    @Test
    void rowsDependOnSeedPartitionAndNumberOnly() {
        String[] options = {"number-of-rows", "1000", "partitions", "3", "rows-per-second", "0", "seed", "42"};
        List<List<String>> rows = partitions(TypedRows.SCHEMA, 4_096, options);
        assertEquals(List.of(334, 333, 333), rows.stream().map(List::size).toList());
        assertEquals(rows, partitions(TypedRows.SCHEMA, 1, options));
        assertEquals(rows, partitions(TypedRows.SCHEMA, 7, options));
        options[5] = "2000";
        assertEquals(rows, partitions(TypedRows.SCHEMA, 100, options), "speed changes nothing");
        assertNotEquals(rows.get(0), rows.get(1));
        options[7] = "43";
        assertNotEquals(rows, partitions(TypedRows.SCHEMA, 100, options));
    }

    @Test
    void aColumnDoesNotDependOnTheOthers() {
        String[] options = {"number-of-rows", "50"};
        Schema both = new Schema(List.of(
                Field.nullable("a", Type.INT), Field.nullable("b", Type.DOUBLE), Field.nullable("c", Type.VARCHAR)));
        List<String> alone = rows(schema("b", Type.DOUBLE), options);
        assertEquals(
                alone,
                rows(both, options).stream().map(line -> line.split(",", -1)[1]).toList());
    }

    @Test
    void theNumbersNeverChange() {
        Schema schema = new Schema(List.of(
                Field.nullable("i", Type.INT),
                Field.nullable("d", Type.DOUBLE),
                Field.nullable("s", Type.VARCHAR),
                Field.nullable("p", new Type.DecimalType(20, 2)),
                Field.nullable("ts", new Type.TimestampType(3, true))));
        assertEquals(GOLDEN, rows(schema, "number-of-rows", "3", "seed", "7", "event-time.jitter", "1 s"));
    }

    private static final List<String> GOLDEN = List.of(
            "591778,0.3004064960162782,21fff4754dde17ea,304230262459100259.57,2025-12-31T23:59:59.982Z",
            "966251,0.30484220678318685,71e5eaa0ce3eaf3c,657618029702999961.25,2025-12-31T23:59:59.489Z",
            "864474,0.2874538189349036,321ae482ae5e2158,127443755690921505.22,2025-12-31T23:59:59.752Z");

    // ---- speed, silence, ends

    @Test
    void rowsComeAtTheirSpeed() {
        Schema schema = schema("n", Type.INT);
        try (Source source = run.source(schema, false, "rows-per-second", "1000", "partitions", "2");
                SourceReader reader = source.reader(source.partitions().get(0));
                Batch batch = new Batch(schema, 100, run.allocator())) {
            SourceReader.Rows rows = (SourceReader.Rows) reader;
            assertEquals(Status.PENDING, rows.poll(batch));
            clock.advanceMillis(10);
            assertEquals(Status.DATA, rows.poll(batch));
            assertEquals(5, batch.rows());
            assertEquals("5", reader.position());
            assertEquals(-1, reader.remaining());
            batch.reset();
            assertEquals(Status.PENDING, rows.poll(batch));
            clock.advanceMillis(1_000);
            assertEquals(Status.DATA, rows.poll(batch));
            assertEquals(100, batch.rows(), "what is due comes batch by batch");
        }
    }

    @Test
    void aPartitionFallsSilent() {
        Schema schema = new Schema(
                List.of(Field.nullable("n", Type.INT), Field.nullable("ts", new Type.TimestampType(0, false))));
        String[] options = {
            "rows-per-second",
            "1000",
            "idle.partition",
            "0",
            "idle.after-rows",
            "3",
            "idle.rows",
            "20",
            "number-of-rows",
            "5",
            "event-time.step",
            "1 s",
            "fields.n.kind",
            "sequence"
        };
        try (Source source = run.source(schema, false, options);
                SourceReader reader = source.reader(source.partitions().get(0));
                Batch batch = new Batch(schema, 100, run.allocator())) {
            SourceReader.Rows rows = (SourceReader.Rows) reader;
            rows.poll(batch);
            clock.advanceMillis(10);
            assertEquals(Status.DATA, rows.poll(batch));
            assertEquals(3, batch.rows());
            batch.reset();
            assertEquals(Status.CAUGHT_UP, rows.poll(batch));
            clock.advanceMillis(12);
            assertEquals(Status.CAUGHT_UP, rows.poll(batch));
            clock.advanceMillis(3);
            assertEquals(Status.DATA, rows.poll(batch));
            assertEquals(2, batch.rows());
            assertEquals(23, batch.column(0).getLong(0), "the rows left out are left out");
            assertEquals(1_767_225_623_000_000L, batch.column(1).getLong(0));
            assertEquals(Status.END, rows.poll(batch));
        }
        options[1] = "0";
        List<String> lines = partitions(schema, 100, options).get(0);
        assertEquals(
                List.of("0", "1", "2", "23", "24"),
                lines.stream().map(line -> line.split(",", -1)[0]).toList());
    }

    @Test
    void traitsFollowTheEnd() {
        assertEquals(End.UNBOUNDED, run.sourceTraits().end());
        assertEquals(End.ENDING, run.sourceTraits("number-of-rows", "3").end());
        assertEquals(
                End.ENDING,
                run.sourceTraits("fields.a.kind", "sequence", "fields.a.end", "3")
                        .end());
        assertTrue(run.sourceTraits("number-of-rows", "3").stream());
        assertEquals(
                End.BOUNDED,
                run.sourceTraits("number-of-rows", "3", "scan.mode", "bounded").end());
        assertFalse(run.sourceTraits("number-of-rows", "3", "scan.mode", "bounded").stream());
        assertThrows(OptionException.class, () -> run.sourceTraits("scan.mode", "bounded"));
    }

    @Test
    void untilNowThereIsNothingWithoutEnd() {
        Schema schema = schema("n", Type.INT);
        for (String end : List.of("", "number-of-rows")) {
            String[] options = end.isEmpty() ? new String[0] : new String[] {end, "3", "rows-per-second", "0"};
            try (Source source = run.source(schema, true, options);
                    SourceReader reader = source.reader(source.partitions().get(0))) {
                assertEquals(
                        end.isEmpty() ? 0 : 3,
                        lines((SourceReader.Rows) reader, schema, 10).size());
            }
        }
    }

    // ---- errors

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "seed|x|option 'seed' is 'x', which is not a whole number",
                "partitions|0|option 'partitions' must be 1 at least",
                "partitions|2000|there can be 1024 partitions at most",
                "fields.a.kid|x|unknown option 'fields.a.kid'",
                "fields.a.kind|x|option 'fields.a.kind' is 'x', which is not random or sequence",
                "fields.a.null-rate|2|option 'fields.a.null-rate' is '2', which is not a number from 0 to 1",
                "fields.a.length|-1|option 'fields.a.length' is '-1', which is not a whole number up to 1048576",
                "fields.a.end|1.5|option 'fields.a.end' is '1.5', which is not a whole number",
                "fields.a.weights|1|there must be as many weights as values",
                "event-time.start|noon|'noon' is no time",
                "event-time.late-rate|3|a share is from 0 to 1",
                "event-time.jitter|PT-1S|option 'event-time.jitter' is 'PT-1S', which is not a duration such as '30 s' or '5 min'",
                "rows|3|unknown option 'rows'"
            })
    void badOptionsSaySo(String key, String value, String message) {
        OptionException error = assertThrows(OptionException.class, () -> run.sourceTraits(key, value));
        assertEquals(message, error.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "fields.n.min|x|'x' is no value of type TINYINT",
                "fields.n.max|128|'128' is no value of type TINYINT",
                "fields.n.max|-1|the range of 'n' is empty",
                "fields.n.values|1,x|'x' is no value of type TINYINT"
            })
    void optionsMustFitTheirColumn(String key, String value, String message) {
        ConnectorException error =
                assertThrows(ConnectorException.class, () -> run.source(schema("n", Type.TINYINT), false, key, value));
        assertEquals("table t, option '" + key + "': " + message, error.getMessage());
    }
}
