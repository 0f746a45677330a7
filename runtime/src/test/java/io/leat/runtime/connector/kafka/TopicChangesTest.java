package io.leat.runtime.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.Drained;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.connector.SourceReader.Status;
import io.leat.runtime.decode.RecordChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Topics that change while they are read, or between two starts: more partitions, other topics of the same name, records that are gone. */
@Tag("broker")
class TopicChangesTest extends BrokerTopics {
    private static final String DISCOVERY = "scan.topic-partition-discovery.interval";

    private void grow(int partitions) {
        try (Admin admin = broker.admin()) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                    .all()
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void delete() {
        try (Admin admin = broker.admin()) {
            admin.deleteTopics(List.of(topic)).all().get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Source.Partition> awaitGained(Source source, int known) {
        List<Source.Partition> gained = List.of();
        while (gained.isEmpty()) {
            gained = source.appeared(known);
            Thread.onSpinWait();
        }
        return gained;
    }

    /** Whatever the start mode, nobody has read anything of a partition that was not there. */
    @Test
    void newPartitionsAreReadFromTheirFirstRecord() throws ExecutionException, InterruptedException {
        numbers(3);
        try (Source source = source(false, DISCOVERY, "100 ms", "scan.startup.mode", "latest-offset")) {
            assertEquals(List.of(), source.appeared(1));
            grow(3);
            send(2, null, null, "gone");
            send(2, null, null, "first");
            send(2, null, null, "second");
            try (Admin admin = broker.admin()) {
                admin.deleteRecords(Map.of(new TopicPartition(topic, 2), RecordsToDelete.beforeOffset(1)))
                        .all()
                        .get();
            }
            List<Source.Partition> gained = awaitGained(source, 1);
            assertEquals(
                    List.of("1", "2"),
                    gained.stream().map(Source.Partition::name).toList());
            assertEquals(
                    List.of(1, 2), gained.stream().map(Source.Partition::index).toList());
            assertEquals(List.of(), source.appeared(3));
            try (SourceReader reader = source.reader(gained.get(1));
                    SourceReader other = source.reader(gained.get(0))) {
                assertEquals("first", reader.position());
                assertEquals(
                        List.of("first", "second"),
                        Drained.until(reader, run.allocator(), Status.CAUGHT_UP).records());
                assertEquals("3", reader.position());
                assertEquals(
                        List.of(),
                        Drained.until(other, run.allocator(), Status.CAUGHT_UP).records());
            }
        }
    }

    @Test
    void nothingIsLookedForWithoutAnInterval() {
        numbers(1);
        try (Source never = source(false, DISCOVERY, "0 s");
                Source untilNow = source(true, DISCOVERY, "1 ms");
                Source asking = source(false, DISCOVERY, "1 ms")) {
            grow(2);
            awaitGained(asking, 1);
            assertEquals(List.of(), never.appeared(1));
            assertEquals(List.of(), untilNow.appeared(1));
        }
    }

    /** A partition that is new to a job that goes on. */
    @Test
    void aReaderBeginsAtTheFirstRecordIfItIsTold() {
        numbers(3);
        try (Source source = source(false, "scan.startup.mode", "latest-offset");
                SourceReader reader = source.reader(source.partitions().get(0))) {
            reader.seekToFirst();
            assertEquals(
                    texts(0, 3),
                    Drained.until(reader, run.allocator(), Status.CAUGHT_UP).records());
        }
    }

    private ConnectorException failure(SourceReader reader) {
        try (RecordChunk chunk = new RecordChunk(run.allocator())) {
            return assertThrows(ConnectorException.class, () -> {
                while (true) {
                    ((SourceReader.Records) reader).poll(chunk);
                    Thread.onSpinWait();
                }
            });
        }
    }

    @Test
    void aTopicThatIsDeletedFailsItsReaders() {
        numbers(3);
        try (Source source = source(false, DISCOVERY, "50 ms");
                SourceReader reader = source.reader(source.partitions().get(0))) {
            Drained.until(reader, run.allocator(), Status.CAUGHT_UP);
            delete();
            ConnectorException error = failure(reader);
            assertEquals(Kind.INPUT_MISSING, error.kind());
            assertEquals("topic '" + topic + "' was deleted while it was read", error.getMessage());
        }
    }

    /** Its offsets mean other records, which are as many as before here. */
    @Test
    void aTopicThatIsMadeAnewFailsItsReaders() {
        numbers(3);
        try (Source source = source(false, DISCOVERY, "50 ms");
                SourceReader reader = source.reader(source.partitions().get(0))) {
            Drained.until(reader, run.allocator(), Status.CAUGHT_UP);
            String before = reader.identity();
            assertFalse(before.isEmpty());
            delete();
            numbers(3);
            assertEquals(
                    "topic '" + topic
                            + "' was deleted and made anew while it was read: offsets mean other records there,"
                            + " so the new one is to be read from its own start",
                    failure(reader).getMessage());
            try (Source now = source(false);
                    SourceReader another = now.reader(now.partitions().get(0))) {
                assertNotEquals(before, another.identity());
            }
        }
    }

    /** Where a reader goes on, records may be missing: those that it has not read yet, or those that it has. */
    /** On purpose a job goes on behind records that are gone; each range is told once, in its place. What was cut off stays an error. */
    @Test
    void recordsThatAreGoneArePassedOverOnPurpose() throws ExecutionException, InterruptedException {
        numbers(10);
        deleteBefore(6);
        String[] goOn = {"scan.data-expired", "continue"};
        try (Source source = source(true, goOn);
                SourceReader reader = source.reader(source.partitions().get(0))) {
            reader.seek("4");
            assertEquals(List.of("4 to 5", "6", "7", "8", "9"), gapsAndOffsets(reader));
            assertEquals("10", reader.position());
        }
        try (Source source = source(true, goOn);
                SourceReader reader = source.reader(source.partitions().get(0))) {
            reader.seek("3");
            deleteBefore(10);
            assertEquals(List.of("3 to 9"), gapsAndOffsets(reader));
            assertEquals("10", reader.position());
        }
        try (Source source = source(false, goOn);
                SourceReader reader = source.reader(source.partitions().get(0))) {
            reader.seek("12");
            assertEquals(Kind.IO, failure(reader).kind());
        }
        try (Source source = source(
                true,
                "scan.data-expired",
                "continue",
                "scan.startup.mode",
                "specific-offsets",
                "scan.startup.specific-offsets",
                "partition:0,offset:2")) {
            try (SourceReader reader = source.reader(source.partitions().get(0))) {
                assertEquals(List.of("2 to 9"), gapsAndOffsets(reader));
            }
        }
    }

    private List<String> gapsAndOffsets(SourceReader reader) {
        List<String> found = new ArrayList<>();
        SourceReader.Records records = (SourceReader.Records) reader;
        try (RecordChunk chunk = new RecordChunk(run.allocator())) {
            Status status = Status.PENDING;
            while (status != Status.UP_TO_NOW) {
                status = records.poll(chunk);
                records.gap().ifPresent(gap -> found.add(gap.from() + " to " + gap.to()));
                while (status == Status.DATA && !chunk.isExhausted()) {
                    found.add(Long.toString(chunk.offset(chunk.position())));
                    chunk.position(chunk.next(chunk.position()));
                }
            }
        }
        return found;
    }

    private void deleteBefore(long offset) throws ExecutionException, InterruptedException {
        try (Admin admin = broker.admin()) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    @Test
    void recordsThatAreGoneAreAnError() throws ExecutionException, InterruptedException {
        numbers(10);
        deleteBefore(6);
        for (String position : List.of("4", "12")) {
            try (Source source = source(false);
                    SourceReader reader = source.reader(source.partitions().get(0))) {
                reader.seek(position);
                ConnectorException error = failure(reader);
                assertEquals(Kind.IO, error.kind());
                assertEquals(
                        "topic '" + topic + "', partition 0: "
                                + (position.equals("4")
                                        ? "records 4 to 5 were deleted before they were read (DATA_EXPIRED; 'scan.data-expired' ="
                                                + " 'continue' goes on without them); it holds 6 to 9"
                                        : "it was read up to 12, and records of that are gone: it was cut off, or made anew;"
                                                + " it holds 6 to 9"),
                        error.getMessage());
            }
        }
    }
}
