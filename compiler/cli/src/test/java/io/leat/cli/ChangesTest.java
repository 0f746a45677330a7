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

/** Changes of results, shown and written, down to the byte. The expected texts are written by hand. */
class ChangesTest {
    private static final String TABLE = """
            CREATE TABLE t (k STRING, v INT);
            INSERT INTO t VALUES ('a', 1), ('b', 2), ('a', 3), ('b', NULL);
            """;
    /** Groups of one size: the group of a leaves the size 1 when its second row comes, and so does that of b. */
    private static final String SIZES =
            "SELECT n, count(*) AS ks FROM (SELECT k, count(*) AS n FROM t GROUP BY k) AS g GROUP BY n EMIT CHANGES;";

    @TempDir
    Path directory;

    private String written(String options, String query, String file) throws IOException {
        String table = "CREATE TABLE out (%s) WITH (connector = 'filesystem', path = '%s', %s);\n"
                .formatted(
                        options.substring(0, options.indexOf('|')),
                        directory.resolve(file),
                        options.substring(options.indexOf('|') + 1));
        Outcome outcome = new Shell(directory).run(TABLE + table + query);
        assertEquals(0, outcome.exitCode(), outcome.errors());
        return Files.readString(directory.resolve(file));
    }

    @Test
    void everyChangeIsShown() {
        assertEquals(
                """
                op,n,ks
                +I,1,1
                -U,1,1
                +U,1,2
                -U,1,2
                +U,1,1
                +I,2,1
                -D,1,1
                -U,2,1
                +U,2,2

                """, new Shell(directory).run(TABLE + SIZES, "--output", "csv").output());
        assertTrue(new Shell(directory)
                .run(TABLE + SIZES, "--output", "ndjson")
                .output()
                .startsWith("{\"op\":\"+I\",\"n\":1,\"ks\":1}\n{\"op\":\"-U\",\"n\":1,\"ks\":1}\n"));
        assertTrue(new Shell(directory)
                .run(TABLE + SIZES, "--output", "box")
                .output()
                .contains("│ -U │ 1 │  1 │"));
    }

    /** A first column op takes the kind of each change, in any format of files. */
    @Test
    void filesTakeTheKindAsAColumn() throws IOException {
        String query = "INSERT INTO out SELECT k, sum(v) FROM t GROUP BY k EMIT CHANGES;";
        assertEquals(
                """
                op,k,s
                +I,a,1
                +I,b,2
                -U,a,1
                +U,a,4
                """, written("op STRING, k STRING, s BIGINT|format = 'csv', 'csv.header' = 'true'", query, "o.csv"));
        assertEquals(
                """
                {"op":"+I","s":1,"k":"a"}
                {"op":"+I","s":2,"k":"b"}
                {"op":"-U","s":1,"k":"a"}
                {"op":"+U","s":4,"k":"a"}
                """,
                written(
                        "op STRING, s BIGINT, k STRING|format = 'json'",
                        query.replace("out ", "out (k, s) "),
                        "o.json"));
    }

    @Test
    void anOpColumnOfOnesOwnIsFilledByTheQuery() throws IOException {
        assertEquals(
                "x,a\nx,b\n",
                written(
                        "op STRING, k STRING|format = 'csv'",
                        "INSERT INTO out SELECT DISTINCT 'x', k FROM t;",
                        "o.csv"));
    }

    /** Within an epoch a row that came and went is not told, and a correction is one record. */
    @Test
    void debeziumFilesTakeWhatIsLeftOfAnEpoch() throws IOException {
        assertEquals(
                """
                {"before":null,"after":{"k":"a","s":4},"op":"c"}
                {"before":null,"after":{"k":"b","s":2},"op":"c"}
                """,
                written(
                        "k STRING, s BIGINT|format = 'debezium-json'",
                        "INSERT INTO out SELECT k, sum(v) FROM t GROUP BY k;",
                        "o.json"));
        assertEquals(
                """
                {"before":null,"after":{"n":2,"ks":2},"op":"c"}
                """, written("n BIGINT, ks BIGINT|format = 'debezium-json'", "INSERT INTO out " + SIZES, "p.json"));
    }

    @ParameterizedTest
    @CsvSource({"'', a;b;a;b", "' EMIT FINAL', a;b;a;b", "' EMIT CHANGES', a;b;a;b"})
    void debeziumFilesTakeRowsThatOnlyCome(String emit, String keys) throws IOException {
        StringBuilder expected = new StringBuilder();
        for (String key : keys.split(";")) {
            expected.append("{\"before\":null,\"after\":{\"k\":\"").append(key).append("\"},\"op\":\"c\"}\n");
        }
        assertEquals(
                expected.toString(),
                written("k STRING|format = 'debezium-json'", "INSERT INTO out SELECT k FROM t" + emit + ";", "o.json"));
    }
}
