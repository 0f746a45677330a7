package io.leat.compiler.equality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.compiler.engine.ResultRows;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.kafka.KafkaBroker;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.local.Engine;
import io.leat.runtime.local.Job;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.local.JobReport;
import io.leat.runtime.local.ResultReceiver;
import io.leat.runtime.local.RowCounts;
import io.leat.runtime.type.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries over topics of a real broker: formats, keys and metadata as columns, where reading begins and where it ends. */
@Tag("broker")
class KafkaQueryTest {
    private static final QueryCompiler COMPILER = new QueryCompiler();
    private static final long START_MILLIS = 1_780_000_000_000L;

    private static KafkaBroker broker;
    private static Producer<byte[], byte[]> producer;
    private static Engine engine;

    @BeforeAll
    static void start() {
        broker = KafkaBroker.start();
        producer = broker.producer();
        engine = Engine.open();
    }

    @AfterAll
    static void stop() {
        producer.close();
        // Fails if a job left memory behind.
        engine.close();
        broker.close();
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private static void send(String topic, int partition, long millis, String key, String value) {
        try {
            producer.send(new ProducerRecord<>(topic, partition, millis, bytes(key), bytes(value)))
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private record Outcome(ResultRows rows, RowCounts counts) {}

    private static Outcome run(String query, boolean untilNow, int workers) {
        CompileOptions options =
                CompileOptions.defaults().withUntilNow(untilNow).withParallelism(workers);
        CompiledJob compiled =
                COMPILER.compile(new SourceText("topic.sql", query), options).job();
        ResultRows rows = new ResultRows();
        JobOptions jobOptions = JobOptions.defaults()
                .withParameters(Map.of("servers", broker.servers()))
                .withUntilNow(untilNow)
                .withResults(rows);
        try (Job job = engine.deploy(compiled, jobOptions)) {
            JobReport report = job.await();
            return new Outcome(
                    rows,
                    report.sources().isEmpty() ? null : report.sources().get(0).counts());
        }
    }

    private static String options(String topic, String more) {
        return "connector = 'kafka', topic = '" + topic + "', 'properties.bootstrap.servers' = '${servers}', " + more;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void csvValuesWithKeysAndMetadata(int workers) {
        String topic = "orders-" + workers;
        broker.createTopic(topic, 2);
        send(topic, 0, START_MILLIS, "ann", "1,\"nut, large\",1.50");
        send(topic, 0, START_MILLIS + 1, "bob", "2,bolt,0.25");
        send(topic, 0, START_MILLIS + 2, null, "3,,");
        send(topic, 0, START_MILLIS + 3, "cid", "x,broken,1");
        send(topic, 0, START_MILLIS + 4, "dan", null);
        send(topic, 1, START_MILLIS + 5, "\"eve, \"\"e\"\"\"", "4,\"two\nlines\",9.99\r\n");
        send(topic, 1, START_MILLIS + 6, "a,b", "5,key has two fields,1");
        Outcome outcome = run(
                """
                CREATE TABLE orders (customer STRING, id BIGINT, item STRING, price DECIMAL(8, 2),
                  part INT METADATA FROM 'partition' VIRTUAL, "offset" BIGINT METADATA VIRTUAL,
                  at TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL, "key" VARBINARY METADATA VIRTUAL,
                  "topic" STRING METADATA VIRTUAL)
                  WITH (%s);
                SELECT customer, id, item, price, part, "offset", at, "key", "topic" FROM orders;
                SELECT "partition", "$offset", reason FROM orders$rejected;
                """.formatted(options(
                        topic,
                        "'scan.reject-limit' = '1', 'key.format' = 'csv', 'key.fields' = 'customer',"
                                + " 'value.format' = 'csv', 'value.fields-include' = 'EXCEPT_KEY'")),
                true,
                workers);
        String micros = "|" + START_MILLIS / 1_000;
        assertEquals(
                List.of(
                        "NULL|3|NULL|NULL|0|2" + micros + "002000|NULL|" + topic,
                        "ann|1|nut, large|1.50|0|0" + micros + "000000|ann|" + topic,
                        "bob|2|bolt|0.25|0|1" + micros + "001000|bob|" + topic,
                        "eve, \"e\"|4|two\nlines|9.99|1|0" + micros + "005000|\"eve, \"\"e\"\"\"|" + topic),
                outcome.rows().sorted(0));
        List<String> rejected = outcome.rows().sorted(1);
        assertEquals(2, rejected.size(), rejected.toString());
        assertTrue(rejected.get(0).startsWith("0|3|TYPE_MISMATCH(id)"), rejected.toString());
        assertTrue(rejected.get(1).startsWith("1|1|MALFORMED: the key"), rejected.toString());
        assertEquals(7, outcome.counts().read());
        assertEquals(2, outcome.counts().rejected());
        assertEquals(4, outcome.counts().onTime());
        // A record without value is no row.
        assertEquals(1, outcome.counts().filtered());
    }

    @Test
    void whereReadingBeginsAndEnds() {
        broker.createTopic("starts", 1);
        for (int i = 0; i < 10; i++) {
            send("starts", 0, START_MILLIS + 1_000L * i, null, "{\"n\":" + i + "}");
        }
        assertEquals(numbers(0, 10), numbersFrom("'format' = 'json'", true));
        assertEquals(numbers(0, 10), numbersFrom("'format' = 'json', 'scan.bounded.mode' = 'latest-offset'", false));
        assertEquals(List.of(), numbersFrom("'format' = 'json', 'scan.startup.mode' = 'latest-offset'", true));
        assertEquals(
                numbers(7, 10),
                numbersFrom(
                        "'format' = 'json', 'scan.startup.mode' = 'specific-offsets',"
                                + " 'scan.startup.specific-offsets' = 'partition:0,offset:7'",
                        true));
        assertEquals(
                numbers(4, 10),
                numbersFrom(
                        "'format' = 'json', 'scan.startup.mode' = 'timestamp', 'scan.startup.timestamp-millis' = '"
                                + (START_MILLIS + 3_001) + "'",
                        true));
        send("starts", 0, START_MILLIS + 20_000, null, "{\"n\":10}");
        assertEquals(numbers(0, 11), numbersFrom("'format' = 'json'", true));
    }

    private static List<String> numbersFrom(String more, boolean untilNow) {
        String query = "CREATE TABLE t (n BIGINT) WITH (" + options("starts", more) + "); SELECT n FROM t;";
        return run(query, untilNow, 1).rows().sorted(0);
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).sorted().toList();
    }

    /** What comes while it runs is seen by a job that does not end, and a drain ends that one. */
    @Test
    void anEndlessJobSeesWhatComesLater() {
        broker.createTopic("endless", 1);
        send("endless", 0, START_MILLIS, null, "{\"n\":0}");
        String query = "CREATE TABLE t (n BIGINT) WITH (" + options("endless", "'format' = 'json'")
                + "); SELECT n FROM t WHERE n % 2 = 0;";
        CompiledJob compiled = COMPILER.compile(new SourceText("topic.sql", query), CompileOptions.defaults())
                .job();
        ResultRows rows = new ResultRows();
        JobOptions options = JobOptions.defaults()
                .withParameters(Map.of("servers", broker.servers()))
                .withResults(rows);
        try (Job job = engine.deploy(compiled, options)) {
            for (int i = 1; i < 5; i++) {
                long sent = i;
                await(job, counts -> counts.read() == sent);
                send("endless", 0, START_MILLIS, null, "{\"n\":" + i + "}");
            }
            await(job, counts -> counts.read() == 5);
            job.drain();
            assertTrue(job.await().drained());
        }
        assertEquals(List.of("0", "2", "4"), rows.sorted(0));
    }

    /** Keeps the rows of one result, and says when the first one came. */
    private static final class FirstRow implements ResultReceiver {
        private final CountDownLatch came = new CountDownLatch(1);
        private final ResultRows rows = new ResultRows();

        @Override
        public void begin(String title, Schema schema) {
            rows.begin(title, schema);
        }

        @Override
        public void rows(Batch batch) {
            rows.rows(batch);
            came.countDown();
        }

        @Override
        public void flush() {
            rows.flush();
        }

        @Override
        public void end() {
            rows.end();
        }
    }

    /** A window by the clock closes when the clock has passed it, though no row comes any more. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aWindowByTheClockClosesWithoutFurtherRows(int workers) throws InterruptedException {
        String topic = "clock" + workers;
        broker.createTopic(topic, 2);
        send(topic, 0, START_MILLIS, null, "{\"k\":1}");
        send(topic, 0, START_MILLIS, null, "{\"k\":2}");
        send(topic, 1, START_MILLIS, null, "{\"k\":1}");
        String query = "CREATE TABLE t (k INT, p AS PROCTIME()) WITH (" + options(topic, "'format' = 'json'")
                + "); FROM t |> CALL SESSION(p, INTERVAL '1' SECOND) |> AGGREGATE count(*) AS n, min(k) AS least"
                + " GROUP BY window_start, window_end |> SELECT n, least, window_end - window_start > INTERVAL '0' SECOND;";
        CompiledJob compiled = COMPILER.compile(
                        new SourceText("topic.sql", query),
                        CompileOptions.defaults().withParallelism(workers))
                .job();
        FirstRow receiver = new FirstRow();
        JobOptions options = JobOptions.defaults()
                .withParameters(Map.of("servers", broker.servers()))
                .withSettings(JobSettings.NONE.withEpochMillis(50))
                .withResults(receiver);
        try (Job job = engine.deploy(compiled, options)) {
            assertTrue(receiver.came.await(30, TimeUnit.SECONDS), "the window has closed");
            job.drain();
            job.await();
        }
        long rows = receiver.rows.sorted(0).stream()
                .mapToLong(row -> Long.parseLong(row.split("\\|")[0]))
                .sum();
        assertEquals(3, rows, receiver.rows.sorted(0).toString());
    }

    /** A partition in which nothing comes does not hold windows open for ever; what comes in it after that is late. */
    @Test
    void aSilentPartitionHoldsNothingBackAndItsLaterRowsAreLate() throws InterruptedException {
        broker.createTopic("silent", 2);
        send("silent", 1, START_MILLIS, null, "{\"ts\":\"2026-05-01T00:00:01Z\"}");
        send("silent", 0, START_MILLIS, null, "{\"ts\":\"2026-05-01T00:00:02Z\"}");
        send("silent", 0, START_MILLIS, null, "{\"ts\":\"2026-05-01T00:10:00Z\"}");
        String query = "CREATE TABLE t (ts TIMESTAMP_LTZ(3), WATERMARK FOR ts AS ts) WITH ("
                + options("silent", "'format' = 'json', 'scan.watermark.idle-timeout' = '100 ms'")
                + "); FROM t |> CALL TUMBLE(ts, INTERVAL '1' MINUTE) |> AGGREGATE count(*) AS n GROUP BY window_start;";
        CompiledJob compiled = COMPILER.compile(new SourceText("topic.sql", query), CompileOptions.defaults())
                .job();
        FirstRow receiver = new FirstRow();
        JobOptions options = JobOptions.defaults()
                .withParameters(Map.of("servers", broker.servers()))
                .withResults(receiver);
        try (Job job = engine.deploy(compiled, options)) {
            // Where all are silent nothing is raised, so the other partition goes on.
            while (!receiver.came.await(20, TimeUnit.MILLISECONDS)) {
                send("silent", 0, START_MILLIS, null, "{\"ts\":\"2026-05-01T00:10:00Z\"}");
            }
            send("silent", 1, START_MILLIS, null, "{\"ts\":\"2026-05-01T00:00:03Z\"}");
            await(job, counts -> counts.late() == 1);
            job.drain();
            job.await();
        }
        assertEquals(List.of("1777593600000000|2"), receiver.rows.sorted(0));
    }

    private static void await(Job job, Predicate<RowCounts> reached) {
        while (!job.isEnded() && job.report().sources().stream().noneMatch(source -> reached.test(source.counts()))) {
            Thread.onSpinWait();
        }
        assertFalse(job.isEnded(), () -> "the job ended: " + job.failure());
    }

    /** Rows that a query writes come back as they were: keys, values, NULLs. */
    @ParameterizedTest
    @ValueSource(strings = {"json", "csv"})
    void whatIsWrittenIsReadBack(String format) {
        String topic = "written-" + format;
        broker.createTopic(topic, 3);
        String table =
                "CREATE TABLE t (id BIGINT, name STRING, price DECIMAL(8, 2), ts TIMESTAMP(3), ok BOOLEAN) WITH ("
                        + options(
                                topic,
                                "'format' = '" + format + "', 'key.format' = '" + format + "', 'key.fields' = 'id'")
                        + ");";
        List<String> expected = new ArrayList<>();
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            String name = i % 7 == 0 ? null : "näme \"" + i + "\", \n" + (i % 5);
            values.append(i == 0 ? "" : ", ")
                    .append("(" + i + ", " + (name == null ? "NULL" : "'" + name + "'") + ", " + i + ".25,"
                            + " TIMESTAMP '2026-05-01 00:00:00.001', " + (i % 2 == 0) + ")");
            expected.add(i + "|" + (name == null ? "NULL" : name) + "|" + i + ".25|1777593600001000|" + (i % 2 == 0));
        }
        run(table + " INSERT INTO t VALUES " + values + ";", false, 1);
        assertEquals(
                expected.stream().sorted().toList(),
                run(table + " SELECT * FROM t;", true, 3).rows().sorted(0));
    }

    // ---- rows by key
    // -------------------------------------------------------------------------------------------------------

    /** Rows of a key replace each other, a record without value takes the row away, and what is told again is told once. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void rowsOfAKeyReplaceEachOther(int workers) {
        String topic = "users-" + workers;
        broker.createTopic(topic, 2);
        send(topic, 0, START_MILLIS, "{\"id\":1}", "{\"id\":1,\"name\":\"ann\",\"n\":1}");
        send(topic, 0, START_MILLIS, "{\"id\":2}", "{\"id\":2,\"name\":\"bob\",\"n\":2}");
        send(topic, 1, START_MILLIS, "{\"id\":3}", "{\"id\":3,\"name\":\"cid\",\"n\":3}");
        send(topic, 0, START_MILLIS, "{\"id\":1}", "{\"id\":1,\"name\":\"ann\",\"n\":5}");
        send(topic, 0, START_MILLIS, "{\"id\":1}", "{\"id\":1,\"name\":\"ann\",\"n\":5}");
        send(topic, 0, START_MILLIS, "{\"id\":2}", null);
        send(topic, 1, START_MILLIS, "{\"id\":9}", null);
        send(topic, 1, START_MILLIS, null, null);
        send(topic, 1, START_MILLIS, "{\"id\":3}", "{\"id\":3,\"name\":\"cid\",\"n\":\"x\"}");
        send(topic, 1, START_MILLIS, "{\"id\":4}", "{\"name\":\"dan\",\"n\":4}");
        String columns =
                "CREATE TABLE users (id BIGINT PRIMARY KEY NOT ENFORCED, name STRING NOT NULL, n INT) WITH (%s);\n";
        String table = columns.formatted(options(topic, "'format' = 'json', 'scan.reject-limit' = '1'"));
        Outcome rows = run(table + "SELECT id, name, n FROM users;", true, workers);
        assertEquals(List.of("1|ann|5", "3|cid|3", "4|dan|4"), rows.rows().sorted(0));
        assertEquals(10, rows.counts().read());
        assertEquals(2, rows.counts().rejected());
        assertEquals(6, rows.counts().onTime());
        assertEquals(2, rows.counts().filtered());
        assertEquals(
                List.of("12|3"),
                run(table + "SELECT sum(n) AS s, count(*) AS c FROM users;", true, workers)
                        .rows()
                        .sorted(0));
        assertEquals(
                List.of("+I|1|1", "+I|2|2", "+I|3|3", "+I|4|4", "+U|1|5", "-D|2|2", "-U|1|1"),
                run(table + "SELECT id, n FROM users EMIT CHANGES;", true, workers)
                        .rows()
                        .sorted(0));
        String alias = columns.formatted(
                        options(topic, "'key.format' = 'json', 'value.format' = 'json', 'scan.reject-limit' = '1'"))
                .replace("'kafka'", "'upsert-kafka'");
        assertEquals(
                List.of("1|5", "3|3", "4|4"),
                run(alias + "SELECT id, n FROM users;", true, workers).rows().sorted(0));
    }

    /** What is written by key is read by key: the groups as they are at the end, for whichever run reads them. */
    @ParameterizedTest
    @ValueSource(
            strings = {"'format' = 'json'", "'format' = 'csv', 'key.format' = 'csv'", "'format' = 'debezium-json'"})
    void groupsWrittenByKeyAreReadByKey(String format) {
        String topic = "groups-" + Math.floorMod(format.hashCode(), 1_000);
        broker.createTopic(topic, 3);
        String table =
                "CREATE TABLE g (k STRING PRIMARY KEY NOT ENFORCED, n BIGINT) WITH (" + options(topic, format) + ");\n";
        run("""
                CREATE TABLE t (k STRING, v INT);
                INSERT INTO t VALUES ('a', 1), ('b', 2), ('a', 3);
                %s
                INSERT INTO g SELECT k, sum(v) AS n FROM t GROUP BY k;
                """.formatted(table), false, 1);
        String query = table + "SELECT k, n FROM g;";
        assertEquals(List.of("a|4", "b|2"), run(query, true, 3).rows().sorted(0));
    }

    /** As of a time the version counts that was written last: a record without value ends it at the time of the record. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void versionsOfAKeyAsOfATime(int workers) {
        String topic = "rates-" + workers;
        broker.createTopic(topic, 2);
        send(topic, 0, START_MILLIS, "{\"currency\":\"EUR\"}", "{\"currency\":\"EUR\",\"rate\":110}");
        send(topic, 1, START_MILLIS, "{\"currency\":\"USD\"}", "{\"currency\":\"USD\",\"rate\":100}");
        send(topic, 0, START_MILLIS + 10, "{\"currency\":\"EUR\"}", "{\"currency\":\"EUR\",\"rate\":111}");
        send(topic, 0, START_MILLIS + 20, "{\"currency\":\"EUR\"}", null);
        send(topic, 0, START_MILLIS + 30, "{\"currency\":\"EUR\"}", "{\"currency\":\"EUR\",\"rate\":112}");
        String orders = "orders-of-rates-" + workers;
        broker.createTopic(orders, 3);
        int[] after = {0, 9, 10, 19, 20, 29, 30, 40};
        for (int i = 0; i < after.length; i++) {
            send(orders, i % 3, START_MILLIS + after[i], null, "{\"id\":" + i + ",\"currency\":\"EUR\"}");
        }
        send(orders, 0, START_MILLIS + 41, null, "{\"id\":8,\"currency\":\"USD\"}");
        String script = """
                CREATE TABLE rates (currency STRING PRIMARY KEY NOT ENFORCED, rate INT NOT NULL,
                  ts TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL, WATERMARK FOR ts AS ts - INTERVAL '1' SECOND) WITH (%s);
                CREATE TABLE orders (id INT, currency STRING,
                  ts TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL, WATERMARK FOR ts AS ts - INTERVAL '1' SECOND) WITH (%s);
                SELECT o.id, r.rate FROM orders AS o LEFT JOIN rates FOR SYSTEM_TIME AS OF o.ts AS r ON o.currency = r.currency;
                """.formatted(options(topic, "'format' = 'json'"), options(orders, "'format' = 'json'"));
        assertEquals(
                List.of("0|110", "1|110", "2|111", "3|111", "4|NULL", "5|NULL", "6|112", "7|112", "8|100"),
                run(script, true, workers).rows().sorted(0));
    }

    /** Where the time is in the value, a record without one has no time: it is rejected, and ends nothing. */
    @Test
    void versionsThatEndWithoutATime() {
        String topic = "rates-of-values";
        broker.createTopic(topic, 1);
        send(topic, 0, START_MILLIS, "{\"currency\":\"EUR\"}", "{\"currency\":\"EUR\",\"at\":1000}");
        send(topic, 0, START_MILLIS, "{\"currency\":\"EUR\"}", null);
        String script = """
                CREATE TABLE rates (currency STRING PRIMARY KEY NOT ENFORCED, at BIGINT NOT NULL,
                  ts AS TO_TIMESTAMP_LTZ(at, 3), WATERMARK FOR ts AS ts) WITH (%s);
                CREATE TABLE orders (id INT, currency STRING, ts TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL, WATERMARK FOR ts AS ts) WITH (%s);
                SELECT o.id, r.at FROM orders AS o JOIN rates FOR SYSTEM_TIME AS OF o.ts AS r ON o.currency = r.currency;
                """;
        String orders = "orders-of-values";
        broker.createTopic(orders, 1);
        send(orders, 0, START_MILLIS, null, "{\"id\":1,\"currency\":\"EUR\"}");
        Outcome outcome = run(
                script.formatted(
                        options(topic, "'format' = 'json', 'scan.reject-limit' = '1'"),
                        options(orders, "'format' = 'json'")),
                true,
                1);
        assertEquals(List.of("1|1000"), outcome.rows().sorted(0));
    }
}
