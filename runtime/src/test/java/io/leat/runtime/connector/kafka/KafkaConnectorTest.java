package io.leat.runtime.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.ConnectorRun;
import io.leat.runtime.connector.Drained;
import io.leat.runtime.connector.Sink;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.connector.SourceReader.Status;
import io.leat.runtime.decode.RecordChunk;
import io.leat.runtime.platform.Platform;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("broker")
class KafkaConnectorTest extends BrokerTopics {

    // ---- where reading begins and ends

    @Test
    void everyStartMode() {
        numbers(10);
        assertEquals(texts(0, 10), values());
        assertEquals(texts(0, 10), values("scan.startup.mode", "earliest-offset"));
        assertEquals(List.of(), values("scan.startup.mode", "latest-offset"));
        assertEquals(
                texts(7, 10),
                values(
                        "scan.startup.mode",
                        "specific-offsets",
                        "scan.startup.specific-offsets",
                        "partition:0,offset:7"));
        assertEquals(texts(4, 10), values("scan.startup.mode", "timestamp", "scan.startup.timestamp-millis", "3001"));
        assertEquals(
                List.of(), values("scan.startup.mode", "timestamp", "scan.startup.timestamp-millis", "99999999999999"));
    }

    @Test
    void untilNowEndsWhereTheTopicEnded() {
        numbers(5);
        try (Source source = source(true);
                SourceReader reader = source.reader(source.partitions().get(0))) {
            assertEquals(5, reader.remaining());
            send(0, null, null, "too late");
            assertEquals(texts(0, 5), Drained.toEnd(reader, run.allocator()).records());
            assertEquals("5", reader.position());
            assertEquals(0, reader.remaining());
        }
        assertEquals(
                List.of("too late"),
                values(
                        "scan.startup.mode",
                        "specific-offsets",
                        "scan.startup.specific-offsets",
                        "partition:0,offset:5"));
        try (Source source = source(false, "scan.bounded.mode", "latest-offset");
                SourceReader reader = source.reader(source.partitions().get(0))) {
            send(0, null, null, "too late");
            assertEquals(6, Drained.toEnd(reader, run.allocator()).records().size());
        }
    }

    @Test
    void latestSeesWhatComesAfterwards() {
        numbers(3);
        try (Source source = source(false, "scan.startup.mode", "latest-offset");
                SourceReader reader = source.reader(source.partitions().get(0))) {
            send(0, null, null, "new");
            assertEquals(
                    List.of("new"),
                    Drained.until(reader, run.allocator(), Status.CAUGHT_UP).records());
        }
    }

    @Test
    void anUnboundedReaderCatchesUpAgainAndAgain() {
        numbers(3);
        try (Source source = source(false);
                SourceReader reader = source.reader(source.partitions().get(0))) {
            assertEquals(
                    texts(0, 3),
                    Drained.until(reader, run.allocator(), Status.CAUGHT_UP).records());
            for (int i = 3; i < 6; i++) {
                send(0, null, null, Integer.toString(i));
                // What was observed before the record does not count for long.
                List<String> seen = new ArrayList<>();
                while (seen.isEmpty()) {
                    seen.addAll(Drained.until(reader, run.allocator(), Status.CAUGHT_UP)
                            .records());
                }
                assertEquals(texts(i, i + 1), seen);
            }
            assertEquals(-1, reader.remaining());
        }
    }

    @Test
    void aBrokerOutOfReachIsNotTheEndOfATopic() {
        numbers(3);
        try (Source source = source(false);
                SourceReader reader = source.reader(source.partitions().get(0))) {
            Drained.until(reader, run.allocator(), Status.CAUGHT_UP);
            long start = System.nanoTime();
            try (RecordChunk chunk = new RecordChunk(run.allocator())) {
                while (System.nanoTime() - start < 1_500_000_000L) {
                    assertEquals(Status.CAUGHT_UP, ((SourceReader.Records) reader).poll(chunk));
                }
            }
            broker.suspend();
            try {
                Drained.until(reader, run.allocator(), Status.PENDING);
            } finally {
                broker.resume();
            }
            send(0, null, null, "back");
            List<String> seen = new ArrayList<>();
            while (seen.isEmpty()) {
                seen.addAll(
                        Drained.until(reader, run.allocator(), Status.CAUGHT_UP).records());
            }
            assertEquals(List.of("back"), seen);
        }
    }

    @Test
    void offsetsOutOfRangeNameTheRange() throws ExecutionException, InterruptedException {
        numbers(10);
        deleteBefore(4);
        assertEquals(texts(4, 10), values());
        for (int offset : new int[] {3, 11}) {
            ConnectorException error = assertThrows(
                    ConnectorException.class,
                    () -> values(
                            "scan.startup.mode",
                            "specific-offsets",
                            "scan.startup.specific-offsets",
                            "partition:0,offset:" + offset));
            assertEquals(Kind.IO, error.kind());
            assertEquals(
                    "topic '" + topic + "', partition 0: there is no offset " + offset + "; it holds 4 to 9",
                    error.getMessage());
        }
        ConnectorException partition = assertThrows(
                ConnectorException.class,
                () -> values(
                        "scan.startup.mode",
                        "specific-offsets",
                        "scan.startup.specific-offsets",
                        "partition:1,offset:0"));
        assertEquals(Kind.CONFIGURATION, partition.kind());
    }

    @Test
    void recordsDeletedUnderTheReaderAreAnError() throws ExecutionException, InterruptedException {
        numbers(10);
        try (Source source = source(true);
                SourceReader reader = source.reader(source.partitions().get(0))) {
            deleteBefore(6);
            ConnectorException error =
                    assertThrows(ConnectorException.class, () -> Drained.toEnd(reader, run.allocator()));
            assertEquals(Kind.IO, error.kind());
            assertEquals(
                    "topic '" + topic
                            + "', partition 0: records 0 to 5 were deleted before they were read (DATA_EXPIRED;"
                            + " 'scan.data-expired' = 'continue' goes on without them); it holds 6 to 9",
                    error.getMessage());
        }
    }

    private void deleteBefore(long offset) throws ExecutionException, InterruptedException {
        try (Admin admin = broker.admin()) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    @Test
    void anUnknownTopicIsMissingInput() {
        ConnectorException error = assertThrows(ConnectorException.class, () -> values());
        assertEquals(Kind.INPUT_MISSING, error.kind());
        assertEquals("there is no topic '" + topic + "' at " + broker.servers(), error.getMessage());
        topic = "no topic";
        assertEquals(
                Kind.CONFIGURATION,
                assertThrows(ConnectorException.class, () -> values()).kind());
    }

    // ---- transactions

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void abortedRecordsAreNotSeen(boolean lastAborted) {
        topic += lastAborted;
        broker.createTopic(topic, 1);
        try (Producer<byte[], byte[]> transactional = producer(Map.of("transactional.id", topic))) {
            transactional.initTransactions();
            List<String> committed = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                boolean abort = i % 2 == (lastAborted ? 1 : 0);
                transactional.beginTransaction();
                send(transactional, 0, null, null, (abort ? "aborted " : "committed ") + i);
                if (abort) {
                    transactional.abortTransaction();
                } else {
                    transactional.commitTransaction();
                    committed.add("committed " + i);
                }
            }
            assertEquals(committed, values(), "the end is behind marks and aborted records");
            transactional.beginTransaction();
            send(transactional, 0, null, null, "open");
            assertEquals(committed, values(), "what is open is not there yet");
            try (Source source = source(false);
                    SourceReader reader = source.reader(source.partitions().get(0))) {
                assertEquals(
                        committed,
                        Drained.until(reader, run.allocator(), Status.CAUGHT_UP).records());
                assertEquals("12", reader.position());
                transactional.commitTransaction();
                List<String> seen = new ArrayList<>();
                while (seen.isEmpty()) {
                    seen.addAll(Drained.until(reader, run.allocator(), Status.CAUGHT_UP)
                            .records());
                }
                assertEquals(List.of("open"), seen);
            }
        }
    }

    // ---- what a record knows

    @Test
    void recordsKeepKeyOffsetAndTime() {
        broker.createTopic(topic, 2);
        send(1, 1_767_225_600_123L, "key", "value");
        send(1, 5L, null, null);
        send(1, 6L, "", "");
        try (Source source = source(true)) {
            assertEquals(List.of(new Source.Partition(0, "0"), new Source.Partition(1, "1")), source.partitions());
            try (SourceReader reader = source.reader(source.partitions().get(1));
                    RecordChunk chunk = new RecordChunk(run.allocator())) {
                assertEquals(Map.of("topic", topic, "partition", 1), reader.constants());
                Status status = ((SourceReader.Records) reader).poll(chunk);
                while (status != Status.DATA) {
                    assertEquals(Status.PENDING, status);
                    status = ((SourceReader.Records) reader).poll(chunk);
                }
                assertEquals(3, chunk.records());
                assertEquals(5, chunk.length(0));
                assertEquals(3, chunk.keyLength(0));
                assertEquals(0, chunk.offset(0));
                assertEquals(1_767_225_600_123_000L, chunk.timestamp(0));
                assertEquals("CreateTime", chunk.timestampType(0));
                assertEquals(0, chunk.leaderEpoch(0));
                assertEquals(-1, chunk.length(1));
                assertEquals(-1, chunk.keyLength(1));
                assertEquals(5_000, chunk.timestamp(1));
                assertEquals(0, chunk.length(2));
                assertEquals(0, chunk.keyLength(2));
                assertEquals(2, chunk.offset(2));
                assertEquals("3", reader.position());
            }
        }
    }

    @Test
    void theBrokersTimeIsNamedAsSuch() {
        broker.createTopic(topic, 1, Map.of("message.timestamp.type", "LogAppendTime"));
        send(0, 5L, null, "x");
        try (Source source = source(true);
                SourceReader reader = source.reader(source.partitions().get(0));
                RecordChunk chunk = new RecordChunk(run.allocator())) {
            while (((SourceReader.Records) reader).poll(chunk) != Status.DATA) {
                Thread.onSpinWait();
            }
            assertEquals("LogAppendTime", chunk.timestampType(0));
            assertNotEquals(5_000, chunk.timestamp(0));
        }
    }

    // ---- many partitions, much data, several threads

    @Test
    void partitionsOfOneThreadAreReadInTurn() {
        int partitions = 12;
        int each = 400;
        broker.createTopic(topic, partitions);
        sendMany(partitions * each, partitions, 0);
        Map<SourceReader, List<String>> seen = new LinkedHashMap<>();
        try (Source source = source(true);
                RecordChunk chunk = new RecordChunk(run.allocator())) {
            source.partitions().forEach(partition -> seen.put(source.reader(partition), new ArrayList<>()));
            int ended = 0;
            while (ended < partitions) {
                ended = 0;
                for (Map.Entry<SourceReader, List<String>> entry : seen.entrySet()) {
                    Status status = ((SourceReader.Records) entry.getKey()).poll(chunk);
                    if (status == Status.DATA) {
                        for (int i = 0; i < chunk.records(); i++) {
                            entry.getValue().add(Long.toString(chunk.offset(i)));
                        }
                    }
                    ended += status == Status.UP_TO_NOW ? 1 : 0;
                }
            }
            seen.keySet().forEach(SourceReader::close);
        }
        seen.values().forEach(offsets -> assertEquals(texts(0, each), offsets));
    }

    @Test
    void aReaderThatIsNotPolledDoesNotStopTheOthers() {
        broker.createTopic(topic, 2);
        int size = 500_000;
        sendMany(80, 2, size);
        try (Source source = source(true);
                SourceReader idle = source.reader(source.partitions().get(0));
                SourceReader busy = source.reader(source.partitions().get(1));
                RecordChunk chunk = new RecordChunk(run.allocator())) {
            Status first = ((SourceReader.Records) idle).poll(chunk);
            int taken = first == Status.DATA ? chunk.records() : 0;
            assertEquals(40, Drained.toEnd(busy, run.allocator()).records().size());
            assertEquals(
                    40, taken + Drained.toEnd(idle, run.allocator()).records().size());
        }
    }

    @Test
    void threadsHaveConsumersOfTheirOwn() {
        int partitions = 4;
        broker.createTopic(topic, partitions);
        sendMany(4_000, partitions, 0);
        try (Source source = source(true)) {
            List<CompletableFuture<Integer>> counts = new ArrayList<>();
            for (Source.Partition partition : source.partitions()) {
                CompletableFuture<Integer> count = new CompletableFuture<>();
                counts.add(count);
                // Made here and read there: what counts is who polls.
                SourceReader reader = source.reader(partition);
                Platform.system().threads().start("reader " + partition.name(), 0, () -> {
                    try (reader) {
                        count.complete(
                                Drained.toEnd(reader, run.allocator()).records().size());
                    } catch (RuntimeException | Error e) {
                        count.completeExceptionally(e);
                    }
                });
            }
            counts.forEach(count -> assertEquals(1_000, count.join()));
        }
    }

    @Test
    void aReaderMayBeOpenedAgainAfterTheLastWasClosed() {
        numbers(3);
        try (Source source = source(true)) {
            for (int i = 0; i < 2; i++) {
                try (SourceReader reader = source.reader(source.partitions().get(0))) {
                    assertEquals(
                            texts(0, 3), Drained.toEnd(reader, run.allocator()).records());
                }
            }
        }
    }

    // ---- writing

    @Test
    void rowsReadBackAsWritten() {
        try (Sink sink = run.sink(false, options())) {
            run.write(sink, 0, 1_000);
            sink.endEpoch(1);
            assertEquals(1_000, values().size(), "they are there when the epoch ends");
            run.write(sink, 1_000, 1_001);
            sink.finish();
            assertEquals("1001 rows in topic " + topic, sink.summary());
        }
        List<String> values = values();
        for (int id = 0; id <= 1_000; id++) {
            assertEquals("{\"id\":" + id + ",\"name\":\"name " + id + "\"}", values.get(id));
        }
    }

    private Drained written(String... more) {
        try (Sink sink = run.sink(false, options(more));
                Batch batch = new Batch(ConnectorRun.ID_AND_NAME, 4, run.allocator())) {
            batch.column(0).putLong(0, 7);
            batch.column(1).putText(0, "a,b");
            batch.column(0).putLong(1, 8);
            batch.column(1).putNull(1);
            batch.rows(2);
            sink.write(batch);
            sink.finish();
        }
        try (Source source = source(true);
                SourceReader reader = source.reader(source.partitions().get(0))) {
            return Drained.toEnd(reader, run.allocator());
        }
    }

    @Test
    void keysAreWrittenInTheirFormat() {
        Drained json = written("key.format", "json", "key.fields", "ID");
        assertEquals(List.of("{\"id\":7}", "{\"id\":8}"), json.keys());
        assertEquals(List.of("{\"id\":7,\"name\":\"a,b\"}", "{\"id\":8,\"name\":null}"), json.records());
        topic += "2";
        Drained raw = written("key.format", "raw", "key.fields", "name", "value.fields-include", "EXCEPT_KEY");
        assertEquals(Arrays.asList("a,b", null), raw.keys());
        assertEquals(List.of("{\"id\":7}", "{\"id\":8}"), raw.records());
        topic += "3";
        Drained csv = written("key.format", "csv", "key.fields", "name;id", "key.csv.field-delimiter", ";");
        assertEquals(List.of("a,b;7", ";8"), csv.keys());
        topic += "4";
        assertEquals(Arrays.asList(null, null), written().keys());
    }

    private Drained changed(List<Integer> key, String... more) {
        Schema marked = new Schema(List.of(
                Field.required("op", Type.VARCHAR),
                Field.required("id", Type.BIGINT),
                Field.nullable("name", Type.VARCHAR)));
        try (Sink sink = run.changes(marked, key, options(more));
                Batch batch = new Batch(marked, 5, run.allocator())) {
            String[] kinds = {"+I", "-U", "+U", "-D", "+I"};
            long[] ids = {1, 2, 2, 3, 4};
            String[] names = {"one", "two", "zwei", "three", null};
            for (int row = 0; row < kinds.length; row++) {
                batch.column(0).putText(row, kinds[row]);
                batch.column(1).putLong(row, ids[row]);
                if (names[row] == null) {
                    batch.column(2).putNull(row);
                } else {
                    batch.column(2).putText(row, names[row]);
                }
            }
            batch.rows(kinds.length);
            sink.write(batch);
            sink.finish();
            assertEquals("4 rows in topic " + topic, sink.summary());
        }
        try (Source source = source(true);
                SourceReader reader = source.reader(source.partitions().get(0))) {
            return Drained.toEnd(reader, run.allocator());
        }
    }

    @Test
    void changesByKeyReplaceAndRemove() {
        Drained json = changed(List.of(1));
        assertEquals(List.of("{\"id\":1}", "{\"id\":2}", "{\"id\":3}", "{\"id\":4}"), json.keys());
        assertEquals(
                Arrays.asList(
                        "{\"id\":1,\"name\":\"one\"}",
                        "{\"id\":2,\"name\":\"zwei\"}",
                        null,
                        "{\"id\":4,\"name\":null}"),
                json.records());
        topic += "2";
        Drained csv = changed(List.of(1), "key.format", "csv", "value.fields-include", "EXCEPT_KEY");
        assertEquals(List.of("1", "2", "3", "4"), csv.keys());
        assertEquals(
                Arrays.asList("{\"name\":\"one\"}", "{\"name\":\"zwei\"}", null, "{\"name\":null}"), csv.records());
    }

    @Test
    void debeziumRecordsTellBothSides() {
        Drained told = changed(List.of(), "format", "debezium-json");
        assertEquals(Arrays.asList(null, null, null, null), told.keys());
        assertEquals(
                List.of(
                        "{\"before\":null,\"after\":{\"id\":1,\"name\":\"one\"},\"op\":\"c\"}",
                        "{\"before\":{\"id\":2,\"name\":\"two\"},\"after\":{\"id\":2,\"name\":\"zwei\"},\"op\":\"u\"}",
                        "{\"before\":{\"id\":3,\"name\":\"three\"},\"after\":null,\"op\":\"d\"}",
                        "{\"before\":null,\"after\":{\"id\":4,\"name\":null},\"op\":\"c\"}"),
                told.records());
    }

    @Test
    void columnsOfRecordsAreChecked() {
        assertEquals(
                "option 'key.fields' names 'nope', but t has no such column",
                sinkError("key.format", "json", "key.fields", "nope"));
        assertEquals(
                "option 'key.format' is 'raw', which takes one column of type VARCHAR or VARBINARY",
                sinkError("key.format", "raw", "key.fields", "id"));
        assertEquals(
                "no column of t is left for the value of a record",
                sinkError("key.format", "json", "key.fields", "id;name", "value.fields-include", "EXCEPT_KEY"));
    }

    private String sinkError(String... more) {
        ConnectorException error = assertThrows(
                ConnectorException.class, () -> run.sink(false, options(more)).close());
        assertEquals(Kind.CONFIGURATION, error.kind());
        return error.getMessage();
    }

    @Test
    void aRowThatDoesNotArriveFailsTheJob() {
        broker.createTopic(topic, 1, Map.of("max.message.bytes", "1000"));
        try (Sink sink = run.sink(false, options());
                Batch batch = new Batch(ConnectorRun.ID_AND_NAME, 4, run.allocator())) {
            batch.column(0).putLong(0, 7);
            batch.column(1).putText(0, "x".repeat(5_000));
            batch.rows(1);
            ConnectorException error = assertThrows(ConnectorException.class, () -> {
                sink.write(batch);
                sink.endEpoch(1);
            });
            assertEquals(Kind.IO, error.kind());
            assertTrue(error.getMessage().contains("a record is larger than the topic"), error.getMessage());
        }
    }

    // ---- logging in

    @Test
    void usersLogIn() {
        numbers(2);
        broker.addUser();
        String[] plain = login("PLAIN", "alice", "plain \"secret\"");
        String[] scram = login("SCRAM-SHA-512", KafkaBroker.USER, KafkaBroker.PASSWORD);
        for (String[] login : List.of(plain, scram)) {
            try (Source source = run.source(ConnectorRun.ID_AND_NAME, true, login);
                    SourceReader reader = source.reader(source.partitions().get(0))) {
                assertEquals(texts(0, 2), Drained.toEnd(reader, run.allocator()).records());
            }
            try (Sink sink = run.sink(false, login)) {
                sink.finish();
            }
        }
        ConnectorException error = assertThrows(
                ConnectorException.class,
                () -> run.source(login("PLAIN", "alice", "canary")).close());
        assertEquals(Kind.CONFIGURATION, error.kind());
        assertEquals(
                "topic '" + topic + "': the brokers of " + broker.securedServers() + " refused the login",
                error.getMessage());
        assertNull(error.getSuppressed().length == 0 ? null : error.getSuppressed()[0]);
    }

    private String[] login(String mechanism, String username, String password) {
        return new String[] {
            "topic",
            topic,
            "properties.bootstrap.servers",
            broker.securedServers(),
            "format",
            "json",
            "properties.security.protocol",
            "SASL_PLAINTEXT",
            "properties.sasl.mechanism",
            mechanism,
            "username",
            username,
            "password",
            password
        };
    }
}
