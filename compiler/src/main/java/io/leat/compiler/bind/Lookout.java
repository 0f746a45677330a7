package io.leat.compiler.bind;

import io.leat.runtime.connector.Connector;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.FoundColumns;
import io.leat.runtime.connector.Options;
import io.leat.runtime.job.OptionValue;
import io.leat.runtime.platform.Disk;
import io.leat.runtime.platform.Roots;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What binding sees of the world outside of the query file: columns of files that nobody has declared. Each table is looked at once. One thread. */
final class Lookout {
    private final Roots roots;
    private final Map<Looked, Optional<FoundColumns>> found = new HashMap<>();

    private record Looked(String connector, Map<String, OptionValue> options) {}

    /** @param roots directories that files of tables must be in */
    Lookout(Roots roots) {
        this.roots = roots;
    }

    Roots roots() {
        return roots;
    }

    /**
     * The columns of a table, if its connector looks for them.
     *
     * @param written its options, by which the same table is known again
     * @throws ConnectorException if there are none
     */
    Optional<FoundColumns> columns(
            String connector, Map<String, OptionValue> written, Connector.Readable side, Options options) {
        return found.computeIfAbsent(
                new Looked(connector, Map.copyOf(written)), looked -> side.findColumns(options, disk()));
    }

    private Disk disk() {
        try {
            return roots.confine(Disk.system(), List.of());
        } catch (IOException e) {
            throw new ConnectorException(Kind.IO, "cannot look at " + roots + ": " + e.getMessage(), e);
        }
    }
}
