package io.leat.compiler.physical;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.expr.Expr;
import io.leat.runtime.type.Schema;
import java.util.List;
import java.util.Optional;

/**
 * How a table is read, once for all statements of the job.
 *
 * @param schema the columns of its batches: what statements use, rows narrowed to the fields that they use
 * @param columns for each column of the schema, its position in the table's columns; -1 for the hidden ones that say where a row stands
 * @param eventTime position in the schema of the event-time column, or -1
 * @param place position in the schema of the first of these hidden columns, or -1
 * @param eventTimeExpression how a computed event time follows from the other columns of the schema
 */
public record SourceRead(
        Table table,
        Schema schema,
        List<Integer> columns,
        int eventTime,
        int place,
        Optional<Expr> eventTimeExpression) {
    public SourceRead {
        columns = List.copyOf(columns);
    }
}
