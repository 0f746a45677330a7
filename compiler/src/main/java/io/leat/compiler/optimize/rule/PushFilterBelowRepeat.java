package io.leat.compiler.optimize.rule;

import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.Repeat;
import io.leat.compiler.logical.Unsettled;
import java.util.List;
import java.util.Optional;

/**
 * Asks a condition once of a row that is then repeated, and on the way below the groups that say how often.
 *
 * <pre>
 *   filter a          repeat n times
 *     repeat n   =&gt;     filter a
 *       x                 x
 * </pre>
 */
public final class PushFilterBelowRepeat implements Rule {
    @Override
    public boolean narrows() {
        return true;
    }

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Filter filter && filter.input() instanceof Repeat repeat)
                || Unsettled.mayFail(repeat.input(), repeat.times())
                || Unsettled.mayFail(repeat.input(), filter.condition())) {
            return Optional.empty();
        }
        LogicalPlan below = new Filter(repeat.input(), filter.condition(), filter.at());
        return Optional.of(repeat.withInputs(List.of(below)));
    }
}
