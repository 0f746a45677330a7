package io.leat.runtime.connector.sample;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.leat.runtime.connector.FoundColumns;
import io.leat.runtime.connector.format.CsvSettings;
import io.leat.runtime.type.Field;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Records of CSV. One thread. */
public final class CsvSample {
    private final CsvSettings settings;
    private final Optional<Boolean> header;
    private final List<ValueKinds> columns = new ArrayList<>();
    private Optional<List<String>> first = Optional.empty();
    private boolean named;

    /** @param header whether the first record of a file names the columns; empty if that has to be seen */
    public CsvSample(CsvSettings settings, Optional<Boolean> header) {
        this.settings = settings;
        this.header = header;
    }

    /**
     * Adds the records that a file begins with.
     *
     * @param limit how many are looked at, at most
     * @return the first one
     */
    public List<String> add(byte[] records, int limit) {
        String text = new String(records, StandardCharsets.UTF_8);
        List<String> firstOfFile = List.of();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(settings.delimiter())
                .quoteCharacter(settings.quote())
                .ofCsvRecord(text)) {
            int looked = 0;
            for (CsvRecord record : reader) {
                if (looked++ == limit) {
                    break;
                }
                if (looked == 1) {
                    firstOfFile = record.getFields();
                    begin(firstOfFile);
                    if (named) {
                        continue;
                    }
                }
                add(record.getFields());
            }
        } catch (CsvParseException | IOException e) {
            // What cannot be read is rejected and told when the file is read.
        }
        return firstOfFile;
    }

    private void begin(List<String> record) {
        if (first.isPresent()) {
            return;
        }
        first = Optional.of(record);
        named = header.orElseGet(() -> looksLikeNames(record));
        record.forEach(field -> columns.add(new ValueKinds()));
    }

    /** Names are texts that differ from each other; values are mostly something else, or missing, or the same. */
    private static boolean looksLikeNames(List<String> record) {
        Set<String> names = new HashSet<>();
        return record.stream()
                .map(field -> field.strip().toLowerCase(Locale.ROOT))
                .allMatch(
                        field -> !field.isEmpty() && ValueKind.ofAnyText(field) == ValueKind.TEXT && names.add(field));
    }

    private void add(List<String> record) {
        if (record.size() != columns.size()) {
            return; // rejected when it is read
        }
        for (int i = 0; i < record.size(); i++) {
            String text = record.get(i);
            if (!text.isEmpty() && !text.equals(settings.nullText())) {
                columns.get(i).addText(ValueKind.ofAnyText(text), text);
            }
        }
    }

    /** Whether the first record of a file names the columns. */
    public boolean isNamed() {
        return named;
    }

    /** The columns of these records; none if there was no record. */
    public FoundColumns columns() {
        List<Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < columns.size(); i++) {
            String written = named ? first.orElseThrow().get(i).strip() : "";
            String name = written.isEmpty() ? "column" + i : written;
            // Columns count by their place, so each one has to have a name of its own.
            for (int n = 1; !names.add(name.toLowerCase(Locale.ROOT)); n++) {
                name = (written.isEmpty() ? "column" + i : written) + "_" + n;
            }
            fields.add(Field.nullable(name, columns.get(i).typeOfTexts()));
        }
        return new FoundColumns(fields, Map.of("csv.header", String.valueOf(named)), List.of());
    }
}
