package io.leat.runtime.connector.kafka;

import static io.leat.runtime.connector.OptionSpec.Kind.DURATION;
import static io.leat.runtime.connector.OptionSpec.Kind.NUMBER;
import static io.leat.runtime.connector.OptionSpec.Kind.TEXT;

import io.leat.runtime.connector.FormatSpec;
import io.leat.runtime.connector.OptionException;
import io.leat.runtime.connector.OptionSet;
import io.leat.runtime.connector.OptionSpec;
import io.leat.runtime.connector.Options;
import io.leat.runtime.connector.format.CsvSettings;
import io.leat.runtime.connector.format.FormatOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The options of Kafka tables. Both sides know all of them, since one table may be written and read. */
final class TopicOptions {
    static final String SERVERS = "properties.bootstrap.servers";
    static final String USERNAME = "username";
    static final String PASSWORD = "password";
    static final String STARTUP_MODE = "scan.startup.mode";
    static final String STARTUP_OFFSETS = "scan.startup.specific-offsets";
    static final String STARTUP_TIMESTAMP = "scan.startup.timestamp-millis";
    static final String DELIVERY_GUARANTEE = "sink.delivery-guarantee";
    static final String ID_PREFIX = "sink.transactional-id-prefix";
    static final String DATA_EXPIRED = "scan.data-expired";
    private static final String FAIL = "fail";
    private static final String ONCE = "exactly-once";
    private static final String AT_LEAST_ONCE = "at-least-once";
    /** It begins the name of a topic, too. */
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9._-]{1,200}");

    private static final String DISCOVERY = "scan.topic-partition-discovery.interval";
    private static final String TOPIC = "topic";
    private static final String BOUNDED_MODE = "scan.bounded.mode";
    private static final String KEY_FIELDS = "key.fields";
    private static final String FIELDS_INCLUDE = "value.fields-include";
    private static final String CONNECT_TIMEOUT = "connect.timeout";

    static final OptionSet ALL = OptionSet.of(
                    OptionSpec.required(TOPIC, TEXT, "the name of the topic"),
                    OptionSpec.required(SERVERS, TEXT, "brokers to begin with, such as 'localhost:9092'")
                            .alias("bootstrap.servers", "properties.bootstrap.server", "bootstrap_servers"),
                    OptionSpec.optional(USERNAME, TEXT, null, "whom to log in as, with SASL"),
                    OptionSpec.optional(PASSWORD, TEXT, null, "the password that goes with 'username'"),
                    OptionSpec.optional(
                            ClientProperties.PREFIX + "*", TEXT, null, "a setting of Kafka's client library"),
                    OptionSpec.choice(
                            STARTUP_MODE,
                            "earliest-offset",
                            List.of("earliest-offset", "latest-offset", "specific-offsets", "timestamp"),
                            "where reading begins"),
                    OptionSpec.optional(
                            STARTUP_OFFSETS,
                            TEXT,
                            null,
                            "for start mode specific-offsets, such as 'partition:0,offset:42;partition:1,offset:300'"),
                    OptionSpec.optional(
                            STARTUP_TIMESTAMP, NUMBER, null, "for start mode timestamp: milliseconds since 1970"),
                    OptionSpec.choice(
                            DATA_EXPIRED,
                            FAIL,
                            List.of(FAIL, "continue"),
                            "what happens when records are deleted before they are read: the job ends, or it goes on behind"
                                    + " them and says which"),
                    OptionSpec.choice(
                            BOUNDED_MODE,
                            "unbounded",
                            List.of("unbounded", "latest-offset"),
                            "where reading ends: never, or where the topic ends when the job starts"),
                    OptionSpec.optional(
                            DISCOVERY,
                            DURATION,
                            "5 min",
                            "how often partitions are looked for that the topic has gained; 0 s for never"),
                    OptionSpec.optional(
                            KEY_FIELDS, TEXT, null, "columns that the key of a record holds, such as 'a;b'"),
                    OptionSpec.choice(
                            FIELDS_INCLUDE,
                            "ALL",
                            List.of("ALL", "EXCEPT_KEY"),
                            "whether columns of the key are in the value, too"),
                    OptionSpec.choice(
                            DELIVERY_GUARANTEE,
                            null,
                            List.of(ONCE, AT_LEAST_ONCE),
                            "how often rows come; exactly once in jobs that keep their state, unless said"),
                    OptionSpec.optional(
                            ID_PREFIX,
                            TEXT,
                            "leat",
                            "what ids of transactions and the topic with their decisions begin with"),
                    OptionSpec.optional(
                            CONNECT_TIMEOUT, DURATION, "10 s", "how long to wait for a broker when the job starts"))
            .and(FormatOptions.VALUE.options(true))
            .and(FormatOptions.KEY.options(false));

    private TopicOptions() {}

    static String topic(Options options) {
        return options.required(TOPIC);
    }

    static Duration connectTimeout(Options options) {
        return options.duration(CONNECT_TIMEOUT);
    }

    /** Whether rows are to come once if the job keeps its state. */
    static boolean isOnce(Options options) {
        return !options.text(DELIVERY_GUARANTEE).orElse(ONCE).equals(AT_LEAST_ONCE);
    }

    /** Whether it was asked for that rows come once, whatever the job keeps. */
    static boolean demandsOnce(Options options) {
        return options.text(DELIVERY_GUARANTEE).orElse("").equals(ONCE);
    }

    static String idPrefix(Options options) {
        String prefix = options.required(ID_PREFIX);
        if (!ID.matcher(prefix).matches()) {
            throw new OptionException(
                    ID_PREFIX,
                    "'" + prefix + "' cannot begin the name of a topic",
                    "up to 200 letters, digits, dots, dashes and underscores");
        }
        return prefix;
    }

    /** How often new partitions are looked for; zero for never. */
    static Duration discovery(Options options) {
        return options.duration(DISCOVERY);
    }

    /** Whether to go on behind records that were deleted before they were read. */
    static boolean goesOnBehindExpired(Options options) {
        return !options.required(DATA_EXPIRED).equals(FAIL);
    }

    static boolean isBounded(Options options) {
        return options.required(BOUNDED_MODE).equals("latest-offset");
    }

    static FormatSpec value(Options options) {
        FormatSpec all = FormatOptions.VALUE.reading(options, CsvSettings.COMMA, Map.of(), false, List.of());
        return new FormatSpec(all.name(), all.settings(), all.lines(), all.fields(), withoutInValue(options));
    }

    /** The columns that stand in the key only. */
    private static List<String> withoutInValue(Options options) {
        return leavesKeyOut(options) ? keyFields(options) : List.of();
    }

    /** Whether columns of the key stand in the key only. */
    static boolean leavesKeyOut(Options options) {
        return options.required(FIELDS_INCLUDE).equals("EXCEPT_KEY");
    }

    static Optional<FormatSpec> key(Options options) {
        Optional<String> format = FormatOptions.KEY.format(options);
        List<String> fields = keyFields(options);
        if (format.isEmpty() && fields.isEmpty()) {
            return Optional.empty();
        }
        if (format.isEmpty()) {
            throw new OptionException(KEY_FIELDS, "columns of a key need 'key.format'", "formats: json, csv, raw");
        }
        if (format.get().equals("raw") && fields.size() > 1) {
            throw new OptionException("key.format", "a raw key is one column, not " + fields.size(), "json or csv");
        }
        return Optional.of(FormatOptions.KEY.reading(options, CsvSettings.COMMA, Map.of(), false, fields));
    }

    static List<String> keyFields(Options options) {
        String text = options.text(KEY_FIELDS).orElse("");
        return text.isBlank()
                ? List.of()
                : List.of(text.split("[;,]")).stream().map(String::strip).toList();
    }
}
