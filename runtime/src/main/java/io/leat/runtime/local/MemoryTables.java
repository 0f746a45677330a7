package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.SinkSpec;
import io.leat.runtime.state.SectionReader;
import io.leat.runtime.state.SectionWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;

/** Tables that live in the memory of the job. A statement sees what statements before it wrote. Safe from any thread. */
final class MemoryTables implements AutoCloseable {
    private record Piece(int statement, Batch rows) {}

    private final Map<String, List<Piece>> tables = new HashMap<>();

    /** Adds rows, which the table owns from now on. */
    synchronized void add(String table, int statement, Batch rows) {
        tables.computeIfAbsent(key(table), name -> new ArrayList<>()).add(new Piece(statement, rows));
    }

    /** What statements before {@code statement} wrote, in the order of statements. The batches stay the table's. */
    synchronized List<Batch> read(String table, int statement) {
        List<Batch> seen = new ArrayList<>();
        tables.getOrDefault(key(table), List.of()).stream()
                .filter(piece -> piece.statement() < statement)
                .sorted((left, right) -> Integer.compare(left.statement(), right.statement()))
                .forEach(piece -> seen.add(piece.rows()));
        return seen;
    }

    synchronized void save(BufferAllocator allocator, SectionWriter out) {
        tables.forEach((table, pieces) -> pieces.forEach(piece -> {
            out.entry();
            out.putText(table);
            out.putInt(piece.statement());
            SavedRows.write(piece.rows(), allocator, out);
        }));
    }

    /**
     * @param sinks among which are those that tables were filled through
     */
    synchronized void restore(List<SinkSpec> sinks, BufferAllocator allocator, SectionReader in) {
        while (in.next()) {
            String table = in.getText();
            int statement = in.getInt();
            SinkSpec sink = sinks.stream()
                    .filter(each -> each.kind() == SinkSpec.Kind.MEMORY
                            && key(each.name()).equals(table))
                    .findFirst()
                    .orElseThrow(() -> new SnapshotException("the snapshot has rows of a table in memory, " + table
                            + ", that this query does not have"));
            add(table, statement, SavedRows.read(sink.schema(), allocator, in));
        }
    }

    private static String key(String table) {
        return table.toLowerCase(Locale.ROOT);
    }

    @Override
    public synchronized void close() {
        tables.values().forEach(pieces -> pieces.forEach(piece -> piece.rows().close()));
        tables.clear();
    }
}
