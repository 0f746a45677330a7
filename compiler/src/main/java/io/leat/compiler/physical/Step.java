package io.leat.compiler.physical;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan.Join;
import io.leat.compiler.logical.WindowKind;
import io.leat.grammar.source.Origin;
import io.leat.runtime.state.TableLayout;
import io.leat.runtime.type.Field;
import java.util.List;
import java.util.Optional;

/**
 * Something a pipeline does to each row on its way. Expressions speak of the columns of the step before; the columns after a
 * step are those it says.
 */
public sealed interface Step {
    Origin at();

    /** Lets rows through for which a condition is TRUE. Columns stay. */
    record SelectionFilter(Expr condition, Origin at) implements Step {}

    /**
     * Lets rows through for which a condition is TRUE, where they end up: behind the verdict on late rows there, and behind all that is
     * computed of them. Columns stay.
     */
    record Admittance(Expr condition, Origin at) implements Step {}

    /** New columns. Each is computed where it is first needed. */
    record Projection(List<Expr> expressions, Origin at) implements Step {
        public Projection {
            expressions = List.copyOf(expressions);
        }
    }

    /**
     * Joins each row with the rows of a static table that have its key, or asks whether there is one. Columns of the table come behind
     * those of the row, unless it is only asked.
     *
     * @param table the id of the {@link PhysicalOperator.BuildTable}
     * @param leftColumns how many columns the row has
     * @param keys what to look up, in the order of the table's keys
     * @param columns the table's columns as the query sees them
     * @param slots for each leaf of these columns, its slot in the layout: keys first, then columns
     * @param residual what else must hold for a pair
     * @param kind which rows go on
     * @param unique whether a key has at most one row
     */
    record StaticProbe(
            int table,
            int leftColumns,
            List<Expr> keys,
            List<Field> columns,
            List<Integer> slots,
            TableLayout layout,
            Optional<Expr> residual,
            Join.Kind kind,
            boolean unique,
            Origin at)
            implements Step {
        public StaticProbe {
            keys = List.copyOf(keys);
            columns = List.copyOf(columns);
            slots = List.copyOf(slots);
        }
    }

    /** Lets each row through as often as a number says, which is never NULL. Columns stay. */
    record Repetition(Expr times, Origin at) implements Step {}

    /**
     * Lets each row through once for each position in some arrays, with the element of each and the position behind its columns.
     *
     * @param inputColumns how many columns the row has
     * @param padded whether a row without elements goes on once, with NULLs
     */
    record Unnesting(int inputColumns, List<Expr> arrays, boolean padded, Origin at) implements Step {
        public Unnesting {
            arrays = List.copyOf(arrays);
        }
    }

    /**
     * Adds start, end and time of the window that a row belongs to; with overlapping windows the row goes on once for each. A row
     * without time stops here.
     *
     * @param inputColumns how many columns the row has
     * @param unit what {@code window_time} stays behind the end
     */
    record WindowExpansion(int inputColumns, int timeColumn, WindowKind kind, long unit, Origin at) implements Step {}
}
