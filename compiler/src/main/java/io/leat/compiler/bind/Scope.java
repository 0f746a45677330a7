package io.leat.compiler.bind;

import java.util.Optional;

/**
 * Rows around a subquery, whose columns it may speak of.
 *
 * @param level how deep they are, 0 for those of the outermost query
 * @param outside the rows around these
 */
record Scope(BoundRelation rows, int level, Optional<Scope> outside) {
    /** The rows of a query as its subqueries see them. */
    static Scope of(BoundRelation rows, Context context) {
        int level = context.outside().map(scope -> scope.level() + 1).orElse(0);
        return new Scope(rows, level, context.outside());
    }
}
