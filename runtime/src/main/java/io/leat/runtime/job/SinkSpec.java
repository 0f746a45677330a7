package io.leat.runtime.job;

import io.leat.runtime.type.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the rows of a statement go.
 *
 * @param kind what stands at the end
 * @param name of the table, or a title for a printed result
 * @param schema of its rows
 * @param telling how the result is told; if marked, the kind of a change is in the first column, {@code op}
 * @param pauses how long changes are summed up before they are told
 * @param identity positions of columns that tell rows of the result apart, {@code op} not counted; empty if none do
 * @param key positions of the primary key's columns, {@code op} not counted
 * @param replace whether the table holds the result of this statement only
 */
public record SinkSpec(
        Kind kind,
        String name,
        Optional<String> connector,
        Map<String, OptionValue> options,
        Schema schema,
        Telling telling,
        Pauses pauses,
        Optional<List<Integer>> identity,
        List<Integer> key,
        boolean replace) {
    public SinkSpec {
        options = Map.copyOf(options);
        identity = identity.map(List::copyOf);
        key = List.copyOf(key);
    }

    /** Whether rows that were told may go away again. */
    public boolean changes() {
        return telling.changes();
    }

    /** The same for a result that is told so. */
    public SinkSpec told(Telling how, Pauses between) {
        return new SinkSpec(kind, name, connector, options, schema, how, between, identity, key, replace);
    }

    public enum Kind {
        /** A table of a connector. */
        TABLE,
        /** A table in memory. */
        MEMORY,
        /** Shown to whoever runs the job. */
        PRINT
    }
}
