package io.leat.compiler.optimize;

import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How much of a column is needed: all of it, some fields of a row, or only whether there is a row. Grows while expressions are looked
 * at.
 */
final class Need {
    private final Map<Integer, Need> fields = new TreeMap<>();
    private boolean whole;

    /** Only whether it is NULL. */
    static Need ofPresence() {
        return new Need();
    }

    static Need ofWhole() {
        Need need = new Need();
        need.whole = true;
        return need;
    }

    /** The need of what stands at a path of fields below this column, created when new. */
    Need at(List<Integer> path) {
        Need need = this;
        for (int field : path) {
            need = need.fields.computeIfAbsent(field, key -> ofPresence());
        }
        return need;
    }

    void add(Need other) {
        whole |= other.whole;
        other.fields.forEach((field, need) ->
                fields.computeIfAbsent(field, key -> ofPresence()).add(need));
    }

    /** What several need of the same columns, together. */
    static Need[] sum(List<Need[]> needs) {
        Need[] sum = new Need[needs.get(0).length];
        for (Need[] each : needs) {
            for (int column = 0; column < sum.length; column++) {
                if (each[column] != null) {
                    sum[column] = sum[column] == null ? ofPresence() : sum[column];
                    sum[column].add(each[column]);
                }
            }
        }
        return sum;
    }

    /** The columns of which anything is needed. */
    static Set<Integer> columns(Need[] needs) {
        Set<Integer> columns = new TreeSet<>();
        for (int column = 0; column < needs.length; column++) {
            if (needs[column] != null) {
                columns.add(column);
            }
        }
        return columns;
    }

    /** The type with only the fields that are needed. A row of which only the presence counts keeps one field. */
    Type narrow(Type type) {
        if (whole || !(type instanceof RowType row)) {
            return type;
        }
        List<Field> kept = new ArrayList<>();
        fields.forEach((index, need) -> {
            Field field = row.fields().get(index);
            kept.add(new Field(field.name(), need.narrow(field.type()), field.nullable()));
        });
        if (kept.isEmpty()) {
            Field first = row.fields().get(0);
            kept.add(new Field(first.name(), ofPresence().narrow(first.type()), first.nullable()));
        }
        return new RowType(kept);
    }
}
