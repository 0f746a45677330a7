package io.leat.grammar.tree;

import io.leat.grammar.source.Origin;
import java.util.List;
import java.util.Optional;

/** What a FROM clause names. */
public sealed interface Relation extends Node {

    /**
     * {@code t [&#47;*+ OPTIONS(…) *&#47;] [[AS] alias]}.
     *
     * @param options other ones for this use of the table
     */
    record Table(Name name, List<Statement.Property> options, Optional<Identifier> alias, Origin at)
            implements Relation {
        public Table {
            options = List.copyOf(options);
        }

        public Table(Name name, Optional<Identifier> alias, Origin at) {
            this(name, List.of(), alias, at);
        }
    }

    /** {@code t FOR SYSTEM_TIME AS OF time [[AS] alias]}: the rows of the table that were valid at that time. */
    record AsOf(Table table, Expression time, Origin at) implements Relation {}

    /** {@code 'file.csv' [AS alias]}. */
    record File(String path, Optional<Identifier> alias, Origin at) implements Relation {}

    /** {@code (query) [[AS] alias [(a, b)]]}. */
    record Subquery(Query query, Optional<Identifier> alias, List<Identifier> columns, Origin at) implements Relation {
        public Subquery {
            columns = List.copyOf(columns);
        }
    }

    /** {@code LATERAL (query)}: the rows that a query has for each row in front of it, of which it may speak. */
    record Lateral(Subquery subquery, Origin at) implements Relation {}

    /**
     * {@code TABLE(f(arguments)) [[AS] alias]} or {@code f(arguments) [WITH ORDINALITY] [[AS] alias [(a, b)]]}.
     *
     * @param ordinality whether rows are numbered
     */
    record TableFunction(
            Identifier name,
            List<Argument> arguments,
            boolean ordinality,
            Optional<Identifier> alias,
            List<Identifier> columns,
            Origin at)
            implements Relation {
        public TableFunction {
            arguments = List.copyOf(arguments);
            columns = List.copyOf(columns);
        }

        public TableFunction(Identifier name, List<Argument> arguments, Optional<Identifier> alias, Origin at) {
            this(name, arguments, false, alias, List.of(), at);
        }
    }

    /** {@code relation EXPIRE AFTER interval}: its rows are forgotten that long after their time. */
    record Expiring(Relation input, Expression after, Origin at) implements Relation {}

    /**
     * {@code relation [REFRESH EVERY interval] [WAIT READY]}: a table that is looked up and read again.
     *
     * @param every empty for read once
     * @param waitReady whether no row is looked up before the table was read for the first time
     */
    record Refreshing(Relation input, Optional<Expression> every, boolean waitReady, Origin at) implements Relation {}

    /** {@code left kind JOIN right condition}. A comma between relations is {@link JoinKind#CROSS}. */
    record Join(JoinKind kind, Relation left, Relation right, JoinCondition condition, Origin at) implements Relation {}

    enum JoinKind {
        INNER,
        LEFT,
        RIGHT,
        FULL,
        CROSS,
        SEMI,
        ANTI,
        /** {@code ASOF JOIN}: the last row of the right side that is not later. */
        ASOF,
        /** {@code ASOF LEFT JOIN}: rows of the left side without such a row, too. */
        ASOF_LEFT;

        /** The words in front of JOIN, with a space behind each; none for an inner join. */
        public String words() {
            return this == INNER ? "" : name().replace('_', ' ') + " ";
        }
    }

    sealed interface JoinCondition {}

    record On(Expression condition) implements JoinCondition {}

    record Using(List<Identifier> columns, Origin at) implements JoinCondition, Node {
        public Using {
            columns = List.copyOf(columns);
        }
    }

    /** {@code NATURAL} or no condition at all. */
    record Unconditional(boolean natural) implements JoinCondition {}

    /** {@code [name =>] value} of a table function. */
    record Argument(Optional<Identifier> name, ArgumentValue value, Origin at) implements Node {}

    sealed interface ArgumentValue {}

    record ExpressionArgument(Expression expression) implements ArgumentValue {}

    /** {@code TABLE t [PARTITION BY (a, b)]} or {@code (query)}. */
    record TableArgument(Relation relation, List<Name> partitionBy) implements ArgumentValue {
        public TableArgument {
            partitionBy = List.copyOf(partitionBy);
        }

        public TableArgument(Relation relation) {
            this(relation, List.of());
        }
    }

    /** {@code DESCRIPTOR(a, b)}. */
    record DescriptorArgument(List<Name> columns, Origin at) implements ArgumentValue {
        public DescriptorArgument {
            columns = List.copyOf(columns);
        }
    }
}
