package io.leat.compiler;

import io.leat.compiler.catalog.ParameterText;
import io.leat.compiler.catalog.Table;
import io.leat.compiler.catalog.Table.TableColumn;
import io.leat.compiler.catalog.TableSizes;
import io.leat.runtime.connector.Connector;
import io.leat.runtime.connector.Connectors;
import io.leat.runtime.connector.OptionException;
import io.leat.runtime.connector.Options;
import io.leat.runtime.job.OptionValue;
import io.leat.runtime.platform.Disk;
import io.leat.runtime.platform.OutsideRootsException;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Sizes of tables as their connectors see them now: for a job that is run where, and when, it is compiled, from its beginning to its end. Each
 * table is looked at once. Not safe for several threads.
 */
public final class SourceSizes implements TableSizes {
    /** A text of which no length is said, at most. */
    private static final int MOST_TEXT_BYTES = 60;
    /** A number, a time, and what separates them. */
    private static final int VALUE_BYTES = 8;
    /** A text is seldom as long as it may be. */
    private static final int SHARE_OF_LENGTH = 2;

    private final Disk disk;
    private final Map<String, String> parameters;
    private final Map<Table, OptionalLong> known = new HashMap<>();

    /**
     * @param disk where files are; what it does not let see has no size
     * @param parameters values of <code>${name}</code> in options
     */
    public SourceSizes(Disk disk, Map<String, String> parameters) {
        this.disk = disk;
        this.parameters = Map.copyOf(parameters);
    }

    @Override
    public OptionalLong rows(Table table) {
        return known.computeIfAbsent(table, this::look);
    }

    private OptionalLong look(Table table) {
        if (table.kind() != Table.Kind.CONNECTOR) {
            return OptionalLong.empty();
        }
        OptionalLong bytes = table.connector()
                .flatMap(Connectors.installed()::find)
                .flatMap(Connector::readable)
                .map(readable -> bytes(readable, table))
                .orElse(OptionalLong.empty());
        return bytes.isEmpty() ? bytes : OptionalLong.of(Math.max(1, bytes.getAsLong() / width(table)));
    }

    private OptionalLong bytes(Connector.Readable readable, Table table) {
        Map<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, OptionValue> option : table.options().entrySet()) {
            if (!readable.options().knows(option.getKey())) {
                continue;
            }
            if (option.getValue().kind() != OptionValue.Kind.PLAIN) {
                return OptionalLong.empty();
            }
            texts.put(option.getKey(), ParameterText.filled(option.getValue().text(), parameters));
        }
        try {
            List<OptionException> problems = new ArrayList<>();
            Options options = readable.options().resolve(texts, problems);
            return problems.isEmpty() ? readable.bytes(options, disk) : OptionalLong.empty();
        } catch (OptionException | OutsideRootsException e) {
            // It was said where the table is declared, or will be where it is opened.
            return OptionalLong.empty();
        }
    }

    /** About how long a row is as text. */
    private static int width(Table table) {
        return Math.max(
                1,
                table.physicalColumns().stream()
                        .map(TableColumn::type)
                        .mapToInt(SourceSizes::width)
                        .sum());
    }

    private static int width(Type type) {
        if (type instanceof Type.RowType row) {
            return row.fields().stream().mapToInt(field -> width(field.type())).sum();
        }
        if (type instanceof Type.VarcharType text) {
            return Math.max(1, Math.min(text.length(), MOST_TEXT_BYTES) / SHARE_OF_LENGTH);
        }
        return VALUE_BYTES;
    }
}
