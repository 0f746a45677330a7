package io.leat.grammar.parse;

import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Window;
import io.leat.grammar.tree.Window.Bound;
import io.leat.grammar.tree.Window.Frame;
import java.util.List;
import java.util.Optional;

/** Builds the windows of window functions, in OVER and in the WINDOW clause. */
final class WindowBuilder {
    private final TreeBuilder build;

    WindowBuilder(TreeBuilder build) {
        this.build = build;
    }

    Window over(QueryParser.OverContext context) {
        if (context instanceof QueryParser.OverWindowContext inPlace) {
            return window(inPlace.window());
        }
        Identifier name = build.names.identifier(((QueryParser.OverNamedWindowContext) context).identifier());
        return new Window(Optional.of(name), List.of(), List.of(), Optional.empty(), name.at());
    }

    /** The windows of a WINDOW clause; none without the clause. */
    List<Window.Named> named(QueryParser.WindowClauseContext context) {
        return context == null
                ? List.of()
                : ((QueryParser.WindowsContext) context)
                        .namedWindow().stream().map(this::named).toList();
    }

    private Window.Named named(QueryParser.NamedWindowContext context) {
        QueryParser.WindowWithNameContext named = (QueryParser.WindowWithNameContext) context;
        return new Window.Named(build.names.identifier(named.identifier()), window(named.window()), Places.of(context));
    }

    private Window window(QueryParser.WindowContext context) {
        QueryParser.WindowInParenthesesContext written = (QueryParser.WindowInParenthesesContext) context;
        List<Expression> partitionBy = written.windowPartition() == null
                ? List.of()
                : build.expressions.visitAll(
                        ((QueryParser.PartitionOfWindowContext) written.windowPartition()).expression());
        return new Window(
                Optional.ofNullable(written.identifier()).map(build.names::identifier),
                partitionBy,
                written.orderBy() == null ? List.of() : build.queries.sortItems(written.orderBy()),
                Optional.ofNullable(written.frame()).map(this::frame),
                Places.of(context));
    }

    private Frame frame(QueryParser.FrameContext context) {
        if (context instanceof QueryParser.FrameBetweenContext between) {
            return new Frame(
                    unit(between.frameUnit()),
                    bound(between.frameBound(0)),
                    bound(between.frameBound(1)),
                    exclusion(between.exclusion()),
                    Places.of(context));
        }
        QueryParser.FrameFromContext from = (QueryParser.FrameFromContext) context;
        Bound start = bound(from.frameBound());
        Bound end = new Bound(Bound.Kind.CURRENT_ROW, Optional.empty(), start.at());
        return new Frame(unit(from.frameUnit()), start, end, exclusion(from.exclusion()), Places.of(context));
    }

    private static Frame.Unit unit(QueryParser.FrameUnitContext context) {
        return switch (context.getStart().getType()) {
            case QueryParser.ROWS -> Frame.Unit.ROWS;
            case QueryParser.RANGE -> Frame.Unit.RANGE;
            default -> Frame.Unit.GROUPS;
        };
    }

    private Bound bound(QueryParser.FrameBoundContext context) {
        boolean preceding = context.getStop().getType() == QueryParser.PRECEDING;
        if (context instanceof QueryParser.DistanceContext distance) {
            // A level of the expression that says nothing is dropped, so the child is no additive one.
            Expression value = build.expressions.visit(distance.getChild(0));
            Bound.Kind kind = preceding ? Bound.Kind.PRECEDING : Bound.Kind.FOLLOWING;
            return new Bound(kind, Optional.of(value), Places.of(context));
        }
        Bound.Kind kind = preceding ? Bound.Kind.UNBOUNDED_PRECEDING : Bound.Kind.UNBOUNDED_FOLLOWING;
        boolean isCurrentRow = context instanceof QueryParser.CurrentRowContext;
        return new Bound(isCurrentRow ? Bound.Kind.CURRENT_ROW : kind, Optional.empty(), Places.of(context));
    }

    private static Frame.Exclusion exclusion(QueryParser.ExclusionContext context) {
        if (context == null) {
            return Frame.Exclusion.NO_OTHERS;
        }
        return switch (((QueryParser.ExcludingContext) context)
                .excluded()
                .getStart()
                .getType()) {
            case QueryParser.CURRENT -> Frame.Exclusion.CURRENT_ROW;
            case QueryParser.GROUP -> Frame.Exclusion.GROUP;
            case QueryParser.TIES -> Frame.Exclusion.TIES;
            default -> Frame.Exclusion.NO_OTHERS;
        };
    }
}
