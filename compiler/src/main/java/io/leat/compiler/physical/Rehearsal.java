package io.leat.compiler.physical;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides whether a row has to be worked through once without effect. A row that multiplies on its way has effects one after another;
 * if a later one may fail where an earlier one did not, the earlier ones must not have happened. That can only be if something that may
 * fail depends on what multiplied the row: what does not fails at once or never.
 */
final class Rehearsal {
    /** What is known of a value. */
    private record Value(boolean multiplied, boolean mayFail) {
        boolean isDangerous() {
            return multiplied && mayFail;
        }
    }

    private List<Value> columns = new ArrayList<>();
    private boolean needed;

    private Rehearsal() {}

    static boolean isNeeded(Path path, Terminal terminal) {
        if (!path.source() || path.steps().stream().noneMatch(Rehearsal::multiplies)) {
            return false;
        }
        Rehearsal rehearsal = new Rehearsal();
        for (int i = 0; i < path.input().size(); i++) {
            rehearsal.columns.add(new Value(false, false));
        }
        path.steps().forEach(rehearsal::step);
        rehearsal.end(terminal);
        return rehearsal.needed;
    }

    private static boolean multiplies(Step step) {
        return step instanceof Step.StaticProbe probe && multiplies(probe)
                || step instanceof Step.WindowExpansion window && !window.kind().isTumbling()
                || step instanceof Step.Unnesting;
    }

    private static boolean multiplies(Step.StaticProbe probe) {
        return probe.kind().hasRightColumns() && !probe.unique();
    }

    private void step(Step step) {
        if (step instanceof Step.SelectionFilter filter) {
            use(filter.condition());
        } else if (step instanceof Step.Admittance admittance) {
            use(admittance.condition());
        } else if (step instanceof Step.Projection projection) {
            columns = new ArrayList<>(
                    projection.expressions().stream().map(this::value).toList());
        } else if (step instanceof Step.StaticProbe probe) {
            probe.keys().forEach(this::use);
            int width = columns.size();
            probe.columns().forEach(column -> columns.add(new Value(multiplies(probe), false)));
            probe.residual().ifPresent(this::use);
            if (!probe.kind().hasRightColumns()) {
                columns = new ArrayList<>(columns.subList(0, width));
            }
            if (probe.kind() == LogicalPlan.Join.Kind.MARK) {
                columns.add(new Value(false, false));
            }
        } else if (step instanceof Step.Repetition repetition) {
            // The same row again fails at once or never.
            use(repetition.times());
        } else if (step instanceof Step.Unnesting unnesting) {
            unnesting.arrays().forEach(this::use);
            for (int i = 0; i <= unnesting.arrays().size(); i++) {
                columns.add(new Value(true, false));
            }
        } else if (step instanceof Step.WindowExpansion window) {
            boolean multiplied = !window.kind().isTumbling();
            for (int i = 0; i < 3; i++) {
                columns.add(new Value(multiplied, false));
            }
        }
    }

    private Value value(Expr expression) {
        boolean multiplied = false;
        boolean mayFail = Exprs.canFail(expression);
        for (int column : Exprs.columns(expression)) {
            multiplied |= columns.get(column).multiplied();
            mayFail |= columns.get(column).mayFail();
        }
        return new Value(multiplied, mayFail);
    }

    private void use(Expr expression) {
        needed |= value(expression).isDangerous();
    }

    private void end(Terminal terminal) {
        if (terminal instanceof Terminal.Emit emit) {
            emit.columns().forEach(this::use);
        } else if (terminal instanceof Terminal.EmitSliced emit) {
            emit.keys().forEach(this::use);
            emit.arguments().forEach(this::use);
        } else if (terminal instanceof Terminal.EmitKeyed emit) {
            emit.keys().forEach(this::use);
            emit.columns().forEach(this::use);
            emit.late().ifPresent(rule -> use(rule.time()));
        } else if (terminal instanceof Terminal.Update update) {
            update.keys().forEach(this::use);
            update.inputs().forEach(input -> together(input.argument(), input.filter()));
        }
    }

    /** An argument that is computed only if its filter holds. */
    private void together(Optional<Expr> argument, Optional<Expr> filter) {
        List<Value> values = Stream.of(argument, filter)
                .flatMap(Optional::stream)
                .map(this::value)
                .toList();
        needed |= values.stream().anyMatch(Value::multiplied) && values.stream().anyMatch(Value::mayFail);
    }
}
