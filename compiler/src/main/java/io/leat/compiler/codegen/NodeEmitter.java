package io.leat.compiler.codegen;

import io.leat.compiler.codegen.Code.Branch;
import io.leat.compiler.expr.ByteText;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.type.Casting;
import io.leat.runtime.job.Constant;
import io.leat.runtime.type.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Writes one node of an expression: a method per kind. Lists of alternatives are in {@link ChoiceEmitter}. */
final class NodeEmitter implements Expr.Visitor<Fragment> {
    private final ExpressionEmitter expressions;
    private final ClassFrame frame;
    private final Columns columns;
    private final Scope scope;

    NodeEmitter(ExpressionEmitter expressions, Columns columns, Scope scope) {
        this.expressions = expressions;
        this.frame = expressions.frame();
        this.columns = columns;
        this.scope = scope;
    }

    private Fragment emit(Expr expression) {
        return expressions.emit(expression, columns, scope);
    }

    @Override
    public Fragment column(Expr.Column expr) {
        return columns.column(expr.index(), scope);
    }

    @Override
    public Fragment outer(Expr.Outer expr) {
        throw new IllegalStateException("a column of rows outside that were not joined");
    }

    @Override
    public Fragment literal(Expr.Literal expr) {
        if (expr.isNull()) {
            return ExpressionEmitter.ofNull(expr.type());
        }
        Object value = expr.value();
        if (value instanceof String || value instanceof ByteText) {
            String constant = value instanceof String text
                    ? frame.text(text)
                    : frame.constant("BytesConstant", new Constant.Bytes(((ByteText) value).bytes()));
            return Fragment.bytes(expr.type(), constant + ".address()", constant + ".length()", Fragment.NEVER);
        }
        return switch (expr.type().physical()) {
            case BOOL -> Fragment.of(expr.type(), value.toString(), Fragment.NEVER);
            case INT8, INT16, INT32 ->
                Fragment.of(expr.type(), JavaTypes.literal(((Long) value).intValue()), Fragment.NEVER);
            case FLOAT32 -> Fragment.of(expr.type(), ((Double) value).floatValue() + "F", Fragment.NEVER);
            case FLOAT64 -> Fragment.of(expr.type(), value + "D", Fragment.NEVER);
            default -> {
                if (value instanceof BigDecimal decimal) {
                    yield decimal(expr.type(), decimal.unscaledValue());
                }
                yield Fragment.of(expr.type(), JavaTypes.literal((Long) value), Fragment.NEVER);
            }
        };
    }

    private static Fragment decimal(Type type, BigInteger unscaled) {
        String low = JavaTypes.literal(unscaled.longValue());
        return ((Type.DecimalType) type).precision() <= Type.DecimalType.MAX_LONG_PRECISION
                ? Fragment.of(type, low, Fragment.NEVER)
                : Fragment.wide(type, JavaTypes.literal(unscaled.shiftRight(64).longValue()), low, Fragment.NEVER);
    }

    @Override
    public Fragment field(Expr.FieldAccess expr) {
        // A field of an absent row is absent itself: the batch says so, and nothing is to be added here.
        List<Integer> path = new ArrayList<>();
        Expr row = expr;
        while (row instanceof Expr.FieldAccess access) {
            path.add(0, access.index());
            row = access.row();
        }
        if (row instanceof Expr.Column column) {
            return columns.field(column.index(), path, scope);
        }
        return emit(expr.row()).fields().get(expr.index());
    }

    @Override
    public Fragment call(Expr.Call expr) {
        return new CallEmitter(expressions, scope).call(expr, expressions.emitAll(expr.arguments(), columns, scope));
    }

    @Override
    public Fragment cast(Expr.Cast expr) {
        Fragment value = emit(expr.value());
        if (value.alwaysNull()) {
            return ExpressionEmitter.ofNull(expr.type());
        }
        if (expr.value().type() instanceof Type.ArrayType array) {
            return new ArrayEmitter(expressions, scope).cast(expr, array, value);
        }
        boolean canFail = Casting.canFail(expr.value().type(), expr.type());
        return new CastEmitter(expressions, scope).cast(expr, value, canFail);
    }

    @Override
    public Fragment compare(Expr.Compare expr) {
        return new ComparisonEmitter(expressions, scope).compare(expr, emit(expr.left()), emit(expr.right()));
    }

    /**
     * Operands one after another, each only while the outcome is open. The value is what the operands that are not NULL say; it
     * is NULL if that is TRUE of an AND, or FALSE of an OR, and one of them is NULL.
     */
    @Override
    public Fragment logical(Expr.Logical expr) {
        boolean and = expr.and();
        String open = expressions.variable("boolean", "value", Boolean.toString(and), scope);
        String sawNull = expr.nullable() ? expressions.variable("boolean", "isNull", "false", scope) : Fragment.NEVER;
        Scope inner = scope;
        for (Expr operand : expr.operands()) {
            if (operand != expr.operands().get(0)) {
                inner = scope.inside(scope.block().when(and ? open : "!" + open));
            }
            Fragment value = expressions.emit(operand, columns, inner);
            String decided = and ? ExpressionEmitter.negated(value.value()) : value.value();
            if (value.alwaysNull()) {
                inner.block().line(sawNull + " = true;");
            } else if (value.neverNull()) {
                inner.block().when(decided).line(open + " = " + !and + ";");
            } else {
                Branch branch = inner.block().choose(value.isNull());
                branch.body().line(sawNull + " = true;");
                branch.otherwise().when(decided).line(open + " = " + !and + ";");
            }
        }
        if (sawNull.isEmpty()) {
            return Fragment.of(Type.BOOLEAN, open, Fragment.NEVER);
        }
        String isNull = expressions.declare("boolean", "isNull", (and ? open : "!" + open) + " && " + sawNull, scope);
        return Fragment.of(Type.BOOLEAN, open, isNull);
    }

    @Override
    public Fragment not(Expr.Not expr) {
        Fragment operand = emit(expr.operand());
        if (operand.alwaysNull()) {
            return operand;
        }
        return Fragment.of(Type.BOOLEAN, ExpressionEmitter.negated(operand.value()), operand.isNull());
    }

    @Override
    public Fragment isNull(Expr.IsNull expr) {
        Fragment operand = emit(expr.operand());
        String value = operand.neverNull() ? "false" : operand.isNull();
        return Fragment.of(Type.BOOLEAN, value, Fragment.NEVER);
    }

    @Override
    public Fragment isTrue(Expr.IsTrue expr) {
        Fragment operand = emit(expr.operand());
        if (operand.neverNull()) {
            return operand;
        }
        String value = expressions.declare("boolean", "value", ExpressionEmitter.truth(operand), scope);
        return Fragment.of(Type.BOOLEAN, value, Fragment.NEVER);
    }

    @Override
    public Fragment required(Expr.Required expr) {
        Fragment value = emit(expr.value());
        if (!value.neverNull()) {
            expressions.mayFail(expr, scope);
            scope.block().when(value.isNull()).line("throw RowError.nullValue();");
        }
        return value.withNull(Fragment.NEVER);
    }

    @Override
    public Fragment in(Expr.In expr) {
        return new ComparisonEmitter(expressions, scope).in(expr, emit(expr.value()));
    }

    @Override
    public Fragment choose(Expr.Case expr) {
        return new ChoiceEmitter(expressions, columns, scope).choose(expr);
    }

    @Override
    public Fragment coalesce(Expr.Coalesce expr) {
        return new ChoiceEmitter(expressions, columns, scope).coalesce(expr);
    }

    @Override
    public Fragment extreme(Expr.Extreme expr) {
        return new ChoiceEmitter(expressions, columns, scope).extreme(expr);
    }

    /** Operands are appended to one place as they are computed. */
    @Override
    public Fragment concat(Expr.Concat expr) {
        String result = frame.bytesResult();
        Fragment separator = expr.separator().map(this::emit).orElse(null);
        if (separator != null && separator.alwaysNull()) {
            return ExpressionEmitter.ofNull(Type.VARCHAR);
        }
        expressions.mayFail(expr, scope);
        scope.block().line(result + ".clear();");
        String isNull =
                expr.nullable() ? expressions.variable("boolean", "isNull", nullOf(separator), scope) : Fragment.NEVER;
        String first = separator == null ? "" : expressions.variable("boolean", "first", "true", scope);
        for (Expr operand : expr.operands()) {
            Fragment value = emit(operand);
            if (value.alwaysNull()) {
                if (!expr.skipsNulls()) {
                    scope.block().line(isNull + " = true;");
                }
                continue;
            }
            Scope present = scope;
            if (!value.neverNull()) {
                Branch branch = scope.block().choose(value.isNull());
                if (!expr.skipsNulls()) {
                    branch.body().line(isNull + " = true;");
                }
                present = scope.inside(branch.otherwise());
            }
            if (separator != null) {
                present.block().when("!" + first).line("Text.append(" + separator.arguments() + ", " + result + ");");
                present.block().line(first + " = false;");
            }
            present.block().line("Text.append(" + value.arguments() + ", " + result + ");");
        }
        String address = expressions.declare("long", "at", result + ".address()", scope);
        String length = expressions.declare("int", "bytes", result + ".length()", scope);
        return Fragment.bytes(Type.VARCHAR, address, length, isNull);
    }

    @Override
    public Fragment array(Expr.ArrayOf expr) {
        List<Fragment> elements = expressions.emitAll(expr.elements(), columns, scope);
        return new ArrayEmitter(expressions, scope).array(expr, elements);
    }

    @Override
    public Fragment element(Expr.Element expr) {
        Fragment array = emit(expr.array());
        return new ArrayEmitter(expressions, scope).element(expr, array, emit(expr.position()));
    }

    private static String nullOf(Fragment separator) {
        return separator == null || separator.neverNull() ? "false" : separator.isNull();
    }

    /** Arguments of several values in a row. */
    static String arguments(List<Fragment> values) {
        StringBuilder arguments = new StringBuilder();
        for (Fragment value : values) {
            arguments.append(arguments.length() == 0 ? "" : ", ").append(value.arguments());
        }
        return arguments.toString();
    }

    /** What it is ordered by, the values, and where they begin, one after another in one place. */
    @Override
    public Fragment item(Expr.Item expr) {
        List<Fragment> order = new ArrayList<>();
        expr.order().forEach(key -> order.add(emit(key.value())));
        List<Fragment> values = expressions.emitAll(expr.values(), columns, scope);
        if (expr.ties() != Expr.Item.Ties.SETTLED) {
            throw new IllegalStateException("an order of rows that nobody settled");
        }
        OrderedBytesEmitter bytes = new OrderedBytesEmitter(frame, scope.block());
        String result = frame.bytesResult();
        expressions.mayFail(expr, scope);
        scope.block().line(result + ".clear();");
        for (int i = 0; i < order.size(); i++) {
            bytes.put(order.get(i), expr.order().get(i), result);
        }
        String keyLength = expressions.declare("int", "bytes", result + ".length()", scope);
        values.forEach(value -> bytes.put(value, result));
        scope.block().line("OrderedItems.end(" + result + ", " + keyLength + ");");
        String address = expressions.declare("long", "at", result + ".address()", scope);
        String length = expressions.declare("int", "bytes", result + ".length()", scope);
        return Fragment.bytes(Type.VARBINARY, address, length, Fragment.NEVER);
    }
}
