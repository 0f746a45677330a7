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
     * @param distinct whether rows come once, and which of them are one row
     * @param qualify a condition on window functions
     */
    record Select(
            Distinct distinct,
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

        /** {@code SELECT * FROM relation}. */
        public static Select all(Relation relation, Origin at) {
            return new Select(
                    new EveryRow(),
                    List.of(Star.of(Optional.empty(), at)),
                    Optional.of(relation),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    at);
        }
    }

    /** Which rows of a result stand for others. */
    sealed interface Distinct {}

    /** All rows stay. */
    record EveryRow() implements Distinct {}

    /** {@code DISTINCT}: of rows that are equal, one. */
    record EqualRows() implements Distinct {}

    /** {@code DISTINCT ON (a, b)}: of rows that are equal in these, the first. */
    record DistinctOn(List<Expression> by, Origin at) implements Distinct, Node {
        public DistinctOn {
            by = List.copyOf(by);
        }
    }

    /** {@code VALUES (1, 'a'), (2, 'b')}. */
    record Values(List<List<Expression>> rows, Origin at) implements Query {
        public Values {
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /** Two or more queries under one set operation, left to right. */
    record SetOperation(SetOperator operator, List<Query> inputs, Origin at) implements Query {
        public SetOperation {
            inputs = List.copyOf(inputs);
        }
    }

    /**
     * {@code UNION [ALL] [BY NAME]} and its relatives.
     *
     * @param all whether equal rows count as often as they come
     * @param byName whether columns meet that have the same name, rather than the same place
     */
    record SetOperator(Kind kind, boolean all, boolean byName) {
        public enum Kind {
            UNION,
            INTERSECT,
            EXCEPT
        }
    }

    /** {@code query ORDER BY … LIMIT … OFFSET …}. */
    record Ordered(
            Query input,
            List<? extends Sorting> orderBy,
            Optional<Expression> limit,
            Optional<Expression> offset,
            Origin at)
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

    /** {@code DESCRIBE t}, {@code SUMMARIZE query}: a row for each column of a table or query. */
    record About(Kind kind, Query input, Origin at) implements Query {
        /** What is said of columns: what they are, or what is in them. */
        public enum Kind {
            DESCRIBE,
            SUMMARIZE
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

    /** {@code *} or {@code t.*}, with what becomes of some of its columns. */
    record Star(Optional<Name> qualifier, StarChanges changes, Origin at) implements SelectItem {
        /** All columns as they are. */
        public static Star of(Optional<Name> qualifier, Origin at) {
            return new Star(qualifier, StarChanges.NONE, at);
        }
    }

    /**
     * {@code EXCLUDE (a, t.b) REPLACE (expression AS c) RENAME (d AS e)}.
     *
     * @param replaced each with the name of the column that it stands for
     */
    record StarChanges(List<Name> excluded, List<Column> replaced, List<PipeOperator.Renaming> renamed) {
        public static final StarChanges NONE = new StarChanges(List.of(), List.of(), List.of());

        public StarChanges {
            excluded = List.copyOf(excluded);
            replaced = List.copyOf(replaced);
            renamed = List.copyOf(renamed);
        }
    }

    /** One entry of GROUP BY. */
    sealed interface Grouping extends Node {}

    /** {@code GROUP BY ALL}: everything that is selected and no aggregate. */
    record GroupAll(Origin at) implements Grouping {}

    /** {@code expression [AS alias]} in GROUP BY; the alias exists in pipes only. */
    record GroupItem(Expression expression, Optional<Identifier> alias, Origin at) implements Grouping {}

    /** {@code GROUPING SETS ((a, b), a, ())}, also written {@code ROLLUP (a, b)} and {@code CUBE (a, b)}. */
    record GroupingSets(List<List<Expression>> sets, Origin at) implements Grouping {
        public GroupingSets {
            sets = sets.stream().map(List::copyOf).toList();
        }
    }

    /** What a result is ordered by. */
    sealed interface Sorting extends Node {}

    record SortItem(Expression expression, boolean descending, Optional<Boolean> nullsFirst, Origin at)
            implements Sorting {}

    /** {@code ORDER BY ALL}: each column, from left to right. */
    record SortAll(boolean descending, Optional<Boolean> nullsFirst, Origin at) implements Sorting {}
}
