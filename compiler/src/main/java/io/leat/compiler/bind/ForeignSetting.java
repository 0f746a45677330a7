package io.leat.compiler.bind;

import java.util.List;
import java.util.Optional;

/**
 * A setting of another engine, or all that begin alike. One that only says how that engine runs a query may stand in a file, and is told to
 * change nothing; one that says what a query means is refused.
 *
 * @param prefix what it begins with
 * @param tunes whether it means nothing for the result
 * @param help what to do about it
 */
record ForeignSetting(String prefix, boolean tunes, String help) {
    private static final String REMOVE = "remove it";

    /** The first one that fits counts. */
    private static final List<ForeignSetting> ALL = List.of(
            refused("table.exec.state.ttl", "say it of the rows: FROM t EXPIRE AFTER INTERVAL '1' DAY"),
            tuning(
                    "table.exec.mini-batch",
                    "rows are worked on in batches anyway; EMIT CHANGES EVERY INTERVAL '1' SECOND tells fewer changes"),
            refused(
                    "table.exec.source.idle-timeout",
                    "write 'scan.watermark.idle-timeout' = '30 s' in WITH of the table"),
            refused("table.exec.emit.early-fire", "write EMIT EVERY INTERVAL '1' MINUTE behind the query"),
            refused("table.exec.emit.late-fire", "write EMIT FINAL AFTER INTERVAL '1' MINUTE behind the query"),
            refused(
                    "table.exec.sink.not-null-enforcer",
                    "a NULL for a column that takes none rejects its row, which is kept in t$rejected"),
            tuning("table.exec.sink.upsert-materialize", "a table with a key gets the net change of each key anyway"),
            tuning("table.exec.sink.keyed-shuffle", "rows of a key are written by one worker anyway"),
            refused("table.exec.legacy-cast-behaviour", "write TRY_CAST for NULL where a cast fails"),
            tuning("table.exec.async-lookup", REMOVE),
            tuning("table.exec.deduplicate", REMOVE),
            tuning("table.exec.window-agg.buffer-size-limit", "SET state.hot-groups says how many groups stay at hand"),
            tuning("table.exec.spill", REMOVE),
            tuning("table.exec.sort", REMOVE),
            tuning("table.exec.resource", "SET parallelism says how many workers run the job"),
            tuning("table.optimizer", "all rules are applied anyway"),
            tuning("table.plan", REMOVE),
            tuning("table.planner", REMOVE),
            tuning("table.dml-sync", "a file runs until its statements have ended"),
            tuning("table.dml-async", "a file runs until its statements have ended"),
            refused("table.sql-dialect", "remove it: there is one dialect"),
            tuning("sql-client", "EMIT CHANGES says that changes are printed"),
            refused("pipeline.jars", "remove it: put the jar on the class path"),
            refused("pipeline.classpaths", "remove it: put the jar on the class path"),
            tuning("pipeline", "a job is known by its file"),
            refused("restart-strategy", "remove it: a job that is started again goes on where its last epoch ended"),
            refused("state.backend", "leave it out, or say where state goes: SET state.store = 'chronicle'"),
            tuning("execution.buffer-timeout", "SET epoch says how often rows are handed on"),
            tuning("taskmanager", "memory is that of the Java process"),
            tuning("jobmanager", "memory is that of the Java process"),
            refused("spark.sql.shuffle.partitions", "write SET parallelism = 4"),
            refused("auto.offset.reset", "write 'scan.startup.mode' = 'earliest-offset' in WITH of the table"));

    private static ForeignSetting tuning(String prefix, String help) {
        return new ForeignSetting(prefix, true, help);
    }

    private static ForeignSetting refused(String prefix, String help) {
        return new ForeignSetting(prefix, false, help);
    }

    static Optional<ForeignSetting> of(String key) {
        return ALL.stream()
                .filter(each -> key.equals(each.prefix)
                        || key.startsWith(each.prefix + ".")
                        || key.startsWith(each.prefix + "-"))
                .findFirst();
    }
}
