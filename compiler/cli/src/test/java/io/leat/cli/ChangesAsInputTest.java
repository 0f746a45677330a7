package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes that are read from files, down to the byte. The expected texts are written by hand. */
class ChangesAsInputTest {
    @TempDir
    Path directory;

    /** What is shown of a table with these records, every change, and what is said of its rows. */
    private String read(String columns, String options, String records) throws IOException {
        Files.writeString(directory.resolve("c.json"), records);
        Outcome outcome = new Shell(directory)
                .run(
                        "CREATE TABLE c (%s) WITH (connector = 'filesystem', path = '%s', %s);\nFROM c EMIT CHANGES;"
                                .formatted(columns, directory.resolve("c.json"), options),
                        "--output",
                        "csv");
        assertEquals(0, outcome.exitCode(), outcome.errors());
        return outcome.output() + outcome.errors();
    }

    private static void assertHas(String text, String part) {
        assertTrue(text.contains(part), text);
    }

    /** A record is as it is, or a payload beside its schema; an update is told as both rows, a deletion as the one before. */
    @Test
    void debeziumRecordsAsTheyAre() throws IOException {
        String told = read("k STRING, v INT", "format = 'debezium-json'", """
                {"before":null,"after":{"k":"a","v":1},"op":"c","ts_ms":1}
                {"schema":{"op":"d"},"payload":{"op":"r","before":null,"after":{"k":"b","v":2},"source":{"after":3}}}
                {"op":"u","before":{"k":"a","v":1},"after":{"k":"a","v":3}}
                {"payload":{"op":"d","before":{"v":2,"k":"b"},"after":null}}
                """);
        assertHas(told, "op,k,v\n+I,a,1\n+I,b,2\n-D,a,1\n+I,a,3\n-D,b,2\n");
        assertHas(told, "c: 5 rows read = 5 taken");
    }

    /** By key an update needs no row before it, what is told again is told once, and an unknown row cannot go. */
    @Test
    void debeziumRecordsByKey() throws IOException {
        String told = read("k STRING PRIMARY KEY NOT ENFORCED, v INT", "format = 'debezium-json'", """
                {"before":null,"after":{"k":"a","v":1},"op":"c"}
                {"before":null,"after":{"k":"a","v":1},"op":"r"}
                {"before":null,"after":{"k":"b","v":2},"op":"u"}
                {"before":null,"after":{"k":"a","v":3},"op":"u"}
                {"before":{"k":"z","v":9},"after":null,"op":"d"}
                {"before":{"k":"b","v":null},"after":null,"op":"d"}
                """);
        assertHas(told, "op,k,v\n+I,a,1\n+I,b,2\n-U,a,1\n+U,a,3\n-D,b,2\n");
        assertHas(told, "c: 6 rows read = 4 taken + 2 filtered");
    }

    /** What does not say what happened, or to what, is a rejected record; so is a row that goes and never came. */
    @Test
    void recordsThatAreNoChanges() throws IOException {
        String told = read("k STRING, v INT NOT NULL", "format = 'debezium-json', 'scan.reject-limit' = '1'", """
                {"before":null,"after":{"k":"a","v":1}}
                {"before":null,"after":{"k":"a","v":1},"op":"t"}
                {"before":null,"after":null,"op":"c"}
                {"before":null,"after":{"k":"a","v":2},"op":"u"}
                {"before":{"k":"a"},"after":{"k":"a","v":2},"op":"u"}
                {"before":{"k":"a","v":1},"after":{"k":"a","v":"2"},"op":"u"}
                {"before":{"k":"q","v":1},"after":null,"op":"d"}
                {"payload":null}
                ["c"]
                {"op":"c","after":{"k":"a","v":1}
                {"op":"c","after":{"k":"a","v":5}}

                """);
        assertHas(told, "op,k,v\n+I,a,5\n\n");
        assertHas(told, "c: 11 rows read = 1 taken + 10 rejected");
        assertHas(told, "BAD_CHANGE: a change with no op of c, r, u or d");
        assertHas(told, "BAD_CHANGE: a change with no row after it");
    }

    /** Files of a changelog are one log, in the order of their paths, whoever reads them. */
    @ParameterizedTest
    @CsvSource({"1", "3"})
    void filesFollowEachOther(int workers) throws IOException {
        Path folder = Files.createDirectory(directory.resolve("c"));
        Files.writeString(folder.resolve("3.csv"), "-D,a,\n+I,c,5\n");
        Files.writeString(folder.resolve("1.csv"), "+I,a,1\n+I,b,2\n");
        Files.writeString(folder.resolve("2.csv"), "+U,b,3\n+I,a,9\n");
        Outcome outcome = new Shell(directory)
                .run(
                        "CREATE TABLE c (op STRING, k STRING PRIMARY KEY NOT ENFORCED, v INT) WITH"
                                + " (connector = 'filesystem', path = '" + folder
                                + "', format = 'csv', 'csv.header' = 'false', changelog = 'op');\n"
                                + "SELECT * FROM c ORDER BY k;",
                        "--output",
                        "csv",
                        "--parallelism",
                        String.valueOf(workers));
        assertEquals("k,v\nb,3\nc,5\n\n", outcome.output(), outcome.errors());
    }

    /** Changes that were written are read as what they say, whatever the format: the sums are the same. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "op STRING, n BIGINT, ks BIGINT | format = 'json', changelog = 'op'",
                "op STRING, n BIGINT, ks BIGINT | format = 'csv', changelog = 'op'",
                "op STRING, n BIGINT PRIMARY KEY NOT ENFORCED, ks BIGINT | format = 'csv', changelog = 'op'",
                "n BIGINT, ks BIGINT | format = 'debezium-json'",
                "n BIGINT PRIMARY KEY NOT ENFORCED, ks BIGINT | format = 'debezium-json'"
            })
    void changesGoOutAndComeIn(String columns, String options) {
        Outcome outcome =
                new Shell(directory).run("""
                        CREATE TABLE t (k STRING, v INT);
                        INSERT INTO t VALUES ('a', 1), ('b', 2), ('a', 3), ('b', NULL);
                        CREATE TABLE c (%s) WITH (connector = 'filesystem', path = '%s', %s);
                        INSERT INTO c
                        SELECT n, count(*) AS ks FROM (SELECT k, count(*) AS n FROM t GROUP BY k) AS g GROUP BY n EMIT CHANGES;
                        SELECT * FROM c ORDER BY n;
                        SELECT sum(ks) AS s FROM c;
                        """.formatted(columns, directory.resolve("c"), options), "--output", "csv");
        assertEquals("n,ks\n2,2\n\ns\n2\n\n", outcome.output(), outcome.errors());
    }

    /** As of a time, what Debezium tells of a key are its versions: a deletion has the time that the row before it says. */
    @Test
    void debeziumRecordsAsVersions() throws IOException {
        Files.writeString(directory.resolve("r.json"), """
                {"before":null,"after":{"k":"a","v":1,"ts":"2026-01-01T00:00:01"},"op":"c"}
                {"before":{"k":"a","v":1,"ts":"2026-01-01T00:00:01"},"after":{"k":"a","v":2,"ts":"2026-01-01T00:00:03"},"op":"u"}
                {"before":{"k":"a","v":null,"ts":"2026-01-01T00:00:05"},"after":null,"op":"d"}
                {"before":null,"after":{"k":"b","v":9,"ts":"2026-01-01T00:00:06"},"op":"r"}
                """);
        Files.writeString(directory.resolve("l.json"), """
                {"id":1,"k":"a","ts":"2026-01-01T00:00:02"}
                {"id":2,"k":"a","ts":"2026-01-01T00:00:04"}
                {"id":3,"k":"a","ts":"2026-01-01T00:00:05"}
                {"id":4,"k":"b","ts":"2026-01-01T00:00:07"}
                """);
        Outcome outcome = new Shell(directory)
                .run("""
                CREATE TABLE r (k STRING PRIMARY KEY NOT ENFORCED, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
                  WITH (connector = 'filesystem', path = '%s', format = 'debezium-json');
                CREATE TABLE l (id INT, k STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
                  WITH (connector = 'filesystem', path = '%s', format = 'json');
                SELECT l.id, r.v FROM l LEFT JOIN r FOR SYSTEM_TIME AS OF l.ts ON l.k = r.k;
                """.formatted(directory.resolve("r.json"), directory.resolve("l.json")), "--output", "csv");
        assertEquals(0, outcome.exitCode(), outcome.errors());
        assertEquals("id,v\n1,1\n2,2\n3,\n4,9", outcome.output().strip());
    }
}
