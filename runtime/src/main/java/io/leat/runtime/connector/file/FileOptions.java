package io.leat.runtime.connector.file;

import static io.leat.runtime.connector.OptionSpec.Kind.BOOLEAN;
import static io.leat.runtime.connector.OptionSpec.Kind.DURATION;
import static io.leat.runtime.connector.OptionSpec.Kind.SIZE;
import static io.leat.runtime.connector.OptionSpec.Kind.TEXT;

import io.leat.runtime.connector.FormatSpec;
import io.leat.runtime.connector.OptionException;
import io.leat.runtime.connector.OptionSet;
import io.leat.runtime.connector.OptionSpec;
import io.leat.runtime.connector.Options;
import io.leat.runtime.connector.format.ColumnarFormat;
import io.leat.runtime.connector.format.CsvRows;
import io.leat.runtime.connector.format.CsvSettings;
import io.leat.runtime.connector.format.DebeziumRows;
import io.leat.runtime.connector.format.FormatOptions;
import io.leat.runtime.connector.format.JsonRows;
import io.leat.runtime.connector.format.RowFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The options of file tables. Both sides know all of them, since one table may be written and read. */
final class FileOptions {
    private static final String PATH = "path";
    private static final String HEADER = "csv.header";
    private static final String SCAN_MODE = "scan.mode";
    private static final String ROLLOVER_INTERVAL = "sink.rolling-policy.rollover-interval";
    private static final String FILE_SIZE = "sink.rolling-policy.file-size";
    private static final String LOG = "log";
    private static final String LOG_APPEND = "log.append";
    private static final List<String> LOG_FORMATS = List.of("json", "csv");

    static final OptionSet ALL = OptionSet.of(
                    OptionSpec.required(PATH, TEXT, "a file, a directory, a glob, or - for standard input or output"),
                    OptionSpec.choice(
                            HEADER,
                            null,
                            List.of("true", "false", "auto"),
                            "whether the first line of a CSV file names columns"),
                    OptionSpec.choice(
                            SCAN_MODE,
                            "bounded",
                            List.of("bounded", "stream"),
                            "whether rows count as complete from the start or come one after another"),
                    OptionSpec.optional(
                            ROLLOVER_INTERVAL, DURATION, "10 s", "how old rows in a directory become before they show"),
                    OptionSpec.optional(FILE_SIZE, SIZE, "128 mb", "how large a file in a directory becomes"),
                    OptionSpec.optional(
                            LOG, BOOLEAN, "false", "whether files of a directory count only when its log says so"),
                    OptionSpec.optional(
                            LOG_APPEND,
                            BOOLEAN,
                            "false",
                            "whether a job with a new state directory may write behind entries of others"))
            .and(FormatOptions.VALUE.options(true, "what files hold: json, csv, raw, debezium-json or parquet"));

    private FileOptions() {}

    static TablePath path(Options options) {
        return TablePath.parse(PATH, options.required(PATH));
    }

    /**
     * Whether the table is a directory with a log.
     *
     * @throws OptionException if it cannot be one
     */
    static boolean hasLog(Options options) {
        if (!options.flag(LOG)) {
            if (options.flag(LOG_APPEND)) {
                throw new OptionException(
                        LOG_APPEND, "option '" + LOG_APPEND + "' is for tables with a log", "'" + LOG + "' = 'true'");
            }
            return false;
        }
        TablePath path = path(options);
        if (path.isStandard() || path.glob().isPresent() || path.isNameOfFile()) {
            throw new OptionException(
                    LOG,
                    "a table with a log is a directory, and '" + path.text() + "' is none",
                    "a path without a suffix");
        }
        if (columnar(options).isPresent()) {
            return true;
        }
        String format = FormatOptions.VALUE.format(options).orElseThrow();
        if (!LOG_FORMATS.contains(format)) {
            throw new OptionException(
                    "format",
                    "a table with a log has no format '" + format + "'",
                    "formats with a log: " + String.join(", ", LOG_FORMATS));
        }
        return true;
    }

    static boolean mayAppend(Options options) {
        return options.flag(LOG_APPEND);
    }

    static boolean isStream(Options options) {
        return options.required(SCAN_MODE).equals("stream");
    }

    /**
     * The format of the files if it is one of columns.
     *
     * @throws OptionException if the path cannot be of such files
     */
    static Optional<ColumnarFormat> columnar(Options options) {
        Optional<ColumnarFormat> format = options.text("format").flatMap(ColumnarFormat::find);
        TablePath path = path(options);
        if (format.isPresent() && (path.isStandard() || Compression.of(path.path()) != Compression.NONE)) {
            String what = path.isStandard() ? "standard input and output have" : "a compressed file has";
            throw new OptionException(
                    PATH,
                    what + " no format '" + format.get().name() + "', whose files are read at any position",
                    "a file, a directory or a glob; such files are compressed inside");
        }
        return format;
    }

    static FormatSpec reading(Options options) {
        Map<String, String> header = Map.of("header", options.text(HEADER).orElse("auto"));
        return FormatOptions.VALUE.reading(options, defaults(options), header, true, List.of());
    }

    /** Whether the first line of a CSV file names columns; empty if that is to be seen. */
    static Optional<Boolean> header(Options options) {
        return options.text(HEADER).filter(value -> !value.equals("auto")).map(Boolean::valueOf);
    }

    /** What CSV records look like. */
    static CsvSettings csv(Options options) {
        return FormatOptions.VALUE.csv(options, defaults(options));
    }

    /** The delimiter that the name of a file suggests. */
    private static CsvSettings defaults(Options options) {
        return path(options).dataSuffix().equals(".tsv") ? CsvSettings.TAB : CsvSettings.COMMA;
    }

    static RowFormat writing(Options options) {
        Optional<ColumnarFormat> columnar = columnar(options);
        if (columnar.isPresent()) {
            return columnar.get().writing();
        }
        String format = FormatOptions.VALUE.format(options).orElseThrow();
        return switch (format) {
            case "json" -> new JsonRows();
            case FormatOptions.DEBEZIUM -> new DebeziumRows();
            case "csv" ->
                new CsvRows(csv(options), options.text(HEADER).orElse("false").equals("true"));
            default ->
                throw new OptionException(
                        "format",
                        "format '" + format + "' can be read from files, not written",
                        "formats: json, csv, debezium-json"
                                + ColumnarFormat.names().stream()
                                        .map(name -> ", " + name)
                                        .collect(Collectors.joining()));
        };
    }

    static long rolloverNanos(Options options) {
        return options.duration(ROLLOVER_INTERVAL).toNanos();
    }

    static long partBytes(Options options) {
        return options.size(FILE_SIZE);
    }
}
