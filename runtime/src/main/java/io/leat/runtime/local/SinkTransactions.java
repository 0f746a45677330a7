package io.leat.runtime.local;

import io.leat.runtime.connector.Connector;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.EpochTransactions;
import io.leat.runtime.connector.Options;
import io.leat.runtime.connector.TransactionContext;
import io.leat.runtime.job.SinkSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the sinks of a job that write in transactions, and opens these. */
final class SinkTransactions {
    private final JobContext context;

    SinkTransactions(JobContext context) {
        this.context = context;
    }

    /**
     * The transactions of the job; empty if no sink writes in any.
     *
     * @param job its id
     */
    Optional<EpochTransactions> open(String job) {
        Map<String, List<TransactionContext.Table>> tables = new LinkedHashMap<>();
        Map<String, Connector.Writable> writables = new LinkedHashMap<>();
        for (SinkSpec sink : context.job().graph().sinks()) {
            if (sink.kind() == SinkSpec.Kind.TABLE) {
                String connector = sink.connector().orElseThrow();
                Connector.Writable writable = context.writable(sink);
                Options options = context.sinkOptions(sink);
                if (writable.isTransactional(options)) {
                    writables.put(connector, writable);
                    tables.computeIfAbsent(connector, key -> new ArrayList<>())
                            .add(new TransactionContext.Table(sink.name(), options));
                }
            }
        }
        if (tables.size() > 1) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    "tables of " + String.join(" and ", tables.keySet())
                            + " cannot be written in one transaction: let those of one be 'at-least-once'");
        }
        return tables.keySet().stream()
                .findFirst()
                .map(only -> writables.get(only).openTransactions(context(job, tables.get(only))));
    }

    private TransactionContext context(String job, List<TransactionContext.Table> tables) {
        return new TransactionContext(
                job,
                context.job().graph().name(),
                context.options().epoch(),
                tables,
                context.platform(),
                context.notes()::add);
    }
}
