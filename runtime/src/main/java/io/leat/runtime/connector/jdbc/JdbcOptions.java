package io.leat.runtime.connector.jdbc;

import io.leat.runtime.connector.LookupCache;
import io.leat.runtime.connector.OptionException;
import io.leat.runtime.connector.OptionSet;
import io.leat.runtime.connector.OptionSpec;
import io.leat.runtime.connector.OptionSpec.Kind;
import io.leat.runtime.connector.Options;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which table of which database, and how it is asked.
 *
 * @param driver a class to load; empty if the driver announces itself
 * @param lookupRetries how often reading that failed is tried again
 * @param sinkRetries how often writing that failed is tried again
 * @param timeout for each try
 * @param flushRows how many rows are written together at most
 * @param epochs the table that remembers which epochs were written
 */
record JdbcOptions(
        DatabaseUrl url,
        String table,
        Optional<String> username,
        Optional<String> password,
        Optional<String> driver,
        LookupCache cache,
        int lookupRetries,
        int sinkRetries,
        Duration timeout,
        int flushRows,
        String epochs) {
    private static final String URL = "url";
    private static final String CACHE = "lookup.cache";
    private static final String MAX_ROWS = "lookup.partial-cache.max-rows";
    private static final String EXPIRE = "lookup.partial-cache.expire-after-write";
    private static final String MISSING = "lookup.partial-cache.cache-missing-key";
    private static final String RETRIES = "lookup.max-retries";
    private static final String TIMEOUT = "connection.max-retry-timeout";
    private static final String SINK_RETRIES = "sink.max-retries";
    private static final String FLUSH_ROWS = "sink.buffer-flush.max-rows";
    private static final String EPOCHS = "sink.epochs-table";
    private static final long MOST_RETRIES = 100;
    private static final long MOST_ROWS = 1_000_000;
    private static final long MICROS = 1_000;

    static final OptionSet ALL = OptionSet.of(
            OptionSpec.required(URL, Kind.TEXT, "the database, such as 'jdbc:postgresql://host:5432/db'"),
            OptionSpec.required("table-name", Kind.TEXT, "the table there, such as 'users' or 'public.users'"),
            OptionSpec.optional("username", Kind.TEXT, null, "who connects"),
            OptionSpec.optional(
                    "password", Kind.TEXT, null, "their password: env('…') or secret('…') keeps it out of the file"),
            OptionSpec.optional("driver", Kind.TEXT, null, "the class of the driver, if it does not announce itself"),
            OptionSpec.choice(CACHE, "NONE", List.of("NONE", "PARTIAL"), "whether answers to keys are remembered"),
            OptionSpec.optional(MAX_ROWS, Kind.NUMBER, null, "how many rows a worker remembers at most"),
            OptionSpec.optional(EXPIRE, Kind.DURATION, null, "how old a remembered answer may become"),
            OptionSpec.optional(
                    MISSING, Kind.BOOLEAN, null, "whether it is remembered that a key has no rows; true unless said"),
            OptionSpec.optional(RETRIES, Kind.NUMBER, "3", "how often a request that failed is tried again"),
            OptionSpec.optional(
                    TIMEOUT,
                    Kind.DURATION,
                    "60 s",
                    "how long connecting and each try may take, a second at least; in PostgreSQL also how long a"
                            + " session of a job may stand still in a transaction before the server ends it"),
            OptionSpec.optional(FLUSH_ROWS, Kind.NUMBER, "1000", "how many rows are written together at most"),
            OptionSpec.optional(SINK_RETRIES, Kind.NUMBER, "3", "how often writing that failed is tried again"),
            OptionSpec.optional(
                    EPOCHS, Kind.TEXT, "leat_epochs", "the table there that remembers which epochs were written"));

    /** Without what could be a secret. */
    @Override
    public String toString() {
        return "options of table " + table;
    }

    /** Where the database is. */
    static DatabaseUrl url(Options options) {
        return DatabaseUrl.of(URL, options.required(URL));
    }

    static JdbcOptions of(Options options) {
        Duration timeout = options.duration(TIMEOUT);
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new OptionException(TIMEOUT, "'" + TIMEOUT + "' is less than a second", "write '60 s'");
        }
        return new JdbcOptions(
                url(options),
                options.required("table-name"),
                options.text("username"),
                options.text("password"),
                options.text("driver"),
                cache(options),
                (int) between(options, RETRIES, 0, MOST_RETRIES),
                (int) between(options, SINK_RETRIES, 0, MOST_RETRIES),
                timeout,
                (int) between(options, FLUSH_ROWS, 1, MOST_ROWS),
                options.required(EPOCHS));
    }

    private static long between(Options options, String key, long least, long most) {
        long number = options.number(key);
        if (number < least || number > most) {
            throw new OptionException(
                    key, "'" + key + "' is from " + least + " to " + most, "leave it out for the usual");
        }
        return number;
    }

    private static LookupCache cache(Options options) {
        boolean none = options.required(CACHE).equals("NONE");
        for (String setting : List.of(MAX_ROWS, EXPIRE, MISSING)) {
            if (none && options.has(setting)) {
                throw new OptionException(
                        setting,
                        "'" + setting + "' is of a cache that there is not",
                        "add '" + CACHE + "' = 'PARTIAL'");
            }
        }
        if (none) {
            return LookupCache.NONE;
        }
        if (!options.has(MAX_ROWS)) {
            throw new OptionException(CACHE, "a cache needs a bound", "add '" + MAX_ROWS + "' = '10000'");
        }
        long rows = options.number(MAX_ROWS);
        if (rows < 1) {
            throw new OptionException(
                    MAX_ROWS, "'" + MAX_ROWS + "' is at least 1", "write '" + CACHE + "' = 'NONE' for no cache");
        }
        long micros = options.has(EXPIRE) ? options.duration(EXPIRE).toNanos() / MICROS : 0;
        if (options.has(EXPIRE) && micros == 0) {
            throw new OptionException(EXPIRE, "'" + EXPIRE + "' is 0", "leave it out for answers that stay");
        }
        return new LookupCache(rows, micros, !options.has(MISSING) || options.flag(MISSING));
    }
}
