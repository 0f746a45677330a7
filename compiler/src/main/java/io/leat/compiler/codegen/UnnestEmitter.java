package io.leat.compiler.codegen;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.physical.Step;
import io.leat.runtime.kernel.OrderedBytes;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
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
        List<Fragment> arrays = expressions.emitAll(plan.arrays(), columns, scope);
        if (arrays.size() == 1 && !plan.padded()) {
            emitElements(arrays.get(0), columns, scope, next);
        } else {
            emitPositions(arrays, columns, scope, next);
        }
    }

    /** A round for each element of one array. */
    private void emitElements(Fragment array, Columns columns, Scope scope, Next next) {
        if (array.alwaysNull()) {
            return;
        }
        Scope present = array.neverNull() ? scope : scope.inside(scope.block().when("!" + array.isNull()));
        String end = expressions.declare("long", "end", array.address() + " + " + array.length(), present);
        String ordinality = expressions.variable("int", "ordinality", "0", present);
        String at = "at" + expressions.frame().names().number();
        Scope inside = present.inside(present.block()
                .loop(new Code.Declare("long", at, array.address()), at + " < " + end, at + " = " + next(0, at)));
        inside.block().line(ordinality + " = " + ordinality + " + 1;");
        String isNull = expressions.declare("boolean", "isNull", "OrderedBytes.isNull(" + at + ")", inside);
        Fragment position = Fragment.of(Type.INT, ordinality, Fragment.NEVER);
        next.emit(new UnnestedColumns(columns, List.of(new Item(at, isNull)), position), inside);
    }

    /** A round for each position that an array has an element at, or one round if no array has any and the row goes on nevertheless. */
    private void emitPositions(List<Fragment> arrays, Columns columns, Scope scope, Next next) {
        List<String> starts = new ArrayList<>();
        List<String> more = new ArrayList<>();
        for (Fragment array : arrays) {
            String absent = array.neverNull() ? "" : array.isNull() + " ? 0L : ";
            String from = array.alwaysNull() ? "0L" : absent + array.address();
            String to = array.alwaysNull() ? "0L" : absent + array.address() + " + " + array.length();
            String at = expressions.variable("long", "at", from, scope);
            String end = expressions.declare("long", "end", to, scope);
            starts.add(at);
            more.add(at + " < " + end);
        }
        String any = String.join(" || ", more);
        String round = "round" + expressions.frame().names().number();
        Scope inside = scope.inside(scope.block()
                .loop(
                        new Code.Declare("int", round, "1"),
                        (plan.padded() ? round + " == 1 || " : "") + any,
                        round + " = " + round + " + 1"));
        String none =
                plan.padded() ? expressions.declare("boolean", "isNull", "!(" + any + ")", inside) : Fragment.NEVER;
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < arrays.size(); i++) {
            String at = starts.get(i);
            String over = expressions.declare("boolean", "isNull", "!(" + more.get(i) + ")", inside);
            String item = expressions.declare("long", "at", at, inside);
            String isNull =
                    expressions.declare("boolean", "isNull", over + " || OrderedBytes.isNull(" + item + ")", inside);
            inside.block().when("!" + over).line(at + " = " + next(i, at) + ";");
            items.add(new Item(item, isNull));
        }
        String position = expressions.declare("int", "ordinality", round, inside);
        next.emit(new UnnestedColumns(columns, items, Fragment.of(Type.INT, position, none)), inside);
    }

    private String next(int array, String at) {
        return "OrderedBytes.next(" + at + ", "
                + OrderedBytes.width(element(array).physical()) + ")";
    }

    private Type element(int array) {
        return ((Type.ArrayType) plan.arrays().get(array).type()).element();
    }

    /** Where an element stands, and whether it is NULL. */
    private record Item(String at, String isNull) {}

    /** The columns of the row, then an element of each array and their position. */
    private final class UnnestedColumns implements Columns {
        private final Columns below;
        private final List<Item> items;
        private final Fragment position;

        UnnestedColumns(Columns below, List<Item> items, Fragment position) {
            this.below = below;
            this.items = items;
            this.position = position;
        }

        @Override
        public Fragment column(int index, Scope scope) {
            int own = index - plan.inputColumns();
            if (own < 0) {
                return below.column(index, scope);
            }
            if (own == items.size()) {
                return position;
            }
            Object key = List.of(this, index);
            Fragment element = scope.find(key);
            if (element == null) {
                Item item = items.get(own);
                element = new ArrayEmitter(expressions, scope).read(element(own), item.at(), item.isNull());
                scope.remember(key, element);
            }
            return element;
        }

        @Override
        public Home home(Expr expression) {
            return home(expression, below, plan.inputColumns());
        }

        @Override
        public Fragment field(int index, List<Integer> path, Scope scope) {
            return below.field(index, path, scope);
        }
    }
}
