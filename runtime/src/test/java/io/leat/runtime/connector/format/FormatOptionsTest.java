package io.leat.runtime.connector.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.ConnectorRun;
import io.leat.runtime.connector.FormatSpec;
import io.leat.runtime.connector.OptionException;
import io.leat.runtime.connector.Options;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormatOptionsTest {

    private static Options options(String... pairs) {
        return ConnectorRun.options(FormatOptions.VALUE.options(true), pairs);
    }

    private static OptionException refused(String... pairs) {
        Options options = options(pairs);
        return assertThrows(
                OptionException.class,
                () -> FormatOptions.VALUE.reading(options, CsvSettings.COMMA, Map.of(), true, List.of()));
    }

    @Test
    void settingsReachTheDecoder() {
        Options options = options("value.format", "csv", "csv.field-delimiter", "\\t", "csv.null-literal", "NULL");
        FormatSpec spec =
                FormatOptions.VALUE.reading(options, CsvSettings.COMMA, Map.of("header", "true"), false, List.of("a"));
        assertEquals("csv", spec.name());
        assertEquals(List.of("a"), spec.fields());
        assertEquals(
                Map.of(
                        "field-delimiter", "\t",
                        "quote-character", "\"",
                        "null-literal", "NULL",
                        "header", "true",
                        "lines", "false"),
                spec.settings());
    }

    @Test
    void theFormatIsRequired() {
        OptionException missing = assertThrows(OptionException.class, () -> options());
        assertEquals("option 'format' is missing", missing.getMessage());
    }

    @Test
    void unknownFormatsNameTheKnownOnes() {
        OptionException unknown = refused("format", "avro");
        assertEquals("there is no format 'avro'", unknown.getMessage());
        assertEquals("formats: json, csv, raw, debezium-json", unknown.help());
        assertTrue(refused("format", "parquet").help().contains("leat-lake"));
    }

    @Test
    void charactersAreOneByte() {
        assertEquals(
                "option 'csv.field-delimiter' must be one ASCII character",
                refused("format", "csv", "csv.field-delimiter", "||").getMessage());
        assertEquals(
                "option 'csv.quote-character' must be one ASCII character",
                refused("format", "csv", "csv.quote-character", "«").getMessage());
        assertEquals(
                "option 'csv.field-delimiter' must be one ASCII character",
                refused("format", "csv", "csv.field-delimiter", "\n").getMessage());
        assertEquals(
                "CSV fields cannot be delimited by their quote",
                refused("format", "csv", "csv.field-delimiter", "\"").getMessage());
    }

    @Test
    void theTextOfNullIsPlain() {
        assertEquals(
                "a text for NULL must do without delimiters, quotes and control characters",
                refused("format", "csv", "csv.null-literal", "a,b").getMessage());
    }
}
