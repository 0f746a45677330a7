package io.leat.compiler.codegen;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.type.Casting;
import io.leat.runtime.kernel.OrderedBytes;
import io.leat.runtime.type.Type;
import java.util.List;

/** Writes what makes arrays and takes them apart. */
final class ArrayEmitter {
    private final ExpressionEmitter expressions;
    private final ClassFrame frame;
    private final Scope scope;

    ArrayEmitter(ExpressionEmitter expressions, Scope scope) {
        this.expressions = expressions;
        this.frame = expressions.frame();
        this.scope = scope;
    }

    /** Elements are appended to one place. */
    Fragment array(Expr.ArrayOf expr, List<Fragment> elements) {
        OrderedBytesEmitter bytes = new OrderedBytesEmitter(frame, scope.block());
        String result = frame.bytesResult();
        expressions.mayFail(expr, scope);
        scope.block().line(result + ".clear();");
        elements.forEach(element -> bytes.put(element, result));
        String address = expressions.declare("long", "at", result + ".address()", scope);
        String length = expressions.declare("int", "bytes", result + ".length()", scope);
        return Fragment.bytes(expr.type(), address, length, Fragment.NEVER);
    }

    Fragment element(Expr.Element expr, Fragment array, Fragment position) {
        String absent = expressions.anyNull(List.of(array, position), scope);
        if (absent.equals(Fragment.ALWAYS)) {
            return ExpressionEmitter.ofNull(expr.type());
        }
        String find = "ArrayBytes.element(" + array.arguments() + ", " + position.value() + ", "
                + OrderedBytes.width(expr.type().physical()) + ")";
        String found = absent.isEmpty() ? find : absent + " ? 0L : " + find;
        String address = expressions.declare("long", "at", found, scope);
        String isNull = expressions.declare("boolean", "isNull", address + " == 0L", scope);
        return read(expr.type(), address, isNull);
    }

    // ---- casts, element by element
    // -------------------------------------------------------------------------------------

    Fragment cast(Expr.Cast expr, Type.ArrayType from, Fragment value) {
        boolean toText = expr.type() instanceof Type.VarcharType;
        Fragment cast = expressions.variables(expr.type(), false, "", scope);
        Scope present = value.neverNull() ? scope : scope.inside(scope.block().when("!" + value.isNull()));
        String result = frame.bytesResult();
        expressions.mayFail(expr, present);
        present.block().line(toText ? "ArrayText.begin(" + result + ");" : result + ".clear();");
        String at = "at" + frame.names().number();
        Code.Block body = present.block()
                .loop(
                        new Code.Declare("long", at, value.address()),
                        at + " < " + value.address() + " + " + value.length(),
                        at + " = OrderedBytes.next(" + at + ", "
                                + OrderedBytes.width(from.element().physical()) + ")");
        Scope inside = present.inside(body);
        String isNull = expressions.declare("boolean", "isNull", "OrderedBytes.isNull(" + at + ")", inside);
        Fragment element = new ArrayEmitter(expressions, inside).read(from.element(), at, isNull);
        Type wanted = expr.type() instanceof Type.ArrayType array ? array.element() : Type.VARCHAR;
        Fragment converted = new ArrayEmitter(expressions, inside).element(expr, from.element(), wanted, element);
        if (toText) {
            Code.Branch branch = body.choose(converted.isNull());
            branch.body().line("ArrayText.addNull(" + result + ");");
            String add = from.element() instanceof Type.ArrayType ? "addPlain" : "add";
            branch.otherwise().line("ArrayText." + add + "(" + converted.arguments() + ", " + result + ");");
            present.block().line("ArrayText.end(" + result + ");");
            truncate((Type.VarcharType) expr.type(), result, present);
        } else {
            new OrderedBytesEmitter(frame, body).put(converted, result);
        }
        present.block().line(cast.address() + " = " + result + ".address();");
        present.block().line(cast.length() + " = " + result + ".length();");
        return cast.withNull(value.isNull());
    }

    /** An element as another type. */
    private Fragment element(Expr.Cast expr, Type from, Type to, Fragment value) {
        if (from.equals(to)) {
            return value;
        }
        if (from instanceof Type.NullType) {
            return ExpressionEmitter.ofNull(to);
        }
        Expr.Cast cast = new Expr.Cast(expr.value(), to, expr.orNull(), expr.at());
        return from instanceof Type.ArrayType array
                ? cast(cast, array, value)
                : new CastEmitter(expressions, scope).cast(cast, value, Casting.canFail(from, to));
    }

    private static void truncate(Type.VarcharType type, String result, Scope scope) {
        if (type.length() != Type.VarcharType.UNBOUNDED) {
            scope.block()
                    .line("Text.truncate(" + result + ".address(), " + result + ".length(), " + type.length() + ", "
                            + result + ");");
        }
    }

    /** The value of an element that stands at an address, if it is not NULL. */
    Fragment read(Type type, String address, String isNull) {
        return switch (type.physical()) {
            case BYTES -> {
                String result = frame.bytesResult();
                Fragment value = expressions.variables(type, false, "", scope);
                Code.Block present = scope.block().when("!" + isNull);
                present.line("OrderedBytes.readBytes(" + address + ", " + result + ");");
                present.line(value.address() + " = " + result + ".address();");
                present.line(value.length() + " = " + result + ".length();");
                yield value.withNull(isNull);
            }
            case INT128 -> {
                String result = frame.int128Result();
                scope.block().when("!" + isNull).line("OrderedBytes.readWide(" + address + ", " + result + ");");
                String high = expressions.declare("long", "high", result + ".high", scope);
                String low = expressions.declare("long", "low", result + ".low", scope);
                yield Fragment.wide(type, high, low, isNull);
            }
            case BOOL -> plain(type, "readBoolean", address, isNull);
            case INT64 -> plain(type, "readLong", address, isNull);
            case FLOAT32 -> plain(type, "readFloat", address, isNull);
            case FLOAT64 -> plain(type, "readDouble", address, isNull);
            default -> plain(type, "readInt", address, isNull);
        };
    }

    private Fragment plain(Type type, String method, String address, String isNull) {
        String value =
                isNull + " ? " + JavaTypes.zero(type.physical()) + " : OrderedBytes." + method + "(" + address + ")";
        return Fragment.of(type, expressions.declare(JavaTypes.of(type.physical()), "value", value, scope), isNull);
    }
}
