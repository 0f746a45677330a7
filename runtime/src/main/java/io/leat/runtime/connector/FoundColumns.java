package io.leat.runtime.connector;

import io.leat.runtime.type.Field;
import java.util.List;
import java.util.Map;

/**
 * The columns of a table that declares none, as what is there shows them.
 *
 * @param fields in the order in which they are there
 * @param options that reading them so takes, such as whether the first line of a file names columns; they stand for what is not written
 * @param notes for people: what becomes no column, and why, and which values do not fit one
 */
public record FoundColumns(List<Field> fields, Map<String, String> options, List<String> notes) {
    public FoundColumns {
        fields = List.copyOf(fields);
        options = Map.copyOf(options);
        notes = List.copyOf(notes);
    }
}
