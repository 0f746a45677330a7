package io.leat.compiler.codegen;

import io.leat.compiler.codegen.Code.Block;
import io.leat.compiler.codegen.Code.Declare;
import io.leat.compiler.codegen.PipelineParts.Next;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan.Join;
import io.leat.compiler.physical.Step.StaticProbe;
import io.leat.runtime.state.TableLayout.ColumnSlot;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;

/** Writes the lookup of a row's partners in a static table, and a loop over them. */
final class ProbeEmitter {
    private final PipelineParts parts;
    private final StaticProbe plan;
    private final ExpressionEmitter expressions;
    private final String table;
    private final String match;

    ProbeEmitter(PipelineParts parts, StaticProbe plan) {
        this.parts = parts;
        this.plan = plan;
        this.expressions = parts.expressions();
        String type = parts.classNames().get(plan.table());
        int index = parts.plan().tablesUsed().indexOf(plan.table());
        this.table = parts.frame().field(type, "table", "(" + type + ") context.tables().get(" + index + ")");
        this.match = "match" + parts.frame().names().number();
    }

    void emit(Columns columns, Scope scope, Next next) {
        List<Fragment> keys = expressions.emitAll(plan.keys(), columns, scope);
        String found = find(keys, scope);
        switch (plan.kind()) {
            case INNER -> emitInner(found, columns, scope, next);
            case LEFT -> emitOuter(found, columns, scope, next);
            case SEMI, ANTI -> emitTest(found, columns, scope, next);
            case MARK -> emitMark(found, columns, scope, next);
        }
    }

    /** A variable with the first entry under the key, or 0. */
    private String find(List<Fragment> keys, Scope scope) {
        String isNull = expressions.anyNull(keys, scope);
        if (isNull.equals(Fragment.ALWAYS)) {
            return "0L";
        }
        // A NULL key is not looked up.
        String hash = HashEmitter.hash(
                keys.stream().map(key -> key.withNull(Fragment.NEVER)).toList());
        String lookup = table + ".find(" + hash + ", " + NodeEmitter.arguments(keys) + ")";
        return isNull.isEmpty() ? lookup : isNull + " ? 0L : " + lookup;
    }

    private void emitInner(String found, Columns columns, Scope scope, Next next) {
        boolean counts = parts.plan().source();
        String missed = counts && (!plan.unique() || plan.residual().isPresent())
                ? expressions.variable("boolean", "missed", "true", scope)
                : "";
        Block body;
        if (plan.unique()) {
            scope.block().declare("final long", match, found);
            Code.Branch branch = scope.block().choose(match + " != 0L");
            body = branch.body();
            if (counts && missed.isEmpty()) {
                parts.mark("MISSED", branch.otherwise());
            }
        } else {
            body = scope.block()
                    .loop(
                            new Declare("long", match, found),
                            match + " != 0L",
                            match + " = " + table + ".next(" + match + ")");
        }
        Scope inner = scope.inside(body);
        Columns joined = new JoinedColumns(columns, false);
        if (plan.residual().isPresent()) {
            inner = expressions.whenTrue(plan.residual().get(), joined, inner);
        }
        if (!missed.isEmpty()) {
            inner.block().line(missed + " = false;");
        }
        next.emit(joined, inner);
        if (!missed.isEmpty()) {
            parts.mark("MISSED", scope.block().when(missed));
        }
    }

    /**
     * The row goes on once per partner, and once without if there is none: with a match of 0, whose columns are NULL. Where a
     * condition may refuse a partner, the last round is always the one without, and it does nothing if another one did.
     */
    private void emitOuter(String found, Columns columns, Scope scope, Next next) {
        Columns joined = new JoinedColumns(columns, true);
        if (plan.unique() && plan.residual().isEmpty()) {
            scope.block().declare("final long", match, found);
            next.emit(joined, scope);
            return;
        }
        String alone = expressions.variable("boolean", "alone", "true", scope);
        String more = expressions.variable("boolean", "more", "true", scope);
        String step = match + " = " + more + " ? " + table + ".next(" + match + ") : 0L";
        Block body = scope.block().loop(new Declare("long", match, found), more, step);
        body.line(more + " = " + match + " != 0L;");
        String goes = "goes" + parts.frame().names().number();
        body.declare("boolean", goes, match + " == 0L && " + alone);
        Scope paired = scope.inside(body.when(match + " != 0L"));
        if (plan.residual().isPresent()) {
            paired = expressions.whenTrue(plan.residual().get(), joined, paired);
        }
        paired.block().line(goes + " = true;");
        paired.block().line(alone + " = false;");
        next.emit(joined, scope.inside(body.when(goes)));
    }

    /**
     * The row goes on as it is if it has a partner, or if it has none. Where the condition may fail, it is asked of all partners, since
     * which of them comes first means nothing.
     */
    private void emitTest(String found, Columns columns, Scope scope, Next next) {
        boolean semi = plan.kind() == Join.Kind.SEMI;
        String matched = test(found, columns, scope);
        Code.Branch branch = scope.block().choose((semi ? "" : "!") + matched);
        next.emit(columns, scope.inside(branch.body()));
        if (semi) {
            parts.mark("MISSED", branch.otherwise());
        }
    }

    /** The row goes on with what is said of it. */
    private void emitMark(String found, Columns columns, Scope scope, Next next) {
        String matched = test(found, columns, scope);
        next.emit(new MarkedColumns(columns, Fragment.of(Type.BOOLEAN, matched, Fragment.NEVER)), scope);
    }

    /** A variable that says whether the row has a partner. */
    private String test(String found, Columns columns, Scope scope) {
        if (plan.residual().isEmpty()) {
            scope.block().declare("final long", match, found);
            return expressions.declare("boolean", "matched", match + " != 0L", scope);
        }
        Expr residual = plan.residual().get();
        String matched = expressions.variable("boolean", "matched", "false", scope);
        String enough = Exprs.canFail(residual) ? "" : " && !" + matched;
        Block body = scope.block()
                .loop(
                        new Declare("long", match, found),
                        match + " != 0L" + enough,
                        match + " = " + table + ".next(" + match + ")");
        Scope inner = expressions.whenTrue(residual, new JoinedColumns(columns, false), scope.inside(body));
        inner.block().line(matched + " = true;");
        return matched;
    }

    /** The columns of the row, then the mark. */
    private final class MarkedColumns implements Columns {
        private final Columns left;
        private final Fragment mark;

        MarkedColumns(Columns left, Fragment mark) {
            this.left = left;
            this.mark = mark;
        }

        @Override
        public Fragment column(int index, Scope scope) {
            return index < plan.leftColumns() ? left.column(index, scope) : mark;
        }

        @Override
        public Home home(Expr expression) {
            return home(expression, left, plan.leftColumns());
        }

        @Override
        public Fragment field(int index, List<Integer> path, Scope scope) {
            return left.field(index, path, scope);
        }
    }

    /** The columns of the row, then those of the entry it was matched with. */
    private final class JoinedColumns implements Columns {
        private final Columns left;
        private final boolean mayBeAlone;
        private final int leftColumns;

        JoinedColumns(Columns left, boolean mayBeAlone) {
            this.left = left;
            this.mayBeAlone = mayBeAlone;
            this.leftColumns = plan.leftColumns();
        }

        @Override
        public Fragment column(int index, Scope scope) {
            if (index < leftColumns) {
                return left.column(index, scope);
            }
            Field field = plan.columns().get(index - leftColumns);
            return value(field.type(), leafOf(index - leftColumns), scope);
        }

        @Override
        public Home home(Expr expression) {
            return home(expression, left, leftColumns);
        }

        @Override
        public Fragment field(int index, List<Integer> path, Scope scope) {
            if (index < leftColumns) {
                return left.field(index, path, scope);
            }
            Type type = plan.columns().get(index - leftColumns).type();
            int leaf = leafOf(index - leftColumns);
            for (int step : path) {
                List<Field> fields = ((Type.RowType) type).fields();
                leaf++;
                for (int i = 0; i < step; i++) {
                    leaf += Schema.leafCount(fields.get(i).type());
                }
                type = fields.get(step).type();
            }
            return value(type, leaf, scope);
        }

        private int leafOf(int column) {
            int leaf = 0;
            for (int i = 0; i < column; i++) {
                leaf += Schema.leafCount(plan.columns().get(i).type());
            }
            return leaf;
        }

        private Fragment value(Type type, int leaf, Scope scope) {
            Object key = List.of(this, leaf);
            Fragment known = scope.find(key);
            if (known == null) {
                known = load(type, leaf, scope);
                scope.remember(key, known);
            }
            return known;
        }

        private Fragment load(Type type, int leaf, Scope scope) {
            ColumnSlot slot = slot(leaf);
            String isNull = Fragment.NEVER;
            String test = slot.nullBit() < 0 ? "" : Slots.nullTest(slot, match);
            if (mayBeAlone) {
                test = match + " == 0L" + (test.isEmpty() ? "" : " || " + test);
            }
            if (!test.isEmpty()) {
                isNull = expressions.declare("boolean", "isNull", test, scope);
            }
            if (type instanceof Type.RowType row) {
                List<Fragment> fields = new ArrayList<>();
                int next = leaf + 1;
                for (Field field : row.fields()) {
                    fields.add(value(field.type(), next, scope));
                    next += Schema.leafCount(field.type());
                }
                return new Fragment(type, List.of(), isNull, fields);
            }
            List<String> values = Slots.read(slot, match, table + ".arena()");
            List<String> names = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                boolean second = type.physical() == Physical.BYTES && i == 1;
                String javaType = values.size() == 1 ? JavaTypes.of(type.physical()) : second ? "int" : "long";
                String guarded =
                        mayBeAlone ? match + " == 0L ? " + zero(type, second) + " : " + values.get(i) : values.get(i);
                names.add(expressions.declare(javaType, "found", guarded, scope));
            }
            return new Fragment(type, names, isNull, List.of());
        }

        private String zero(Type type, boolean second) {
            return switch (type.physical()) {
                case BYTES -> second ? "0" : "0L";
                case INT128 -> "0L";
                default -> JavaTypes.zero(type.physical());
            };
        }

        private ColumnSlot slot(int leaf) {
            int index = plan.slots().get(leaf);
            int keys = plan.layout().keys().size();
            return index < keys
                    ? plan.layout().keys().get(index)
                    : plan.layout().columns().get(index - keys);
        }
    }
}
