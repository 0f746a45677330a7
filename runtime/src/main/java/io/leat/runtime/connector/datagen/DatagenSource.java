package io.leat.runtime.connector.datagen;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.OptionException;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceContext;
import io.leat.runtime.connector.SourceReader;
import java.util.ArrayList;
import java.util.List;

/** A generated table. Its partitions have nothing to do with each other. */
final class DatagenSource implements Source {
    private final SourceContext context;
    private final DatagenOptions options;

    DatagenSource(SourceContext context) {
        this.context = context;
        this.options = DatagenOptions.of(context.options());
        columns(0); // says now what does not fit the columns
    }

    private List<GeneratedColumn> columns(int partition) {
        try {
            return GeneratedColumn.of(context.schema(), options, partition);
        } catch (OptionException e) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    "table " + context.table() + ", option '" + e.key() + "': " + e.getMessage(),
                    e);
        }
    }

    @Override
    public List<Partition> partitions() {
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i < options.partitions(); i++) {
            partitions.add(new Partition(i, Integer.toString(i)));
        }
        return partitions;
    }

    @Override
    public SourceReader reader(Partition partition) {
        // Of rows without end none exists yet.
        boolean nothing = context.untilNow() && options.rows().isEmpty();
        long rows = nothing ? 0 : options.rowsOf(partition.index());
        return new DatagenReader(
                options,
                partition.index(),
                rows,
                columns(partition.index()),
                context.platform().clock());
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
