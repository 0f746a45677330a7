package io.leat.grammar.tree;

import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Query.Grouping;
import io.leat.grammar.tree.Query.SelectItem;
import io.leat.grammar.tree.Query.SetOperator;
import io.leat.grammar.tree.Query.SortItem;
import io.leat.grammar.tree.Query.Sorting;
import java.util.List;
import java.util.Optional;

/** One step of a pipe: takes the rows of everything before it. */
public sealed interface PipeOperator extends Node {

    /** {@code |> WHERE condition}. */
    record Where(Expression condition, Origin at) implements PipeOperator {}

    /** {@code |> SELECT [DISTINCT] items}. */
    record Select(boolean distinct, List<SelectItem> items, Origin at) implements PipeOperator {
        public Select {
            items = List.copyOf(items);
        }
    }

    /** {@code |> EXTEND expression AS name, …}: all columns so far and new ones. */
    record Extend(List<SelectItem> items, Origin at) implements PipeOperator {
        public Extend {
            items = List.copyOf(items);
        }
    }

    /** {@code |> SET column = expression, …}: new values for columns that exist. */
    record Assign(List<Assignment> assignments, Origin at) implements PipeOperator {
        public Assign {
            assignments = List.copyOf(assignments);
        }
    }

    record Assignment(Identifier column, Expression value, Origin at) implements Node {}

    /** {@code |> DROP a, b}. */
    record Drop(List<Identifier> columns, Origin at) implements PipeOperator {
        public Drop {
            columns = List.copyOf(columns);
        }
    }

    /** {@code |> RENAME a AS b, …}. */
    record Rename(List<Renaming> renamings, Origin at) implements PipeOperator {
        public Rename {
            renamings = List.copyOf(renamings);
        }
    }

    record Renaming(Identifier from, Identifier to, Origin at) implements Node {}

    /** {@code |> AS alias}. */
    record As(Identifier alias, Origin at) implements PipeOperator {}

    /** {@code |> [INNER | LEFT | …] JOIN relation ON condition | USING (…)}. */
    record Join(Relation.JoinKind kind, Relation right, Relation.JoinCondition condition, Origin at)
            implements PipeOperator {}

    /** {@code |> CALL f(arguments) [AS alias]}: a table function whose table is the rows so far. */
    record Call(Relation.TableFunction function, Origin at) implements PipeOperator {}

    /** {@code |> AGGREGATE items [GROUP BY items]}: the groups' columns first, each once, then the aggregates. */
    record Aggregate(List<SelectItem> items, List<Grouping> groupBy, Origin at) implements PipeOperator {
        public Aggregate {
            items = List.copyOf(items);
            groupBy = List.copyOf(groupBy);
        }
    }

    /** {@code |> DISTINCT}. */
    record Distinct(Origin at) implements PipeOperator {}

    /** {@code |> DISTINCT ON (a, b) ORDER BY items}: of rows that are equal in these, the first in this order. */
    record DistinctOn(List<Expression> by, List<SortItem> order, Origin at) implements PipeOperator {
        public DistinctOn {
            by = List.copyOf(by);
            order = List.copyOf(order);
        }
    }

    /** {@code |> UNION [ALL] [BY NAME] (query), …} and its relatives. */
    record SetOperation(SetOperator operator, List<Query> inputs, Origin at) implements PipeOperator {
        public SetOperation {
            inputs = List.copyOf(inputs);
        }
    }

    /** {@code |> ORDER BY items}. */
    record OrderBy(List<? extends Sorting> items, Origin at) implements PipeOperator {
        public OrderBy {
            items = List.copyOf(items);
        }
    }

    /** {@code |> LIMIT count [OFFSET count]}. */
    record Limit(Expression count, Optional<Expression> offset, Origin at) implements PipeOperator {}
}
