package io.leat.runtime.connector.format;

import static io.leat.runtime.connector.OptionSpec.Kind.TEXT;
import static io.leat.runtime.connector.OptionSpec.choice;

import io.leat.runtime.connector.FormatSpec;
import io.leat.runtime.connector.OptionException;
import io.leat.runtime.connector.OptionSet;
import io.leat.runtime.connector.OptionSpec;
import io.leat.runtime.connector.Options;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options that say how records and rows become each other, the same for all connectors that move text. The options of a part
 * of a record, such as its key, stand behind a prefix.
 *
 * @param prefix in front of every name: empty, or {@code key.}
 */
public record FormatOptions(String prefix) {
    public static final FormatOptions VALUE = new FormatOptions("");
    public static final FormatOptions KEY = new FormatOptions("key.");

    /** Changes as Debezium writes them: a JSON object with the row before and after, and what happened. */
    public static final String DEBEZIUM = "debezium-json";

    /** What becomes of a JSON record with a name that no column has: {@code ignore}, {@code reject} or {@code fail}. */
    public static final String UNKNOWN_FIELDS = "json.unknown-fields";

    private static final String DUPLICATE_KEYS = "json.duplicate-keys";
    private static final OptionSet STRICTNESS = OptionSet.of(
            choice(
                            UNKNOWN_FIELDS,
                            "ignore",
                            List.of("ignore", "reject", "fail"),
                            "what becomes of a JSON record with a name that no column has: it is passed over and counted,"
                                    + " the record is rejected, or the job ends")
                    .alias("value." + UNKNOWN_FIELDS),
            choice(
                            DUPLICATE_KEYS,
                            "last",
                            List.of("last", "reject"),
                            "what becomes of a JSON record with the name of a column twice: the last value counts, or it is"
                                    + " rejected")
                    .alias("value." + DUPLICATE_KEYS));

    private static final List<String> FORMATS = List.of("json", "csv", "raw", DEBEZIUM);
    private static final List<String> KEY_FORMATS = List.of("json", "csv", "raw");

    /** The options of this part. The format itself is required if {@code required}. */
    public OptionSet options(boolean required) {
        return options(required, "what records look like: json, csv, raw or debezium-json");
    }

    /**
     * The options of a table of files.
     *
     * @param description of the format, since files have more of them than records
     */
    public OptionSet options(boolean required, String description) {
        OptionSet text = OptionSet.of(
                named("format", null, required, description),
                named("csv.field-delimiter", null, false, "the character between CSV fields, ',' by default"),
                named("csv.quote-character", "\"", false, "the character around CSV fields that need it"),
                named("csv.null-literal", "", false, "the text of a CSV field that is NULL"));
        return prefix.isEmpty() ? text.and(STRICTNESS) : text;
    }

    private OptionSpec named(String name, String fallback, boolean required, String description) {
        List<String> aliases = prefix.isEmpty() ? List.of("value." + name) : List.of();
        return new OptionSpec(prefix + name, aliases, TEXT, fallback, required, List.of(), description);
    }

    /** The name of the format, if the options name one. */
    public Optional<String> format(Options options) {
        Optional<String> format = options.text(prefix + "format");
        format.ifPresent(name -> {
            List<String> formats = prefix.isEmpty() ? FORMATS : KEY_FORMATS;
            if (!formats.contains(name)) {
                throw new OptionException(
                        prefix + "format",
                        "there is no format '" + name + "'",
                        name.equals("parquet")
                                ? "parquet is a format of files, and comes with the module leat-lake; records are json, csv"
                                        + " and raw"
                                : "formats: " + String.join(", ", formats));
            }
        });
        return format;
    }

    /** Whether records are changes rather than rows. */
    public boolean isDebezium(Options options) {
        return format(options).filter(DEBEZIUM::equals).isPresent();
    }

    /** What CSV records look like. {@code otherwise} holds if no delimiter is given. */
    public CsvSettings csv(Options options, CsvSettings otherwise) {
        String delimiterKey = prefix + "csv.field-delimiter";
        char delimiter = options.has(delimiterKey) ? character(options, delimiterKey) : otherwise.delimiter();
        char quote = character(options, prefix + "csv.quote-character");
        if (delimiter == quote) {
            throw new OptionException(delimiterKey, "CSV fields cannot be delimited by their quote", "");
        }
        String nullText = options.required(prefix + "csv.null-literal");
        boolean special = nullText.indexOf(delimiter) >= 0
                || nullText.indexOf(quote) >= 0
                || nullText.chars().anyMatch(Character::isISOControl);
        if (special) {
            throw new OptionException(
                    prefix + "csv.null-literal",
                    "a text for NULL must do without delimiters, quotes and control characters",
                    "quoted fields are never NULL");
        }
        return new CsvSettings(delimiter, quote, nullText);
    }

    private static char character(Options options, String key) {
        String text = options.required(key);
        String meant = text.equals("\\t") ? "\t" : text;
        boolean usable = meant.getBytes(StandardCharsets.UTF_8).length == 1
                && (meant.equals("\t") || !Character.isISOControl(meant.charAt(0)));
        if (!usable) {
            throw new OptionException(key, "option '" + key + "' must be one ASCII character", "a tab is '\\t'");
        }
        return meant.charAt(0);
    }

    /**
     * How a decoder is to read these records.
     *
     * @param settings more settings of the format, such as the header of a file
     * @param lines whether records are lines of a file
     */
    public FormatSpec reading(
            Options options, CsvSettings otherwise, Map<String, String> settings, boolean lines, List<String> fields) {
        String format = format(options).orElseThrow();
        Map<String, String> all = new HashMap<>();
        if (format.equals("csv")) {
            all.putAll(csv(options, otherwise).forDecoder());
            all.putAll(settings);
        }
        if (prefix.isEmpty() && (format.equals("json") || format.equals(DEBEZIUM))) {
            all.put("unknown-fields", options.required(UNKNOWN_FIELDS));
            all.put("duplicate-keys", options.required(DUPLICATE_KEYS));
        }
        all.put("lines", String.valueOf(lines));
        return new FormatSpec(format, all, lines, fields);
    }
}
