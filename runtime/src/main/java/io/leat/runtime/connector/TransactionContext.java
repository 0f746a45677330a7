package io.leat.runtime.connector;

import io.leat.runtime.platform.Platform;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the transactions of a job are opened with.
 *
 * @param job an id that no other job has: letters and digits
 * @param name of the job, which others may have
 * @param epoch how long an epoch takes
 * @param tables that are written in them, at least one
 * @param notes are told what the user should know
 */
public record TransactionContext(
        String job, String name, Duration epoch, List<Table> tables, Platform platform, Consumer<String> notes) {
    public TransactionContext {
        tables = List.copyOf(tables);
    }

    /** A table, by its name in the query. */
    public record Table(String name, Options options) {}
}
