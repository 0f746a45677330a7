package io.leat.compiler.expr;

import io.leat.compiler.function.ScalarFunction;
import io.leat.grammar.source.Origin;
import io.leat.runtime.type.Type;
import java.util.List;
import java.util.Optional;

/**
 * An expression over the columns of a row, with its type. Immutable; equal by structure wherever it stands.
 *
 * <p>Operands already have the types that the operation needs: the binder inserts every cast. Evaluation is left to right;
 * {@code AND} stops at the first operand that is FALSE, {@code OR} at the first that is TRUE, {@code CASE} and {@code COALESCE}
 * evaluate no branch that is not taken. This order is part of the meaning, because an operand may fail.
 */
public sealed interface Expr {
    Type type();

    /** Whether it may be NULL. */
    boolean nullable();

    Origin at();

    /** The operands, in order of evaluation. */
    List<Expr> children();

    /** The same expression with other operands, of the same types. */
    Expr withChildren(List<Expr> children);

    <R> R accept(Visitor<R> visitor);

    /** A pass over the whole language: one method per kind of expression and no defaults, so that a new kind is not forgotten. */
    interface Visitor<R> {
        R column(Column expr);

        R outer(Outer expr);

        R literal(Literal expr);

        R field(FieldAccess expr);

        R call(Call expr);

        R cast(Cast expr);

        R compare(Compare expr);

        R logical(Logical expr);

        R not(Not expr);

        R isNull(IsNull expr);

        R isTrue(IsTrue expr);

        R required(Required expr);

        R in(In expr);

        R choose(Case expr);

        R coalesce(Coalesce expr);

        R concat(Concat expr);

        R array(ArrayOf expr);

        R element(Element expr);

        R extreme(Extreme expr);

        R item(Item expr);
    }

    /** The value of a column, by position; the name is for people. */
    record Column(int index, String name, Type type, boolean nullable, Origin at) implements Expr {
        @Override
        public List<Expr> children() {
            return List.of();
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            return this;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.column(this);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Column column
                    && column.index == index
                    && column.type.equals(type)
                    && column.nullable == nullable;
        }

        @Override
        public int hashCode() {
            return 31 * index + type.hashCode();
        }
    }

    /**
     * A column of a query around the one at hand. Stands in plans only while a subquery is bound; joining it to the rows outside makes a
     * column of it.
     *
     * @param level how deep that query is, 0 for the outermost
     */
    record Outer(int level, int index, String name, Type type, boolean nullable, Origin at) implements Expr {
        @Override
        public List<Expr> children() {
            return List.of();
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            return this;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.outer(this);
        }
    }

    /**
     * A constant. {@code value} is null for NULL, otherwise a {@code Boolean}, a {@code Long} (integers, dates, times,
     * timestamps, intervals), a {@code Double} (REAL too), a {@code BigDecimal} with the scale of its type, a {@code String}, or a
     * {@link ByteText}.
     */
    record Literal(Object value, Type type, Origin at) implements Expr {
        public static Literal ofNull(Type type, Origin at) {
            return new Literal(null, type, at);
        }

        public static Literal of(boolean value, Origin at) {
            return new Literal(value, Type.BOOLEAN, at);
        }

        public boolean isNull() {
            return value == null;
        }

        public boolean is(boolean truth) {
            return Boolean.valueOf(truth).equals(value);
        }

        @Override
        public boolean nullable() {
            return value == null;
        }

        @Override
        public List<Expr> children() {
            return List.of();
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            return this;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.literal(this);
        }
    }

    /** A field of a row value, by position. */
    record FieldAccess(Expr row, int index, String name, Type type, boolean nullable, Origin at) implements Expr {
        @Override
        public List<Expr> children() {
            return List.of(row);
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            return new FieldAccess(children.get(0), index, name, type, nullable, at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.field(this);
        }
    }

    /** A function of its arguments; NULL if one of them is NULL. */
    record Call(ScalarFunction function, List<Expr> arguments, Type type, Origin at) implements Expr {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public boolean nullable() {
            return function.mayYieldNull() || arguments.stream().anyMatch(Expr::nullable);
        }

        @Override
        public List<Expr> children() {
            return arguments;
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            return new Call(function, children, type, at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.call(this);
        }
    }

    /** {@code CAST}, or {@code TRY_CAST} if {@code orNull}. */
    record Cast(Expr value, Type type, boolean orNull, Origin at) implements Expr {
        @Override
        public boolean nullable() {
            return orNull || value.nullable();
        }

        @Override
        public List<Expr> children() {
            return List.of(value);
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            return new Cast(children.get(0), type, orNull, at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.cast(this);
        }
    }

    /** A comparison of two values of one type. */
    record Compare(Operator operator, Expr left, Expr right, Origin at) implements Expr {
        public enum Operator {
            EQUAL("="),
            NOT_EQUAL("<>"),
            LESS("<"),
            LESS_OR_EQUAL("<="),
            GREATER(">"),
            GREATER_OR_EQUAL(">="),
            /** NULL counts as a value; never NULL itself. */
            DISTINCT("IS DISTINCT FROM"),
            NOT_DISTINCT("IS NOT DISTINCT FROM");

            private final String symbol;

            Operator(String symbol) {
                this.symbol = symbol;
            }

            public String symbol() {
                return symbol;
            }

            /** The operator that holds for swapped operands. */
            public Operator swapped() {
                return switch (this) {
                    case LESS -> GREATER;
                    case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
                    case GREATER -> LESS;
                    case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
                    case EQUAL, NOT_EQUAL, DISTINCT, NOT_DISTINCT -> this;
                };
            }

            /** The operator that is TRUE where this one is FALSE, and NULL where this one is NULL. */
            public Operator negated() {
                return switch (this) {
                    case EQUAL -> NOT_EQUAL;
                    case NOT_EQUAL -> EQUAL;
                    case LESS -> GREATER_OR_EQUAL;
                    case LESS_OR_EQUAL -> GREATER;
                    case GREATER -> LESS_OR_EQUAL;
                    case GREATER_OR_EQUAL -> LESS;
                    case DISTINCT -> NOT_DISTINCT;
                    case NOT_DISTINCT -> DISTINCT;
                };
            }

            public boolean nullIsValue() {
                return this == DISTINCT || this == NOT_DISTINCT;
            }
        }

        @Override
        public Type type() {
            return Type.BOOLEAN;
        }

        @Override
        public boolean nullable() {
            return !operator.nullIsValue() && (left.nullable() || right.nullable());
        }

        @Override
        public List<Expr> children() {
            return List.of(left, right);
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            return new Compare(operator, children.get(0), children.get(1), at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.compare(this);
        }
    }

    /** {@code AND} or {@code OR} of two or more operands. */
    record Logical(boolean and, List<Expr> operands, Origin at) implements Expr {
        public Logical {
            operands = List.copyOf(operands);
            if (operands.size() < 2) {
                throw new IllegalArgumentException("AND or OR of " + operands.size() + " operands");
            }
        }

        @Override
        public Type type() {
            return Type.BOOLEAN;
        }

        @Override
        public boolean nullable() {
            return operands.stream().anyMatch(Expr::nullable);
        }

        @Override
        public List<Expr> children() {
            return operands;
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            return new Logical(and, children, at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.logical(this);
        }
    }

    record Not(Expr operand, Origin at) implements Expr {
        @Override
        public Type type() {
            return Type.BOOLEAN;
        }

        @Override
        public boolean nullable() {
            return operand.nullable();
        }

        @Override
        public List<Expr> children() {
            return List.of(operand);
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            return new Not(children.get(0), at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.not(this);
        }
    }

    record IsNull(Expr operand, Origin at) implements Expr {
        @Override
        public Type type() {
            return Type.BOOLEAN;
        }

        @Override
        public boolean nullable() {
            return false;
        }

        @Override
        public List<Expr> children() {
            return List.of(operand);
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            return new IsNull(children.get(0), at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.isNull(this);
        }
    }

    /** A value for a column that takes no NULL: a NULL is an error of the row. */
    record Required(Expr value, Origin at) implements Expr {
        @Override
        public Type type() {
            return value.type();
        }

        @Override
        public boolean nullable() {
            return false;
        }

        @Override
        public List<Expr> children() {
            return List.of(value);
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            return new Required(children.get(0), at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.required(this);
        }
    }

    /** Whether a condition is TRUE, neither FALSE nor NULL. */
    record IsTrue(Expr operand, Origin at) implements Expr {
        @Override
        public Type type() {
            return Type.BOOLEAN;
        }

        @Override
        public boolean nullable() {
            return false;
        }

        @Override
        public List<Expr> children() {
            return List.of(operand);
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            return new IsTrue(children.get(0), at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.isTrue(this);
        }
    }

    /** Whether a value is among constants of its type, none of them NULL; {@code hasNull} if NULL stood in the list, too. */
    record In(Expr value, List<Literal> list, boolean hasNull, Origin at) implements Expr {
        public In {
            list = List.copyOf(list);
        }

        @Override
        public Type type() {
            return Type.BOOLEAN;
        }

        @Override
        public boolean nullable() {
            return hasNull || value.nullable();
        }

        @Override
        public List<Expr> children() {
            return List.of(value);
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            return new In(children.get(0), list, hasNull, at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.in(this);
        }
    }

    /** The result of the first branch whose condition is TRUE, else {@code otherwise}. */
    record Case(List<Branch> branches, Expr otherwise, Type type, Origin at) implements Expr {
        public Case {
            branches = List.copyOf(branches);
        }

        public record Branch(Expr condition, Expr result) {}

        @Override
        public boolean nullable() {
            return otherwise.nullable()
                    || branches.stream().anyMatch(branch -> branch.result().nullable());
        }

        @Override
        public List<Expr> children() {
            List<Expr> children = new java.util.ArrayList<>(2 * branches.size() + 1);
            for (Branch branch : branches) {
                children.add(branch.condition());
                children.add(branch.result());
            }
            children.add(otherwise);
            return children;
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            List<Branch> changed = new java.util.ArrayList<>(branches.size());
            for (int i = 0; i < branches.size(); i++) {
                changed.add(new Branch(children.get(2 * i), children.get(2 * i + 1)));
            }
            return new Case(changed, children.get(children.size() - 1), type, at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.choose(this);
        }
    }

    /** The first operand that is not NULL. */
    record Coalesce(List<Expr> operands, Type type, Origin at) implements Expr {
        public Coalesce {
            operands = List.copyOf(operands);
        }

        @Override
        public boolean nullable() {
            return operands.stream().allMatch(Expr::nullable);
        }

        @Override
        public List<Expr> children() {
            return operands;
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            return new Coalesce(children, type, at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.coalesce(this);
        }
    }

    /**
     * Texts one after another.
     *
     * @param separator stands between each two
     * @param skipsNulls whether NULL operands are left out; otherwise the result is NULL if one is
     */
    record Concat(List<Expr> operands, Optional<Expr> separator, boolean skipsNulls, Origin at) implements Expr {
        public Concat {
            operands = List.copyOf(operands);
        }

        @Override
        public Type type() {
            return Type.VARCHAR;
        }

        @Override
        public boolean nullable() {
            return separator.map(Expr::nullable).orElse(false)
                    || !skipsNulls && operands.stream().anyMatch(Expr::nullable);
        }

        @Override
        public List<Expr> children() {
            List<Expr> children = new java.util.ArrayList<>(operands.size() + 1);
            separator.ifPresent(children::add);
            children.addAll(operands);
            return children;
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            int first = separator.isPresent() ? 1 : 0;
            return new Concat(
                    children.subList(first, children.size()), separator.map(s -> children.get(0)), skipsNulls, at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.concat(this);
        }
    }

    /** An array of these values, in their order. */
    record ArrayOf(List<Expr> elements, Type.ArrayType type, Origin at) implements Expr {
        public ArrayOf {
            elements = List.copyOf(elements);
        }

        @Override
        public boolean nullable() {
            return false;
        }

        @Override
        public List<Expr> children() {
            return elements;
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            return new ArrayOf(children, type, at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.array(this);
        }
    }

    /** The element at a position of an array, the first at 1; NULL if the array has no such position. */
    record Element(Expr array, Expr position, Origin at) implements Expr {
        @Override
        public Type type() {
            return ((Type.ArrayType) array.type()).element();
        }

        @Override
        public boolean nullable() {
            return true;
        }

        @Override
        public List<Expr> children() {
            return List.of(array, position);
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            return new Element(children.get(0), children.get(1), at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.element(this);
        }
    }

    /** The greatest or least operand that is not NULL; NULL if all are. */
    record Extreme(boolean greatest, List<Expr> operands, Type type, Origin at) implements Expr {
        public Extreme {
            operands = List.copyOf(operands);
        }

        @Override
        public boolean nullable() {
            return operands.stream().allMatch(Expr::nullable);
        }

        @Override
        public List<Expr> children() {
            return operands;
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            return new Extreme(greatest, children, type, at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.extreme(this);
        }
    }

    /**
     * What a row gives to an aggregate that looks at the order of its rows: bytes whose order is the order asked for, with values behind.
     * Never NULL itself.
     *
     * @param order what it is ordered by
     * @param values what the aggregate makes its result of
     * @param ties how rows follow each other that are equal in all that
     */
    record Item(List<Key> order, List<Expr> values, Ties ties, Origin at) implements Expr {
        public Item {
            order = List.copyOf(order);
            values = List.copyOf(values);
        }

        /** Something to order by. */
        public record Key(Expr value, boolean descending, boolean nullsFirst) {
            /** The opposite order. */
            public Key reversed() {
                return new Key(value, !descending, !nullsFirst);
            }
        }

        /** How rows follow each other that are equal in all they are ordered by. */
        public enum Ties {
            /** Like their places: source, partition, position. */
            BY_PLACE,
            /** The other way round. */
            BY_PLACE_REVERSED,
            /** They do not matter, or are given in their order. */
            SETTLED
        }

        @Override
        public Type type() {
            return Type.VARBINARY;
        }

        @Override
        public boolean nullable() {
            return false;
        }

        @Override
        public List<Expr> children() {
            List<Expr> children = new java.util.ArrayList<>(order.size() + values.size());
            order.forEach(key -> children.add(key.value()));
            children.addAll(values);
            return children;
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            List<Key> changed = new java.util.ArrayList<>(order.size());
            for (int i = 0; i < order.size(); i++) {
                Key key = order.get(i);
                changed.add(new Key(children.get(i), key.descending(), key.nullsFirst()));
            }
            return new Item(changed, children.subList(order.size(), children.size()), ties, at);
        }

        /** The same item with more to order by, and nothing left to settle. */
        public Item settled(List<Key> more) {
            List<Key> all = new java.util.ArrayList<>(order);
            all.addAll(more);
            return new Item(all, values, Ties.SETTLED, at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.item(this);
        }
    }
}
