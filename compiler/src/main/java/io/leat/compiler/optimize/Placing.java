package io.leat.compiler.optimize;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.Admission;
import io.leat.compiler.logical.ClockFilter;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Scan;
import io.leat.compiler.logical.Over;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.TopN;
import io.leat.compiler.logical.Unnest;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Rebuilds a plan whose rows have a place, with the columns that say it behind the others. */
final class Placing {
    private static final Field SOURCE = Field.required("$source", Type.BIGINT);
    private static final Field ORDINALITY = Field.required("$ordinality", Type.INT);

    private final boolean numbered;
    private final int unnested;
    private long source;

    /**
     * @param numbered whether the place begins with the rank of the source, left to right
     * @param unnested how many positions in arrays stand at the end, 0 for rows of none
     */
    Placing(boolean numbered, int unnested) {
        this.numbered = numbered;
        this.unnested = unnested;
    }

    private int added() {
        return (numbered ? 1 : 0) + Scan.PLACE.size() + unnested;
    }

    LogicalPlan place(LogicalPlan plan) {
        if (plan instanceof Scan scan) {
            return scan(scan);
        }
        if (plan instanceof LogicalPlan.Values values) {
            return values(values);
        }
        if (plan instanceof LogicalPlan.Union union) {
            return new LogicalPlan.Union(
                    union.inputs().stream().map(this::place).toList(), union.at());
        }
        LogicalPlan input = plan.inputs().get(0);
        LogicalPlan placed = place(input);
        if (plan instanceof LogicalPlan.Filter || plan instanceof ClockFilter || plan instanceof Admission) {
            return plan.withInputs(List.of(placed));
        }
        if (plan instanceof LogicalPlan.Project project) {
            return project(project, placed);
        }
        int width = input.output().size();
        if (plan instanceof LogicalPlan.Join join) {
            return behind(join(join, placed, width), width);
        }
        if (plan instanceof Over || plan instanceof TopN) {
            return behind(RowOrder.ordered(plan, placed, width), width);
        }
        LogicalPlan moved = behind(plan.withInputs(List.of(placed)), width);
        return plan instanceof Unnest unnest ? withPosition(unnest, moved) : moved;
    }

    /** With the position of the element in the place of the row. */
    private LogicalPlan withPosition(Unnest unnest, LogicalPlan placed) {
        int width = unnest.output().size();
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < placed.output().size(); i++) {
            columns.add(i);
        }
        columns.set(width + added() - unnested + RowOrder.unnested(unnest.input()), width - 1);
        return project(placed, columns);
    }

    private LogicalPlan scan(Scan scan) {
        Scan placed = scan.withPlace();
        if (!numbered && unnested == 0) {
            return placed;
        }
        int width = scan.output().size();
        List<Expr> columns = new ArrayList<>(Plans.columns(placed, scan.at()));
        List<String> names = new ArrayList<>(Plans.names(placed));
        if (numbered) {
            columns.add(width, new Literal(source++, Type.BIGINT, scan.at()));
            names.add(width, SOURCE.name());
        }
        for (int i = 0; i < unnested; i++) {
            columns.add(new Literal(0L, Type.INT, scan.at()));
            names.add(ORDINALITY.name());
        }
        return new LogicalPlan.Project(placed, columns, names, scan.at());
    }

    private LogicalPlan values(LogicalPlan.Values values) {
        List<List<Expr>> rows = new ArrayList<>();
        for (List<Expr> row : values.rows()) {
            List<Expr> cells = new ArrayList<>(row);
            if (numbered) {
                cells.add(new Literal(source, Type.BIGINT, values.at()));
            }
            cells.add(new Literal(0L, Type.BIGINT, values.at()));
            cells.add(new Literal((long) rows.size(), Type.BIGINT, values.at()));
            for (int i = 0; i < unnested; i++) {
                cells.add(new Literal(0L, Type.INT, values.at()));
            }
            rows.add(cells);
        }
        source++;
        List<Field> position = Plans.concat(Scan.PLACE, Collections.nCopies(unnested, ORDINALITY));
        List<Field> place = numbered ? Plans.concat(List.of(SOURCE), position) : position;
        return new LogicalPlan.Values(Plans.concat(values.output(), place), rows, values.at());
    }

    private LogicalPlan project(LogicalPlan.Project project, LogicalPlan placed) {
        int width = placed.output().size();
        List<Expr> columns = Plans.columns(placed, project.at()).subList(width - added(), width);
        List<String> names = Plans.names(placed).subList(width - added(), width);
        return new LogicalPlan.Project(
                placed,
                Plans.concat(project.expressions(), columns),
                Plans.concat(project.names(), names),
                project.at());
    }

    private LogicalPlan join(LogicalPlan.Join join, LogicalPlan left, int width) {
        Expr condition = Exprs.move(join.condition(), column -> column < width ? column : column + added());
        // What is looked up has an order of its own.
        return new LogicalPlan.Join(join.kind(), left, RowOrder.settle(join.right()), condition, join.at());
    }

    /** Moves the place from behind the first columns to the end. */
    private LogicalPlan behind(LogicalPlan plan, int first) {
        List<Integer> order = new ArrayList<>();
        int width = plan.output().size();
        for (int i = 0; i < width - added(); i++) {
            order.add(i < first ? i : i + added());
        }
        for (int i = 0; i < added(); i++) {
            order.add(first + i);
        }
        return project(plan, order);
    }

    /** Some columns of a plan. */
    static LogicalPlan project(LogicalPlan plan, List<Integer> kept) {
        List<Expr> columns = Plans.columns(plan, plan.at());
        List<String> names = Plans.names(plan);
        return new LogicalPlan.Project(
                plan,
                kept.stream().map(columns::get).toList(),
                kept.stream().map(names::get).toList(),
                plan.at());
    }
}
