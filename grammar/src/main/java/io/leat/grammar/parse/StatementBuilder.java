package io.leat.grammar.parse;

import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Name;
import io.leat.grammar.tree.Query;
import io.leat.grammar.tree.Statement;
import io.leat.grammar.tree.Statement.CreateMaterializedView;
import io.leat.grammar.tree.Statement.CreateTable;
import io.leat.grammar.tree.Statement.CreateTableAs;
import io.leat.grammar.tree.Statement.CreateView;
import io.leat.grammar.tree.Statement.Explain;
import io.leat.grammar.tree.Statement.InsertInto;
import io.leat.grammar.tree.Statement.Like;
import io.leat.grammar.tree.Statement.Outlets;
import io.leat.grammar.tree.Statement.Property;
import io.leat.grammar.tree.Statement.SetOption;
import io.leat.grammar.tree.Statement.TableElement;
import java.util.List;
import java.util.Optional;

/** Builds statements. */
final class StatementBuilder extends FamilyBuilder<Statement> {
    private final TreeBuilder build;

    StatementBuilder(TreeBuilder build) {
        this.build = build;
    }

    @Override
    public Statement visitExplain(QueryParser.ExplainContext context) {
        Optional<Identifier> view = Optional.ofNullable(context.view).map(build.names::identifier);
        return new Explain(view, visit(context.action()), Places.of(context));
    }

    @Override
    public Statement visitSetOption(QueryParser.SetOptionContext context) {
        return new SetOption(build.tables.property(context.property()), Places.of(context));
    }

    @Override
    public Statement visitRun(QueryParser.RunContext context) {
        return visit(context.action());
    }

    @Override
    public Statement visitCreateTable(QueryParser.CreateTableContext context) {
        Name name = build.names.name(context.name());
        boolean orReplace = context.orReplace() != null;
        boolean ifNotExists = context.ifNotExists() != null;
        Definition table = definition(context.tableDefinition());
        Outlets outlets = build.outlets.outlets(context.outlet());
        Origin at = Places.of(context);
        return table.query().isPresent()
                ? new CreateTableAs(
                        name,
                        orReplace,
                        ifNotExists,
                        table.elements(),
                        table.options(),
                        table.query().get(),
                        outlets,
                        at)
                : new CreateTable(
                        name, orReplace, ifNotExists, table.elements(), table.options(), table.like(), outlets, at);
    }

    /** What follows the name of a table. */
    private record Definition(
            List<TableElement> elements, List<Property> options, Optional<Query> query, Optional<Like> like) {}

    private Definition definition(QueryParser.TableDefinitionContext context) {
        if (context instanceof QueryParser.DefinedByColumnsContext byColumns) {
            return definition(
                    byColumns.tableElements(), byColumns.optionClause(), byColumns.query(), byColumns.likeClause());
        }
        if (context instanceof QueryParser.DefinedByOptionsContext byOptions) {
            return definition(null, byOptions.optionClause(), byOptions.query(), byOptions.likeClause());
        }
        if (context instanceof QueryParser.DefinedByTableContext byTable) {
            return definition(null, null, null, byTable.likeClause());
        }
        return definition(null, null, ((QueryParser.DefinedByQueryContext) context).query(), null);
    }

    private Definition definition(
            QueryParser.TableElementsContext elements,
            QueryParser.OptionClauseContext options,
            QueryParser.QueryContext query,
            QueryParser.LikeClauseContext like) {
        return new Definition(
                build.tables.elements(elements),
                build.tables.options(options),
                Optional.ofNullable(query).map(build.queries::query),
                Optional.ofNullable(like).map(build.tables::like));
    }

    @Override
    public Statement visitCreateView(QueryParser.CreateViewContext context) {
        build.outlets.none(context.outlet(), "write it behind the statement that reads the view");
        return new CreateView(
                build.names.name(context.name()),
                context.orReplace() != null,
                build.names.columns(context.columnList()),
                build.queries.query(context.query()),
                Places.of(context));
    }

    @Override
    public Statement visitCreateMaterializedView(QueryParser.CreateMaterializedViewContext context) {
        Optional<Expression> freshness = Optional.ofNullable(context.freshness())
                .map(clause -> build.literals.visit(((QueryParser.FreshContext) clause).intervalLiteral()));
        return new CreateMaterializedView(
                build.names.name(context.name()),
                context.orReplace() != null,
                build.names.columns(context.columnList()),
                build.tables.options(context.optionClause()),
                freshness,
                build.queries.query(context.query()),
                build.outlets.outlets(context.outlet()),
                Places.of(context));
    }

    @Override
    public Statement visitInsertInto(QueryParser.InsertIntoContext context) {
        return new InsertInto(
                build.names.name(context.name()),
                build.names.columns(context.columnList()),
                build.queries.query(context.query()),
                build.outlets.outlets(context.outlet()),
                Places.of(context));
    }

    @Override
    public Statement visitPrint(QueryParser.PrintContext context) {
        return build.endings.end(
                build.queries.query(context.query()), context.outlet(), context.ending(), Places.of(context));
    }
}
