package io.leat.grammar.tree;

import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Query.SortItem;
import java.util.List;
import java.util.Optional;

/** A value as written. Chains of {@code AND}, {@code OR}, {@code +}, {@code ||} … are flat, so that long ones stay shallow. */
public sealed interface Expression extends Node {

    record NullLiteral(Origin at) implements Expression {}

    record BooleanLiteral(boolean value, Origin at) implements Expression {}

    /** Digits as written, without sign: {@code 12}, {@code 1.50}, {@code 1e3}. */
    record NumberLiteral(String text, Origin at) implements Expression {}

    record StringLiteral(String value, Origin at) implements Expression {}

    /** {@code X'0AFF'}. */
    record BinaryLiteral(String hexDigits, Origin at) implements Expression {}

    /** {@code DATE '…'}, {@code TIME '…'}, {@code TIMESTAMP '…'}, {@code TIMESTAMP_LTZ '…'}. */
    record TypedLiteral(TypeName type, String text, Origin at) implements Expression {}

    /** {@code INTERVAL '5' SECOND}, {@code INTERVAL '1 02:00' DAY TO MINUTE}, {@code INTERVAL 5 MINUTES}, {@code INTERVAL '5 seconds'}. */
    record IntervalLiteral(String text, Optional<TimeUnit> from, Optional<TimeUnit> to, Origin at)
            implements Expression {}

    /** {@code :name}. */
    record Parameter(String name, Origin at) implements Expression {}

    /** {@code a}, {@code t.a}, {@code t.a.b.c}. */
    record Reference(Name name, Origin at) implements Expression {}

    /** {@code (expression).field}. */
    record FieldAccess(Expression value, Identifier field, Origin at) implements Expression {}

    /** {@code operator operand}. */
    record Unary(Unary.Operator operator, Expression operand, Origin at) implements Expression {
        public enum Operator {
            PLUS,
            MINUS,
            NOT
        }
    }

    /**
     * Operands with an operator between each two, all of one precedence, evaluated left to right:
     * {@code operators.size() == operands.size() - 1}.
     *
     * @param operatorsAt where each operator stands
     */
    record Arithmetic(
            List<Arithmetic.Operator> operators, List<Expression> operands, List<Origin> operatorsAt, Origin at)
            implements Expression {
        public Arithmetic {
            operators = List.copyOf(operators);
            operands = List.copyOf(operands);
            operatorsAt = List.copyOf(operatorsAt);
        }

        public enum Operator {
            ADD("+"),
            SUBTRACT("-"),
            CONCAT("||"),
            MULTIPLY("*"),
            DIVIDE("/"),
            REMAINDER("%");

            private final String symbol;

            Operator(String symbol) {
                this.symbol = symbol;
            }

            public String symbol() {
                return symbol;
            }
        }
    }

    /** {@code a AND b AND c} or {@code a OR b OR c}. */
    record Logical(boolean and, List<Expression> operands, Origin at) implements Expression {
        public Logical {
            operands = List.copyOf(operands);
        }
    }

    /** {@code left operator right}. */
    record Comparison(Comparison.Operator operator, Expression left, Expression right, Origin at)
            implements Expression {
        public enum Operator {
            EQUAL("="),
            NOT_EQUAL("<>"),
            LESS("<"),
            LESS_OR_EQUAL("<="),
            GREATER(">"),
            GREATER_OR_EQUAL(">="),
            DISTINCT("IS DISTINCT FROM"),
            NOT_DISTINCT("IS NOT DISTINCT FROM");

            private final String symbol;

            Operator(String symbol) {
                this.symbol = symbol;
            }

            public String symbol() {
                return symbol;
            }
        }
    }

    record Between(Expression value, boolean negated, Expression low, Expression high, Origin at)
            implements Expression {}

    record InList(Expression value, boolean negated, List<Expression> list, Origin at) implements Expression {
        public InList {
            list = List.copyOf(list);
        }
    }

    record InQuery(Expression value, boolean negated, Query query, Origin at) implements Expression {}

    /** {@code value < ANY (query)} or {@code value < ALL (query)}; {@code = ANY} and {@code <> ALL} are {@link InQuery}. */
    record Quantified(Expression value, Comparison.Operator operator, boolean all, Query query, Origin at)
            implements Expression {}

    record Exists(Query query, Origin at) implements Expression {}

    record ScalarQuery(Query query, Origin at) implements Expression {}

    /** {@code value [NOT] LIKE pattern [ESCAPE escape]}; {@code caseInsensitive} for ILIKE. */
    record Like(
            Expression value,
            boolean negated,
            boolean caseInsensitive,
            Expression pattern,
            Optional<Expression> escape,
            Origin at)
            implements Expression {}

    record IsNull(Expression value, boolean negated, Origin at) implements Expression {}

    /** {@code value IS [NOT] TRUE | FALSE | UNKNOWN}; {@code truth} is empty for UNKNOWN. */
    record IsTruth(Expression value, boolean negated, Optional<Boolean> truth, Origin at) implements Expression {}

    /** {@code CASE [operand] WHEN … THEN … [ELSE …] END}. */
    record Case(Optional<Expression> operand, List<When> branches, Optional<Expression> otherwise, Origin at)
            implements Expression {
        public Case {
            branches = List.copyOf(branches);
        }
    }

    record When(Expression condition, Expression result, Origin at) implements Node {}

    /** {@code CAST(value AS type)}, {@code TRY_CAST(value AS type)} or {@code value::type}. */
    record Cast(Expression value, TypeName type, boolean orNull, Origin at) implements Expression {}

    /**
     * {@code name([DISTINCT] arguments [ORDER BY …]) [FILTER (WHERE condition)] [IGNORE NULLS]}. Forms with keywords inside, such as
     * {@code EXTRACT(HOUR FROM ts)} or {@code TRIM(BOTH 'x' FROM s)}, become plain calls: {@code EXTRACT} and
     * {@code FLOOR … TO} take a {@link Unit} as an argument; {@code TRIM(BOTH …)} is {@code BTRIM}, {@code LTRIM},
     * {@code RTRIM}; {@code POSITION(a IN b)} is {@code POSITION(a, b)}; {@code SUBSTRING(s FROM a FOR b)} is
     * {@code SUBSTRING(s, a, b)}; {@code value AT TIME ZONE zone} is {@code AT_TIME_ZONE(value, zone)};
     * {@code f(a) WITHIN GROUP (ORDER BY b)} is {@code f(a ORDER BY b)}.
     *
     * @param star {@code COUNT(*)}
     * @param orderBy the order in which an aggregate takes its rows
     */
    record Call(
            Identifier name,
            boolean distinct,
            boolean star,
            List<Expression> arguments,
            List<SortItem> orderBy,
            Optional<Expression> filter,
            boolean ignoreNulls,
            Origin at)
            implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
            orderBy = List.copyOf(orderBy);
        }

        /** A call of nothing but a function and its arguments. */
        public static Call of(Identifier name, List<Expression> arguments, Origin at) {
            return new Call(name, false, false, arguments, List.of(), Optional.empty(), false, at);
        }
    }

    /** {@code call OVER (…)} or {@code call OVER name}. */
    record Over(Call call, Window window, Origin at) implements Expression {}

    /** A unit of time as an argument. */
    record Unit(TimeUnit unit, Origin at) implements Expression {}

    /** {@code ROW(a, b)} or {@code (a, b)}. */
    record RowConstructor(List<Expression> values, Origin at) implements Expression {
        public RowConstructor {
            values = List.copyOf(values);
        }
    }

    /** {@code ARRAY[a, b]} or {@code [a, b]}. */
    record ArrayConstructor(List<Expression> elements, Origin at) implements Expression {
        public ArrayConstructor {
            elements = List.copyOf(elements);
        }
    }

    /** {@code array[position]}. */
    record Element(Expression array, Expression position, Origin at) implements Expression {}

    enum TimeUnit {
        MILLENNIUM,
        CENTURY,
        DECADE,
        YEAR,
        QUARTER,
        MONTH,
        WEEK,
        DAY,
        HOUR,
        MINUTE,
        SECOND,
        MILLISECOND,
        MICROSECOND,
        NANOSECOND,
        EPOCH,
        DOW,
        ISODOW,
        DOY,
        ISOYEAR
    }
}
