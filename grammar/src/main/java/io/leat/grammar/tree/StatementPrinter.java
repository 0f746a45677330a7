package io.leat.grammar.tree;

import io.leat.grammar.tree.Statement.ColumnDefinition;
import io.leat.grammar.tree.Statement.ComputedColumn;
import io.leat.grammar.tree.Statement.Outlets;
import io.leat.grammar.tree.Statement.PlainValue;
import io.leat.grammar.tree.Statement.PrimaryKey;
import io.leat.grammar.tree.Statement.Property;
import io.leat.grammar.tree.Statement.SecretValue;
import io.leat.grammar.tree.Statement.TableElement;
import io.leat.grammar.tree.Statement.Watermark;
import java.util.List;
import java.util.stream.Collectors;

/** Prints statements, without the semicolon behind them. */
final class StatementPrinter implements StatementVisitor<String> {
    private static final StatementPrinter PRINTER = new StatementPrinter();

    private StatementPrinter() {}

    static String print(Statement statement) {
        return StatementVisitor.visit(statement, PRINTER);
    }

    @Override
    public String createTable(Statement.CreateTable node) {
        boolean isBare = node.elements().isEmpty()
                && node.options().isEmpty()
                && node.like().isEmpty();
        return createTable(node.orReplace(), node.ifNotExists(), node.name(), node.elements(), node.options())
                + (isBare ? " WITH ()" : "")
                + node.like().map(StatementPrinter::like).orElse("")
                + outlets(node.outlets());
    }

    @Override
    public String createTableAs(Statement.CreateTableAs node) {
        return createTable(node.orReplace(), node.ifNotExists(), node.name(), node.elements(), node.options())
                + " AS "
                + QueryPrinter.print(node.query())
                + outlets(node.outlets());
    }

    private static String createTable(
            boolean orReplace, boolean ifNotExists, Name name, List<TableElement> elements, List<Property> options) {
        String list = elements.isEmpty() ? "" : " (" + NamePrinter.list(elements, StatementPrinter::element) + ")";
        String unless = ifNotExists ? "IF NOT EXISTS " : "";
        return create(orReplace) + "TABLE " + unless + NamePrinter.name(name) + list + options(options);
    }

    private static String like(Statement.Like like) {
        String options = like.options().stream()
                .map(option -> option.taking() + " "
                        + option.feature()
                                .map(feature -> NamePrinter.identifier(feature))
                                .orElse("ALL"))
                .collect(Collectors.joining(" "));
        return " LIKE " + NamePrinter.name(like.table()) + (options.isEmpty() ? "" : " (" + options + ")");
    }

    private static String create(boolean orReplace) {
        return orReplace ? "CREATE OR REPLACE " : "CREATE ";
    }

    @Override
    public String createView(Statement.CreateView node) {
        return create(node.orReplace())
                + "VIEW "
                + NamePrinter.name(node.name())
                + NamePrinter.columns(node.columns())
                + " AS "
                + QueryPrinter.print(node.query());
    }

    @Override
    public String createMaterializedView(Statement.CreateMaterializedView node) {
        return create(node.orReplace())
                + "MATERIALIZED VIEW "
                + NamePrinter.name(node.name())
                + NamePrinter.columns(node.columns())
                + options(node.options())
                + QueryPrinter.clause(" FRESHNESS = ", node.freshness())
                + " AS "
                + QueryPrinter.print(node.query())
                + outlets(node.outlets());
    }

    @Override
    public String insertInto(Statement.InsertInto node) {
        return "INSERT INTO "
                + NamePrinter.name(node.table())
                + NamePrinter.columns(node.columns())
                + " "
                + QueryPrinter.print(node.query())
                + outlets(node.outlets());
    }

    @Override
    public String print(Statement.Print node) {
        return QueryPrinter.print(node.query()) + outlets(node.outlets());
    }

    @Override
    public String fork(Statement.Fork node) {
        return QueryPrinter.print(node.input())
                + " |> FORK "
                + NamePrinter.list(
                        node.branches(), branch -> "(" + branch(branch).strip() + ")");
    }

    /** As a pipe, whose last step says where the rows go. */
    private static String branch(Statement branch) {
        if (branch instanceof Statement.InsertInto insert) {
            return QueryPrinter.print(insert.query())
                    + " |> INSERT INTO "
                    + NamePrinter.name(insert.table())
                    + NamePrinter.columns(insert.columns())
                    + outlets(insert.outlets());
        }
        if (branch instanceof Statement.CreateTableAs create) {
            return QueryPrinter.print(create.query())
                    + " |> "
                    + createTable(
                            create.orReplace(),
                            create.ifNotExists(),
                            create.name(),
                            create.elements(),
                            create.options())
                    + outlets(create.outlets());
        }
        return print(branch);
    }

    @Override
    public String explain(Statement.Explain node) {
        String view = node.view().map(name -> name + " ").orElse("");
        return "EXPLAIN " + view + print(node.statement());
    }

    @Override
    public String setOption(Statement.SetOption node) {
        return "SET " + property(node.property());
    }

    // Tables and options ---------------------------------------------------------------------------------------------

    private static String element(TableElement element) {
        if (element instanceof ColumnDefinition column) {
            return column(column);
        }
        if (element instanceof ComputedColumn computed) {
            return NamePrinter.identifier(computed.name()) + " AS " + ExpressionPrinter.print(computed.expression());
        }
        if (element instanceof Watermark watermark) {
            return "WATERMARK FOR "
                    + NamePrinter.name(watermark.column())
                    + " AS "
                    + ExpressionPrinter.print(watermark.expression());
        }
        PrimaryKey key = (PrimaryKey) element;
        return "PRIMARY KEY" + NamePrinter.columns(key.columns()) + (key.enforced() ? "" : " NOT ENFORCED");
    }

    private static String column(ColumnDefinition column) {
        return NamePrinter.identifier(column.name())
                + " "
                + TypePrinter.print(column.type())
                + (column.notNull() ? " NOT NULL" : "")
                + column.metadata().map(StatementPrinter::metadata).orElse("")
                + (column.primaryKey() ? " PRIMARY KEY NOT ENFORCED" : "");
    }

    private static String metadata(Statement.Metadata metadata) {
        return " METADATA"
                + metadata.key().map(key -> " FROM " + NamePrinter.text(key)).orElse("")
                + (metadata.virtual() ? " VIRTUAL" : "");
    }

    private static String options(List<Property> options) {
        return options.isEmpty() ? "" : " WITH (" + NamePrinter.list(options, StatementPrinter::property) + ")";
    }

    static String property(Property property) {
        return NamePrinter.text(property.key()) + " = " + value(property.value());
    }

    /** The argument is the name of a secret, never the secret. */
    private static String value(Statement.PropertyValue value) {
        if (value instanceof SecretValue secret) {
            return secret.function() + "(" + NamePrinter.text(secret.name()) + ")";
        }
        return NamePrinter.text(((PlainValue) value).text());
    }

    private static String emit(Statement.Emit emit) {
        return " EMIT "
                + emit.mode()
                + QueryPrinter.clause(" EVERY ", emit.every())
                + QueryPrinter.clause(" AFTER ", emit.after());
    }

    private static String outlets(Outlets outlets) {
        return outlets.emit().map(StatementPrinter::emit).orElse("")
                + outlets.lateInto()
                        .map(table -> " LATE INTO " + NamePrinter.name(table))
                        .orElse("")
                + outlets.rejectInto()
                        .map(table -> " REJECT INTO " + NamePrinter.name(table))
                        .orElse("");
    }
}
