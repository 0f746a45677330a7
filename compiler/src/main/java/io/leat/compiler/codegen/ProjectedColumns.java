package io.leat.compiler.codegen;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import java.util.ArrayList;
import java.util.List;

/** Columns that are expressions over other columns, each computed where it is first needed. */
final class ProjectedColumns implements Columns {
    private final ExpressionEmitter expressions;
    private final List<Expr> projected;
    private final Columns below;

    ProjectedColumns(ExpressionEmitter expressions, List<Expr> projected, Columns below) {
        this.expressions = expressions;
        this.projected = projected;
        this.below = below;
    }

    @Override
    public Fragment column(int index, Scope scope) {
        return expressions.emit(projected.get(index), below, scope);
    }

    @Override
    public Fragment field(int index, List<Integer> path, Scope scope) {
        Expr expression = projected.get(index);
        List<Integer> whole = new ArrayList<>(path);
        while (expression instanceof Expr.FieldAccess access) {
            whole.add(0, access.index());
            expression = access.row();
        }
        if (expression instanceof Expr.Column column) {
            return below.field(column.index(), whole, scope);
        }
        Fragment value = expressions.emit(projected.get(index), below, scope);
        for (int step : path) {
            value = value.fields().get(step);
        }
        return value;
    }

    /** Only through columns that are passed on: written out, an expression over computed ones might be very long. */
    @Override
    public Home home(Expr expression) {
        return Columns.speaksOnlyOf(expression, column -> projected.get(column) instanceof Expr.Column)
                ? below.home(Exprs.substitute(expression, projected))
                : new Home(this, expression);
    }
}
