package io.leat.runtime.connector;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.platform.Platform;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Opens connectors for tests. Closing fails if anything was leaked. */
public final class ConnectorRun implements AutoCloseable {
    /** A schema for tests that care about rows and not about types: {@code id BIGINT, name VARCHAR}. */
    public static final Schema ID_AND_NAME =
            new Schema(List.of(Field.nullable("id", Type.BIGINT), Field.nullable("name", Type.VARCHAR)));

    private final BufferAllocator allocator = new RootAllocator();
    private final Connector connector;
    private final Platform platform;

    public ConnectorRun(Connector connector, Platform platform) {
        this.connector = connector;
        this.platform = platform;
    }

    public BufferAllocator allocator() {
        return allocator;
    }

    /** The options that the pairs of names and values make. The first problem is thrown. */
    public static Options options(OptionSet known, String... pairs) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            given.put(pairs[i], pairs[i + 1]);
        }
        List<OptionException> problems = new ArrayList<>();
        Options options = known.resolve(given, problems);
        if (!problems.isEmpty()) {
            throw problems.get(0);
        }
        return options;
    }

    public Options reading(String... pairs) {
        return options(connector.readable().orElseThrow().options(), pairs);
    }

    public Options writing(String... pairs) {
        return options(connector.writable().orElseThrow().options(), pairs);
    }

    public SourceTraits sourceTraits(String... pairs) {
        return connector.readable().orElseThrow().traits(reading(pairs));
    }

    public SinkTraits sinkTraits(String... pairs) {
        return connector.writable().orElseThrow().traits(writing(pairs));
    }

    public Source source(Schema schema, boolean untilNow, String... pairs) {
        return connector
                .readable()
                .orElseThrow()
                .open(new SourceContext("t", reading(pairs), schema, untilNow, platform, allocator));
    }

    public Source source(String... pairs) {
        return source(ID_AND_NAME, false, pairs);
    }

    public Sink sink(Schema schema, boolean replace, ZoneId zone, String... pairs) {
        return connector
                .writable()
                .orElseThrow()
                .open(new SinkContext(
                        "t", writing(pairs), schema, false, List.of(), replace, zone, platform, allocator));
    }

    /** A sink of rows with their kind of change in front, in a table with a primary key. */
    public Sink changes(Schema marked, List<Integer> key, String... pairs) {
        return connector
                .writable()
                .orElseThrow()
                .open(new SinkContext(
                        "t", writing(pairs), marked, true, key, false, ZoneOffset.UTC, platform, allocator));
    }

    public Sink sink(boolean replace, String... pairs) {
        return sink(ID_AND_NAME, replace, ZoneOffset.UTC, pairs);
    }

    /** Writes rows {@code from} to {@code to - 1}, each its number and a name with it. */
    public void write(Sink sink, int from, int to) {
        try (Batch batch = new Batch(ID_AND_NAME, 64, allocator)) {
            for (int id = from; id < to; id++) {
                batch.column(0).putLong(batch.rows(), id);
                batch.column(1).putText(batch.rows(), "name " + id);
                batch.rows(batch.rows() + 1);
                if (batch.isFull()) {
                    sink.write(batch);
                    batch.reset();
                }
            }
            sink.write(batch);
        }
    }

    @Override
    public void close() {
        allocator.close();
    }
}
