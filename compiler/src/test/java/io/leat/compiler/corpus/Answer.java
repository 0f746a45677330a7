package io.leat.compiler.corpus;

import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The result of a printed query. */
public record Answer(List<Field> fields, List<List<Object>> rows) {
    public Answer {
        fields = List.copyOf(fields);
        rows = List.copyOf(rows);
    }

    public List<Type> types() {
        return fields.stream().map(Field::type).toList();
    }

    /** The rows as lines of a case. */
    public List<String> lines() {
        return rows.stream().map(row -> line(row, types())).toList();
    }

    static String line(List<Object> row, List<Type> types) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            cells.add(CellText.print(row.get(i), types.get(i)));
        }
        return String.join("  ", cells);
    }

    /** Names and types, as they may stand behind the line before the rows. */
    String columns() {
        return fields.stream()
                .map(field -> field.name() + " " + field.type().sql())
                .collect(Collectors.joining(", "));
    }
}
