package io.leat.compiler.optimize;

import io.leat.compiler.catalog.Table;
import io.leat.runtime.type.Field;
import java.util.List;

/**
 * The columns of a table that a job reads.
 *
 * @param positions in the output of a scan of the whole table
 * @param fields rows narrowed to the fields that are used
 */
public record TableColumns(Table table, List<Integer> positions, List<Field> fields) {
    public TableColumns {
        positions = List.copyOf(positions);
        fields = List.copyOf(fields);
    }
}
