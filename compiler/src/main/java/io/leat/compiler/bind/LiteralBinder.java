package io.leat.compiler.bind;

import io.leat.compiler.expr.ByteText;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Expression.TimeUnit;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.DecimalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Optional;

/** Literals to values with types. */
final class LiteralBinder {
    private static final BigInteger MIN_INT = BigInteger.valueOf(Integer.MIN_VALUE);
    private static final BigInteger MAX_INT = BigInteger.valueOf(Integer.MAX_VALUE);
    private static final BigInteger MIN_LONG = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);

    private final Problems problems;
    private final ZoneId zone;

    LiteralBinder(Context context) {
        this.problems = context.problems();
        this.zone = context.zone();
    }

    /** A number: INT or BIGINT if it is whole and fits, DOUBLE with an exponent, otherwise DECIMAL. */
    Literal number(String text, boolean negative, Origin at) {
        if (text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
            double value = Double.parseDouble(text);
            if (Double.isInfinite(value)) {
                problems.add(
                        ErrorCode.BAD_LITERAL,
                        at,
                        "the number " + text + " does not fit DOUBLE",
                        "the greatest is about 1.8e308");
                return new Literal(0.0, Type.DOUBLE, at);
            }
            return new Literal(negative ? -value : value, Type.DOUBLE, at);
        }
        BigDecimal value = new BigDecimal(text);
        if (negative) {
            value = value.negate();
        }
        if (value.scale() <= 0 && text.indexOf('.') < 0) {
            BigInteger whole = value.toBigIntegerExact();
            if (whole.compareTo(MIN_INT) >= 0 && whole.compareTo(MAX_INT) <= 0) {
                return new Literal(whole.longValue(), Type.INT, at);
            }
            if (whole.compareTo(MIN_LONG) >= 0 && whole.compareTo(MAX_LONG) <= 0) {
                return new Literal(whole.longValue(), Type.BIGINT, at);
            }
        }
        int scale = Math.max(0, value.scale());
        int whole = Math.max(1, value.precision() - value.scale());
        if (whole + scale > DecimalType.MAX_PRECISION) {
            problems.add(
                    ErrorCode.BAD_LITERAL,
                    at,
                    "the number " + text + " has more than " + DecimalType.MAX_PRECISION + " digits",
                    "write it with an exponent, such as 1.5e40, for a DOUBLE");
            return new Literal(BigDecimal.ZERO, new DecimalType(1, 0), at);
        }
        return new Literal(value.setScale(scale), new DecimalType(whole + scale, scale), at);
    }

    Literal binary(Expression.BinaryLiteral literal) {
        return new Literal(new ByteText(HexFormat.of().parseHex(literal.hexDigits())), Type.VARBINARY, literal.at());
    }

    /** A text as a literal of a type that texts are written for, e.g. a date; empty, and a problem noted, if it is none. */
    Optional<Literal> typed(String text, Type type, Origin at) {
        Optional<Object> value = LiteralParser.parse(text, type, zone);
        if (value.isEmpty()) {
            problems.add(
                    ErrorCode.BAD_LITERAL,
                    at,
                    "'" + text + "' is no " + type.sql(),
                    LiteralParser.example(type)
                            .map(example -> "write it like " + example)
                            .orElse("write it as " + type.sql()));
        }
        return value.map(found -> new Literal(found, type, at));
    }

    Literal interval(Expression.IntervalLiteral literal) {
        Optional<TimeUnit> from = literal.from();
        Optional<IntervalText.Value> value = IntervalText.parse(literal.text(), from, literal.to());
        if (value.isEmpty()) {
            problems.add(
                    ErrorCode.BAD_LITERAL,
                    literal.at(),
                    "'" + literal.text() + "' is no interval"
                            + from.map(unit -> " of " + unit).orElse(""),
                    "write it like INTERVAL '5' SECOND, INTERVAL '1 02:30' DAY TO MINUTE or INTERVAL '90 seconds'");
            return new Literal(1L, Type.INTERVAL_MICROS, literal.at());
        }
        Type type = value.get().months() ? Type.INTERVAL_MONTHS : Type.INTERVAL_MICROS;
        return new Literal(value.get().amount(), type, literal.at());
    }
}
