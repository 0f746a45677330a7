package io.leat.compiler.codegen;

import io.leat.compiler.physical.Step;
import io.leat.runtime.kernel.OrderedBytes;
import io.leat.runtime.type.Type;
import java.util.List;

/** Writes the loop over the elements of an array, inside which a row goes on. */
final class UnnestEmitter {
    private final ExpressionEmitter expressions;
    private final Step.Unnesting plan;

    UnnestEmitter(ExpressionEmitter expressions, Step.Unnesting plan) {
        this.expressions = expressions;
        this.plan = plan;
    }

    /** What happens to each row that comes out. */
    interface Next {
        void emit(Columns columns, Scope scope);
    }

    void emit(Columns columns, Scope scope, Next next) {
        Fragment array = expressions.emit(plan.array(), columns, scope);
        if (array.alwaysNull()) {
            return;
        }
        Scope present = array.neverNull() ? scope : scope.inside(scope.block().when("!" + array.isNull()));
        Type type = ((Type.ArrayType) plan.array().type()).element();
        String end = expressions.declare("long", "end", array.address() + " + " + array.length(), present);
        String ordinality = expressions.variable("int", "ordinality", "0", present);
        String at = "at" + expressions.frame().names().number();
        Scope inside = present.inside(present.block()
                .loop(
                        new Code.Declare("long", at, array.address()),
                        at + " < " + end,
                        at + " = OrderedBytes.next(" + at + ", " + OrderedBytes.width(type.physical()) + ")"));
        inside.block().line(ordinality + " = " + ordinality + " + 1;");
        String isNull = expressions.declare("boolean", "isNull", "OrderedBytes.isNull(" + at + ")", inside);
        next.emit(new UnnestedColumns(columns, type, at, isNull, ordinality), inside);
    }

    /** The columns of the row, then an element and its position. */
    private final class UnnestedColumns implements Columns {
        private final Columns below;
        private final Type type;
        private final String at;
        private final String isNull;
        private final String ordinality;

        UnnestedColumns(Columns below, Type type, String at, String isNull, String ordinality) {
            this.below = below;
            this.type = type;
            this.at = at;
            this.isNull = isNull;
            this.ordinality = ordinality;
        }

        @Override
        public Fragment column(int index, Scope scope) {
            int own = index - plan.inputColumns();
            if (own < 0) {
                return below.column(index, scope);
            }
            if (own > 0) {
                return Fragment.of(Type.INT, ordinality, Fragment.NEVER);
            }
            Object key = List.of(this, index);
            Fragment element = scope.find(key);
            if (element == null) {
                element = new ArrayEmitter(expressions, scope).read(type, at, isNull);
                scope.remember(key, element);
            }
            return element;
        }

        @Override
        public Fragment field(int index, List<Integer> path, Scope scope) {
            return below.field(index, path, scope);
        }
    }
}
