package io.leat.grammar.tree;

import io.leat.grammar.source.Origin;
import java.util.List;
import java.util.Optional;

/** One statement of a file. */
public sealed interface Statement extends Node {

    /**
     * {@code CREATE TABLE t (…) WITH (…)}: a source, a sink, or, without options, a table in memory.
     *
     * @param orReplace {@code CREATE OR REPLACE}
     * @param like the table that it is declared after
     * @param outlets where late and rejected rows of this source go, over all statements of the file
     */
    record CreateTable(
            Name name,
            boolean orReplace,
            boolean ifNotExists,
            List<TableElement> elements,
            List<Property> options,
            Optional<Like> like,
            Outlets outlets,
            Origin at)
            implements Statement {
        public CreateTable {
            elements = List.copyOf(elements);
            options = List.copyOf(options);
        }
    }

    /** {@code LIKE t (EXCLUDING ALL INCLUDING GENERATED)}: the columns of a table, and what else of it is taken over. */
    record Like(Name table, List<LikeOption> options, Origin at) implements Node {
        public Like {
            options = List.copyOf(options);
        }
    }

    /** {@code INCLUDING feature}; without feature it is {@code ALL} of them. */
    record LikeOption(Taking taking, Optional<Identifier> feature, Origin at) implements Node {
        /** What becomes of a part of the table that is declared after. */
        public enum Taking {
            /** It is taken over, and must not be said again. */
            INCLUDING,
            EXCLUDING,
            /** It is taken over where nothing else is said. */
            OVERWRITING
        }
    }

    /** {@code CREATE TABLE t [(…)] [WITH (…)] AS query}, also written {@code query |> CREATE TABLE t WITH (…)}. */
    record CreateTableAs(
            Name name,
            boolean orReplace,
            boolean ifNotExists,
            List<TableElement> elements,
            List<Property> options,
            Query query,
            Outlets outlets,
            Origin at)
            implements Statement {
        public CreateTableAs {
            elements = List.copyOf(elements);
            options = List.copyOf(options);
        }
    }

    /** {@code CREATE VIEW v [(a, b)] AS query}. */
    record CreateView(Name name, boolean orReplace, List<Identifier> columns, Query query, Origin at)
            implements Statement {
        public CreateView {
            columns = List.copyOf(columns);
        }
    }

    /** {@code CREATE MATERIALIZED VIEW v [(a, b)] [WITH (…)] [FRESHNESS = INTERVAL …] AS query}. */
    record CreateMaterializedView(
            Name name,
            boolean orReplace,
            List<Identifier> columns,
            List<Property> options,
            Optional<Expression> freshness,
            Query query,
            Outlets outlets,
            Origin at)
            implements Statement {
        public CreateMaterializedView {
            columns = List.copyOf(columns);
            options = List.copyOf(options);
        }
    }

    /** {@code INSERT INTO t [(a, b)] query}, also written {@code query |> INSERT INTO t [(a, b)]}. */
    record InsertInto(Name table, List<Identifier> columns, Query query, Outlets outlets, Origin at)
            implements Statement {
        public InsertInto {
            columns = List.copyOf(columns);
        }
    }

    /** A query whose rows are printed. */
    record Print(Query query, Outlets outlets, Origin at) implements Statement {}

    /**
     * {@code input |> FORK (|> …), (|> …)}: the rows of a query, to several statements at once. {@code input |> TEE (|> …) |> …} is a
     * fork whose last branch is what follows.
     *
     * @param branches begin with {@link Query.Incoming}; each an {@code INSERT INTO}, a {@code CREATE TABLE … AS}, a query or a fork
     */
    record Fork(Query input, List<Statement> branches, Origin at) implements Statement {
        public Fork {
            branches = List.copyOf(branches);
        }
    }

    /** {@code EXPLAIN [RULES | PHYSICAL | CODE | STATE | CHANGELOG | DELIVERY] statement}; {@code view} is empty for the plan. */
    record Explain(Optional<Identifier> view, Statement statement, Origin at) implements Statement {}

    /** {@code SET 'key' = 'value'} or {@code SET key = value}. */
    record SetOption(Property property, Origin at) implements Statement {}

    /** What a table definition is made of. */
    sealed interface TableElement extends Node {}

    /** {@code name TYPE [NOT NULL] [METADATA [FROM 'key'] [VIRTUAL]] [PRIMARY KEY [NOT ENFORCED]]}. */
    record ColumnDefinition(
            Identifier name, TypeName type, boolean notNull, Optional<Metadata> metadata, boolean primaryKey, Origin at)
            implements TableElement {}

    /** {@code METADATA [FROM 'key'] [VIRTUAL]}: a column that the connector fills, such as a Kafka offset. */
    record Metadata(Optional<String> key, boolean virtual) {}

    /** {@code name AS expression}. */
    record ComputedColumn(Identifier name, Expression expression, Origin at) implements TableElement {}

    /** {@code WATERMARK FOR column AS expression}. */
    record Watermark(Name column, Expression expression, Origin at) implements TableElement {}

    /** {@code PRIMARY KEY (a, b) [NOT ENFORCED]}. */
    record PrimaryKey(List<Identifier> columns, boolean enforced, Origin at) implements TableElement {
        public PrimaryKey {
            columns = List.copyOf(columns);
        }
    }

    /** {@code key = value} of a {@code WITH} list or a {@code SET}. */
    record Property(String key, Origin keyAt, PropertyValue value, Origin at) implements Node {}

    sealed interface PropertyValue {}

    /** Text, number or boolean; {@code ${name}} in it stands for a parameter and is replaced as a value, not as query text. */
    record PlainValue(String text, Origin at) implements PropertyValue {}

    /** {@code env('NAME')} or {@code secret('name')}: never printed. */
    record SecretValue(String function, String name, Origin at) implements PropertyValue {}

    /**
     * What follows a query or a table: {@code EMIT FINAL | CHANGES}, {@code LATE INTO t}, {@code REJECT INTO t}, in any order,
     * after the query or as its last pipe operators.
     */
    record Outlets(Optional<Emit> emit, Optional<Name> lateInto, Optional<Name> rejectInto) {
        public static final Outlets NONE = new Outlets(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * {@code EMIT FINAL [AFTER delay]} or {@code EMIT CHANGES [EVERY interval] [AFTER delay]}.
     *
     * @param every how often changes are told; empty for as they come
     * @param after how long after its end a window still waits for late rows
     */
    record Emit(Mode mode, Optional<Expression> every, Optional<Expression> after, Origin at) implements Node {
        /** Final rows only, or every change of the result. */
        public enum Mode {
            FINAL,
            CHANGES
        }
    }
}
