package io.leat.compiler.codegen;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import java.util.List;
import java.util.function.IntPredicate;

/** The columns that expressions speak of at some point of a pipeline. */
interface Columns {
    /** The value of a column, computed in this scope if it is not known yet. */
    Fragment column(int index, Scope scope);

    /** The value of a field of a row column: positions from the outermost row inwards. Reads no other field. */
    Fragment field(int index, List<Integer> path, Scope scope);

    /**
     * An expression as one over the columns that these were made of, as far down as it speaks of no others: what was computed of them
     * before, such as for a filter below a lookup, is known here.
     */
    default Home home(Expr expression) {
        return new Home(this, expression);
    }

    /** The same where these columns are others with more behind them: speaks of the first ones as those below do. */
    default Home home(Expr expression, Columns below, int width) {
        return speaksOnlyOf(expression, column -> column < width) ? below.home(expression) : new Home(this, expression);
    }

    /** Columns, and an expression over them. */
    record Home(Columns columns, Expr expression) {}

    static boolean speaksOnlyOf(Expr expression, IntPredicate columns) {
        return Exprs.columns(expression).stream().allMatch(columns::test);
    }
}
