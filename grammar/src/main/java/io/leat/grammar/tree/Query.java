package io.leat.grammar.tree;

import io.leat.grammar.source.Origin;
import java.util.List;
import java.util.Optional;

/** Something that yields rows. */
public sealed interface Query extends Node {

    /**
     * {@code SELECT … FROM … WHERE … GROUP BY … HAVING … WINDOW … QUALIFY}, in either order of SELECT and FROM; without SELECT it is
     * {@code *}.
     *
     * @param qualify a condition on window functions
     */
    record Select(
            boolean distinct,
            List<SelectItem> items,
            Optional<Relation> from,
            Optional<Expression> where,
            List<Grouping> groupBy,
            Optional<Expression> having,
            List<Window.Named> windows,
            Optional<Expression> qualify,
            Origin at)
            implements Query {
        public Select {
            items = List.copyOf(items);
            groupBy = List.copyOf(groupBy);
            windows = List.copyOf(windows);
        }
    }

    /** {@code VALUES (1, 'a'), (2, 'b')}. */
    record Values(List<List<Expression>> rows, Origin at) implements Query {
        public Values {
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /** Two or more queries under one set operation, left to right. */
    record SetOperation(Kind kind, boolean all, List<Query> inputs, Origin at) implements Query {
        public SetOperation {
            inputs = List.copyOf(inputs);
        }

        public enum Kind {
            UNION,
            INTERSECT,
            EXCEPT
        }
    }

    /** {@code query ORDER BY … LIMIT … OFFSET …}. */
    record Ordered(
            Query input, List<SortItem> orderBy, Optional<Expression> limit, Optional<Expression> offset, Origin at)
            implements Query {
        public Ordered {
            orderBy = List.copyOf(orderBy);
        }
    }

    /** {@code input |> operator |> operator …}. */
    record Pipe(Query input, List<PipeOperator> operators, Origin at) implements Query {
        public Pipe {
            operators = List.copyOf(operators);
        }
    }

    /** {@code WITH name [(a, b)] AS (query), … query}. */
    record With(List<CommonTable> tables, boolean recursive, Query body, Origin at) implements Query {
        public With {
            tables = List.copyOf(tables);
        }
    }

    /** The rows that a fork hands to a branch: what a branch begins with, where a pipe of its own has a head. */
    record Incoming(Origin at) implements Query {}

    record CommonTable(Identifier name, List<Identifier> columns, Query query, Origin at) implements Node {
        public CommonTable {
            columns = List.copyOf(columns);
        }
    }

    /** One entry of a select list. */
    sealed interface SelectItem extends Node {}

    /** {@code expression [AS alias]}. */
    record Column(Expression expression, Optional<Identifier> alias, Origin at) implements SelectItem {}

    /** {@code *} or {@code t.*}. */
    record Star(Optional<Name> qualifier, Origin at) implements SelectItem {}

    /** One entry of GROUP BY. */
    sealed interface Grouping extends Node {}

    /** {@code expression [AS alias]} in GROUP BY; the alias exists in pipes only. */
    record GroupItem(Expression expression, Optional<Identifier> alias, Origin at) implements Grouping {}

    /** {@code GROUPING SETS ((a, b), a, ())}, also written {@code ROLLUP (a, b)} and {@code CUBE (a, b)}. */
    record GroupingSets(List<List<Expression>> sets, Origin at) implements Grouping {
        public GroupingSets {
            sets = sets.stream().map(List::copyOf).toList();
        }
    }

    record SortItem(Expression expression, boolean descending, Optional<Boolean> nullsFirst, Origin at)
            implements Node {}
}
