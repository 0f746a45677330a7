package io.leat.runtime.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.Column;
import io.leat.runtime.connector.Source.Partition;
import io.leat.runtime.connector.SourceTraits;
import io.leat.runtime.decode.RowChange;
import io.leat.runtime.job.SourceSpec;
import io.leat.runtime.job.SourceSpec.ChangelogSpec;
import io.leat.runtime.state.heap.HeapState;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What records of a changelog do to rows: those by key, and those that are taken back as they are. */
class ChangelogReaderTest {
    private static final int ROWS = 8;
    private static final Schema COLUMNS =
            new Schema(List.of(Field.nullable("k", Type.BIGINT), Field.nullable("v", Type.BIGINT)));
    private static final Schema WITH_OP = new Schema(List.of(
            Field.nullable("op", Type.VARCHAR), Field.nullable("k", Type.BIGINT), Field.nullable("v", Type.BIGINT)));

    private final BufferAllocator allocator = new RootAllocator();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private ChangelogReader reader;
    private SourceBatch rows;
    private boolean op;

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        allocator.close();
    }

    /** A record: what its op column or its format says, a key and a value, NULL for none. */
    private record Change(Object what, Long key, Long value) {}

    private static Change change(Object what, long key, long value) {
        return new Change(what, key, value);
    }

    private void open(boolean ofOp, boolean keyed, boolean oneLog) {
        op = ofOp;
        ChangelogSpec changelog =
                new ChangelogSpec(op, keyed ? List.of(op ? 1 : 0) : List.of(), keyed && !op, oneLog, -1);
        Schema schema = op ? WITH_OP : COLUMNS;
        SourceSpec source = new SourceSpec(
                "t",
                Optional.empty(),
                Map.of(),
                schema,
                schema,
                SourceTraits.End.ENDING,
                true,
                Optional.empty(),
                Optional.empty(),
                -1,
                Optional.of(changelog),
                Map.of());
        rows = new SourceBatch(new Batch(schema, ROWS, allocator), changelog.tombstones());
        reader = new ChangelogReader(
                source, changelog, new ToldChanges(schema, ROWS, allocator), new HeapState(allocator), allocator);
        opened.add(reader);
        opened.add(rows);
    }

    private static PartitionScan partition(int index) {
        return new PartitionScan(new Partition(index, "p" + index), index, null, null, null, null);
    }

    /** What pipelines are told of a batch: a weight and the row each; refused rows are noted beside them. */
    private List<String> read(int partition, List<String> refused, Change... changes) {
        rows.reset(0);
        Batch batch = rows.batch();
        for (int row = 0; row < changes.length; row++) {
            int leaf = 0;
            if (op) {
                if (changes[row].what() == null) {
                    batch.column(0).putNull(row);
                } else {
                    batch.column(0).putText(row, changes[row].what().toString());
                }
                leaf = 1;
            } else {
                rows.changed(row, (RowChange) changes[row].what());
            }
            put(batch.column(leaf), row, changes[row].key());
            put(batch.column(leaf + 1), row, changes[row].value());
            batch.rows(row + 1);
        }
        reader.check(partition(partition), rows);
        for (int row = 0; row < changes.length; row++) {
            if (rows.isExcluded(row)) {
                refused.add(row + " " + rows.reason(row).split(":", 2)[0]);
            }
        }
        try (Batch spare = new Batch(batch.schema(), ROWS, allocator)) {
            rows.removeExcluded(spare);
        }
        List<String> told = new ArrayList<>();
        Batch out = reader.tell(partition(partition), rows).batch();
        int first = op ? 2 : 1;
        for (int row = 0; row < out.rows(); row++) {
            long weight = out.column(0).getLong(row);
            told.add((weight > 0 ? "+" : "") + weight + " " + value(out.column(first), row) + " "
                    + value(out.column(first + 1), row));
        }
        return told;
    }

    private static void put(Column column, int row, Long value) {
        if (value == null) {
            column.putNull(row);
        } else {
            column.putLong(row, value);
        }
    }

    private static String value(Column column, int row) {
        return column.isNull(row) ? "NULL" : Long.toString(column.getLong(row));
    }

    private List<String> told(Change... changes) {
        List<String> refused = new ArrayList<>();
        List<String> told = read(0, refused, changes);
        assertEquals(List.of(), refused);
        return told;
    }

    private List<String> refused(Change... changes) {
        List<String> refused = new ArrayList<>();
        read(0, refused, changes);
        return refused;
    }

    @Test
    void aRowTakesThePlaceOfTheOneWithItsKey() {
        open(true, true, false);
        assertEquals(List.of("+1 1 10"), told(change("+I", 1, 10)));
        assertEquals(
                List.of("-1 1 10", "+1 1 11", "+1 2 20"),
                told(change("-U", 1, 10), change("+U", 1, 11), change("+U", 2, 20)));
        assertEquals(2, reader.entries());
    }

    @Test
    void whatIsToldAgainIsNothing() {
        open(true, true, false);
        assertEquals(List.of("+1 1 10"), told(change("+I", 1, 10), change("+I", 1, 10), change("+U", 1, 10)));
        assertEquals(List.of(), told(change("+I", 1, 10), change("-U", 1, 99)));
        assertEquals(1, reader.entries());
    }

    @Test
    void aDeletionTakesTheRowThatIsKeptWhateverItSays() {
        open(true, true, false);
        told(change("+I", 1, 10));
        assertEquals(List.of("-1 1 10"), told(new Change("-D", 1L, null)));
        assertEquals(0, reader.entries());
        assertEquals(List.of(), told(change("-D", 1, 10), change("-D", 7, 1)));
    }

    /** Debezium tells of a key that changes as an update: by key the row before it is not looked at, and stays until it is deleted. */
    @Test
    void aKeyThatChangesIsAnotherRow() {
        open(false, true, false);
        told(change(RowChange.COMES, 1, 10));
        assertEquals(List.of("+1 2 10"), told(change(RowChange.COMES, 2, 10)));
        assertEquals(List.of("-1 1 10"), told(new Change(RowChange.GOES, 1L, null)));
        assertEquals(1, reader.entries());
    }

    /** Without a key both rows of an update say all. */
    @Test
    void aKeyThatChangesWithoutPrimaryKey() {
        open(false, false, false);
        told(change(RowChange.COMES, 1, 10));
        assertEquals(
                List.of("-1 1 10", "+1 2 10"),
                told(change(RowChange.GIVES_WAY, 1, 10), change(RowChange.COMES, 2, 10)));
        assertEquals(1, reader.entries());
    }

    @Test
    void aRecordWithoutValueIsARowThatGoes() {
        open(false, true, false);
        assertEquals(true, reader.takesTombstones());
        assertEquals(true, rows.takesAbsent());
        told(change(RowChange.COMES, 1, 10));
        // Of such a record only the key is known.
        assertEquals(List.of("-1 1 10"), told(new Change(RowChange.GOES, 1L, null)));
        assertEquals(List.of("0 MISSING_VALUE(k)"), refused(new Change(RowChange.GOES, null, null)));
    }

    @Test
    void whatSaysNothingIsRefused() {
        open(true, true, false);
        assertEquals(
                List.of("0 BAD_CHANGE(op)", "1 BAD_CHANGE(op)", "2 BAD_CHANGE(op)", "3 BAD_CHANGE(op)"),
                refused(change(null, 1, 1), change("", 1, 1), change("+D", 1, 1), change("+I ", 1, 1)));
        assertEquals(List.of("0 MISSING_VALUE(k)"), refused(new Change("+I", null, 1L), change("+I", 2, 2)));
        assertEquals(1, reader.entries());
    }

    @Test
    void aRowThatIsNotThereCannotGo() {
        open(true, false, false);
        assertEquals(List.of("0 NOT_THERE"), refused(change("-D", 1, 1)));
        assertEquals(
                List.of("3 NOT_THERE", "4 NOT_THERE"),
                refused(
                        change("+I", 1, 1),
                        change("+I", 1, 1),
                        change("-U", 1, 1),
                        change("-D", 1, 2),
                        new Change("-D", 1L, null),
                        change("-D", 1, 1)));
        assertEquals(0, reader.entries());
    }

    /** NULL is a value like others where rows are taken back as they are. */
    @Test
    void rowsWithNulls() {
        open(true, false, false);
        assertEquals(
                List.of("+1 NULL NULL", "-1 NULL NULL"),
                told(new Change("+I", null, null), new Change("-D", null, null)));
        assertEquals(0, reader.entries());
    }

    @Test
    void eachPartitionIsALogOfItsOwnUnlessTheyFollowEachOther() {
        for (boolean oneLog : new boolean[] {false, true}) {
            open(true, true, oneLog);
            List<String> refused = new ArrayList<>();
            read(0, refused, change("+I", 1, 10));
            assertEquals(
                    oneLog ? List.of("-1 1 10", "+1 1 11") : List.of("+1 1 11"), read(1, refused, change("+I", 1, 11)));
            assertEquals(oneLog ? 1 : 2, reader.entries());
        }
        open(true, false, false);
        List<String> refused = new ArrayList<>();
        read(0, refused, change("+I", 1, 10));
        read(1, refused, change("-D", 1, 10));
        assertEquals(List.of("0 NOT_THERE"), refused);
    }

    /** Random changes in batches of any size; what was told adds up to the last row of each key. */
    @Test
    void whatIsToldAddsUpToTheRowsThatAreThere() {
        open(true, true, false);
        Random random = new Random(1);
        Map<Long, Long> there = new HashMap<>();
        Map<String, Integer> told = new HashMap<>();
        for (int round = 0; round < 5_000; round++) {
            Change[] changes = new Change[1 + random.nextInt(ROWS)];
            for (int i = 0; i < changes.length; i++) {
                String what = List.of("+I", "-U", "+U", "-D").get(random.nextInt(4));
                changes[i] = change(what, random.nextInt(4), random.nextInt(3));
                if (what.startsWith("+")) {
                    there.put(changes[i].key(), changes[i].value());
                } else if (what.equals("-D")) {
                    there.remove(changes[i].key());
                }
            }
            for (String each : told(changes)) {
                int weight = each.startsWith("+") ? 1 : -1;
                told.merge(each.substring(3), weight, (a, b) -> a + b == 0 ? null : a + b);
            }
            Map<String, Integer> expected = new HashMap<>();
            there.forEach((key, value) -> expected.put(key + " " + value, 1));
            assertEquals(expected, told, "after round " + round);
            assertEquals(there.size(), reader.entries());
        }
    }
}
