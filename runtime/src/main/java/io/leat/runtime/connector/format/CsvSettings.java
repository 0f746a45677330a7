package io.leat.runtime.connector.format;

import java.util.Map;

/**
 * What CSV records look like.
 *
 * @param delimiter between fields
 * @param quote around fields that need it
 * @param nullText an unquoted field with this text is NULL
 */
public record CsvSettings(char delimiter, char quote, String nullText) {
    /** As in RFC 4180; NULL is nothing, the empty text is {@code ""}. */
    public static final CsvSettings COMMA = new CsvSettings(',', '"', "");
    /** The same with tabs. */
    public static final CsvSettings TAB = new CsvSettings('\t', '"', "");

    /** The settings as a {@link io.leat.runtime.connector.FormatSpec} names them. */
    Map<String, String> forDecoder() {
        return Map.of(
                "field-delimiter",
                String.valueOf(delimiter),
                "quote-character",
                String.valueOf(quote),
                "null-literal",
                nullText);
    }
}
