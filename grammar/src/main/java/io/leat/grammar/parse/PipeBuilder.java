package io.leat.grammar.parse;

import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.PipeOperator;
import io.leat.grammar.tree.PipeOperator.Aggregate;
import io.leat.grammar.tree.PipeOperator.As;
import io.leat.grammar.tree.PipeOperator.Assign;
import io.leat.grammar.tree.PipeOperator.Assignment;
import io.leat.grammar.tree.PipeOperator.Call;
import io.leat.grammar.tree.PipeOperator.Distinct;
import io.leat.grammar.tree.PipeOperator.DistinctOn;
import io.leat.grammar.tree.PipeOperator.Drop;
import io.leat.grammar.tree.PipeOperator.Extend;
import io.leat.grammar.tree.PipeOperator.Join;
import io.leat.grammar.tree.PipeOperator.Limit;
import io.leat.grammar.tree.PipeOperator.OrderBy;
import io.leat.grammar.tree.PipeOperator.Rename;
import io.leat.grammar.tree.PipeOperator.Renaming;
import io.leat.grammar.tree.PipeOperator.Select;
import io.leat.grammar.tree.PipeOperator.SetOperation;
import io.leat.grammar.tree.PipeOperator.Where;
import io.leat.grammar.tree.Query;
import io.leat.grammar.tree.Query.SetOperator;
import java.util.List;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Builds the steps of a pipe. */
final class PipeBuilder extends FamilyBuilder<PipeOperator> {
    private final TreeBuilder build;

    PipeBuilder(TreeBuilder build) {
        this.build = build;
    }

    @Override
    public PipeOperator visitPipeWhere(QueryParser.PipeWhereContext context) {
        return new Where(build.expressions.visit(context.expression()), Places.of(context));
    }

    @Override
    public PipeOperator visitPipeSelect(QueryParser.PipeSelectContext context) {
        return new Select(
                context.DISTINCT() != null, build.queries.selectItems(context.selectItems()), Places.of(context));
    }

    @Override
    public PipeOperator visitPipeExtend(QueryParser.PipeExtendContext context) {
        return new Extend(build.queries.selectItems(context.selectItems()), Places.of(context));
    }

    @Override
    public PipeOperator visitPipeSet(QueryParser.PipeSetContext context) {
        List<Assignment> assignments =
                context.assignment().stream().map(this::assignment).toList();
        return new Assign(assignments, Places.of(context));
    }

    private Assignment assignment(QueryParser.AssignmentContext context) {
        QueryParser.AssignContext assign = (QueryParser.AssignContext) context;
        return new Assignment(
                build.names.identifier(assign.identifier()),
                build.expressions.visit(assign.expression()),
                Places.of(context));
    }

    @Override
    public PipeOperator visitPipeDrop(QueryParser.PipeDropContext context) {
        return new Drop(build.names.identifiers(context.identifier()), Places.of(context));
    }

    @Override
    public PipeOperator visitPipeRename(QueryParser.PipeRenameContext context) {
        List<Renaming> renamings =
                context.renaming().stream().map(build.stars::renaming).toList();
        return new Rename(renamings, Places.of(context));
    }

    @Override
    public PipeOperator visitPipeAs(QueryParser.PipeAsContext context) {
        return new As(build.names.identifier(context.identifier()), Places.of(context));
    }

    @Override
    public PipeOperator visitPipeJoin(QueryParser.PipeJoinContext context) {
        RelationBuilder.JoinParts parts = build.relations.joinParts(context.joinStep());
        return new Join(parts.kind(), parts.right(), parts.condition(), Places.of(context));
    }

    @Override
    public PipeOperator visitPipeCall(QueryParser.PipeCallContext context) {
        Origin at = Places.of(context);
        return new Call(build.relations.function(context.tableFunction(), context.alias(), at), at);
    }

    @Override
    public PipeOperator visitPipeAggregate(QueryParser.PipeAggregateContext context) {
        return new Aggregate(
                context.selectItems() == null ? List.of() : build.queries.selectItems(context.selectItems()),
                context.groupBy() == null ? List.of() : build.queries.groupings(context.groupBy()),
                Places.of(context));
    }

    @Override
    public PipeOperator visitPipeDistinct(QueryParser.PipeDistinctContext context) {
        if (context.distinctOn() == null) {
            return new Distinct(Places.of(context));
        }
        return new DistinctOn(
                build.queries.distinctBy(context.distinctOn()),
                context.orderBy() == null ? List.of() : build.queries.sortItems(context.orderBy()),
                Places.of(context));
    }

    @Override
    public PipeOperator visitPipeSetOperation(QueryParser.PipeSetOperationContext context) {
        TerminalNode operation = (TerminalNode) context.getChild(1);
        List<Query> inputs = context.pipeInput().stream()
                .map(input -> build.queries.query(((QueryParser.PipedQueryContext) input).query()))
                .toList();
        SetOperator operator = new SetOperator(
                QueryBuilder.kind(operation.getSymbol().getType()), context.ALL() != null, context.byName() != null);
        return new SetOperation(operator, inputs, Places.of(context));
    }

    @Override
    public PipeOperator visitPipeOrderBy(QueryParser.PipeOrderByContext context) {
        return new OrderBy(build.queries.sorting(context.resultOrder()), Places.of(context));
    }

    @Override
    public PipeOperator visitPipeLimit(QueryParser.PipeLimitContext context) {
        return new Limit(
                build.expressions.visit(context.expression()),
                build.queries.offset(context.offset()),
                Places.of(context));
    }
}
