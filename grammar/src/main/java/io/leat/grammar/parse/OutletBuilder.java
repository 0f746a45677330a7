package io.leat.grammar.parse;

import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Statement.Emit;
import io.leat.grammar.tree.Statement.Outlets;
import java.util.List;
import java.util.Optional;

/** Builds the outlets of a statement: each of the three at most once, in any order. */
final class OutletBuilder {
    private final TreeBuilder build;

    OutletBuilder(TreeBuilder build) {
        this.build = build;
    }

    Outlets outlets(List<QueryParser.OutletContext> written) {
        QueryParser.EmitContext emit = only(QueryParser.EmitContext.class, written);
        QueryParser.LateIntoContext late = only(QueryParser.LateIntoContext.class, written);
        QueryParser.RejectIntoContext reject = only(QueryParser.RejectIntoContext.class, written);
        return new Outlets(
                Optional.ofNullable(emit).map(this::emit),
                Optional.ofNullable(late).map(outlet -> build.names.name(outlet.name())),
                Optional.ofNullable(reject).map(outlet -> build.names.name(outlet.name())));
    }

    /** For a statement that has no rows of its own to promise anything about. */
    void none(List<QueryParser.OutletContext> written, String help) {
        if (!written.isEmpty()) {
            throw new SyntaxException(
                    ErrorCode.MISPLACED_CLAUSE, word(written.get(0)) + " means nothing here", at(written.get(0)), help);
        }
    }

    private static <C extends QueryParser.OutletContext> C only(
            Class<C> kind, List<QueryParser.OutletContext> written) {
        C first = null;
        for (QueryParser.OutletContext outlet : written) {
            if (kind.isInstance(outlet)) {
                if (first != null) {
                    throw new SyntaxException(
                            new Diagnostic(ErrorCode.MISPLACED_CLAUSE, word(outlet) + " stands twice", at(outlet))
                                    .withNote("the first time", at(first))
                                    .withHelp("remove one of the two"));
                }
                first = kind.cast(outlet);
            }
        }
        return first;
    }

    private static String word(QueryParser.OutletContext outlet) {
        if (outlet instanceof QueryParser.EmitContext) {
            return "EMIT";
        }
        return outlet instanceof QueryParser.LateIntoContext ? "LATE INTO" : "REJECT INTO";
    }

    private Emit emit(QueryParser.EmitContext outlet) {
        QueryParser.EmitModeContext mode = outlet.emitMode();
        if (mode instanceof QueryParser.EmitChangesContext changes) {
            return changes(changes.every, changes.after, at(outlet));
        }
        if (mode instanceof QueryParser.EmitEveryContext every) {
            return changes(every.every, every.after, at(outlet));
        }
        QueryParser.IntervalLiteralContext delay = null;
        if (mode instanceof QueryParser.EmitFinalContext rows) {
            delay = rows.intervalLiteral();
        } else if (mode instanceof QueryParser.EmitAfterWatermarkContext watermark) {
            delay = watermark.intervalLiteral();
        } else if (mode instanceof QueryParser.EmitAfterContext after) {
            delay = after.intervalLiteral();
        }
        return new Emit(Emit.Mode.FINAL, Optional.empty(), interval(delay), at(outlet));
    }

    private Emit changes(
            QueryParser.IntervalLiteralContext every, QueryParser.IntervalLiteralContext after, Origin at) {
        return new Emit(Emit.Mode.CHANGES, interval(every), interval(after), at);
    }

    private Optional<Expression> interval(QueryParser.IntervalLiteralContext written) {
        return Optional.ofNullable(written).map(build.literals::visit);
    }

    /** Without the sign of a pipe step. */
    private static Origin at(QueryParser.OutletContext outlet) {
        Origin whole = Places.of(outlet);
        int word = outlet.getStart().getType() == QueryParser.PIPE ? 1 : 0;
        return Places.of(outlet.getChild(word)).to(whole);
    }
}
