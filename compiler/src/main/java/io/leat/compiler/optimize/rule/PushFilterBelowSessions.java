package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.Sessions;
import java.util.List;
import java.util.Optional;

/**
 * Moves conjuncts that only speak of the keys of sessions below them. No others move: a row that is left out may be what holds a session
 * together.
 *
 * <pre>
 *   filter k = 1 AND v &gt; 0     filter v &gt; 0
 *     sessions by k       =&gt;     sessions by k
 *       x                          filter k = 1
 *                                    x
 * </pre>
 */
public final class PushFilterBelowSessions implements Rule {
    @Override
    public boolean narrows() {
        return true;
    }

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Filter filter && filter.input() instanceof Sessions sessions)) {
            return Optional.empty();
        }
        Conjuncts conjuncts = Conjuncts.split(
                sessions,
                filter.condition(),
                conjunct -> EqualValues.areAlike(conjunct) && sessions.keys().containsAll(Exprs.columns(conjunct)));
        if (conjuncts.moving().isEmpty()) {
            return Optional.empty();
        }
        LogicalPlan kept = Doors.keep(sessions.input(), conjuncts.moving(), false, filter.at());
        return Optional.of(conjuncts.above(sessions.withInputs(List.of(kept)), filter));
    }
}
