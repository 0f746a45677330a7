package io.leat.compiler.bind;

import io.leat.compiler.bind.BoundRelation.Entry;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.compiler.function.AggregateFunction;
import io.leat.compiler.function.Aggregates;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.AggregateCall;
import io.leat.compiler.logical.LogicalPlan.SortKey;
import io.leat.compiler.logical.Unnest;
import io.leat.compiler.type.Casting;
import io.leat.compiler.type.Types;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Expression.Arithmetic;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Name;
import io.leat.grammar.tree.Query;
import io.leat.grammar.tree.TypeName;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.ArrayType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code SUMMARIZE}: a row for each column of a table or query, with what its values are like.
 *
 * <pre>
 *   sort by position
 *     unnest names, types, least values, …       a row per column
 *       aggregate count(*), count(a), min(a), …  one row with everything
 *         rows                                                          </pre>
 */
final class SummaryBinder {
    private static final String ROWS = "rows";

    private final QueryBinder queries;
    private final Problems problems;

    SummaryBinder(QueryBinder queries) {
        this.queries = queries;
        this.problems = queries.context().problems();
    }

    /** What is said of each column: a name, and a value for each column of the rows. */
    private record Said(String name, Type type, List<Expr> values) {}

    BoundRelation bind(Query.About about) {
        Origin at = about.at();
        BoundRelation rows = queries.shown(about.input());
        new EndChecks(problems).requireEnd(rows.plan(), "SUMMARIZE", at);
        List<Field> fields = rows.plan().output().subList(0, rows.visible().size());
        List<AggregateCall> calls = new ArrayList<>();
        calls.add(new AggregateCall(Aggregates.countRows(), Optional.empty(), false, Optional.empty(), ROWS, at));
        for (int i = 0; i < fields.size(); i++) {
            Expr.Column column = rows.column(i, at);
            for (Figure figure : Figure.values()) {
                figure.of(column.type()).ifPresent(function -> calls.add(call(figure, function, column)));
            }
        }
        LogicalPlan groups =
                new AggregateBinder(problems).aggregate(rows.plan(), Optional.empty(), List.of(), calls, at);
        return perColumn(BoundRelation.of(groups, ""), rows.visible(), fields, at);
    }

    private AggregateCall call(Figure figure, AggregateFunction function, Expr.Column column) {
        Expr argument = new Conversions(queries.context())
                .cast(column, function.argument().orElseThrow());
        boolean distinct = figure == Figure.DIFFERENT;
        return new AggregateCall(
                function, Optional.of(argument), distinct, Optional.empty(), figure.name(column.index()), column.at());
    }

    /** What is counted and computed of a column. */
    private enum Figure {
        VALUES("COUNT"),
        LEAST("MIN"),
        MOST("MAX"),
        DIFFERENT("COUNT"),
        MEAN("AVG");

        private final String function;

        Figure(String function) {
            this.function = function;
        }

        /** The function that computes it; empty where a type has no such thing. */
        Optional<AggregateFunction> of(Type type) {
            boolean isTold =
                    this == VALUES || (this == MEAN ? Types.isNumeric(type) : Casting.exists(type, Type.VARCHAR));
            return isTold ? Aggregates.bind(function, type) : Optional.empty();
        }

        String name(int column) {
            return name().toLowerCase(Locale.ROOT) + column;
        }
    }

    private BoundRelation perColumn(BoundRelation groups, List<Entry> visible, List<Field> fields, Origin at) {
        Figures figures = new Figures(groups, at);
        List<Said> said = new ArrayList<>();
        said.add(new Said(
                "column_name",
                Type.VARCHAR,
                figures.texts(visible.stream().map(Entry::name).toList())));
        said.add(new Said(
                "column_type",
                Type.VARCHAR,
                figures.texts(fields.stream().map(field -> field.type().sql()).toList())));
        said.add(figures.all("min", Figure.LEAST, fields.size(), Type.VARCHAR));
        said.add(figures.all("max", Figure.MOST, fields.size(), Type.VARCHAR));
        said.add(figures.all("approx_unique", Figure.DIFFERENT, fields.size(), Type.BIGINT));
        said.add(figures.all("avg", Figure.MEAN, fields.size(), Type.DOUBLE));
        said.add(figures.rows("count", fields.size()));
        said.add(figures.nullShares("null_percentage", fields.size()));
        List<Expr> arrays = said.stream()
                .map(each -> (Expr) new Expr.ArrayOf(each.values(), new ArrayType(each.type()), at))
                .toList();
        Unnest rows = new Unnest(groups.plan(), arrays, false, at);
        int width = groups.plan().output().size();
        SortKey position = new SortKey(width + arrays.size(), false, false);
        LogicalPlan sorted = new LogicalPlan.Sort(rows, List.of(position), at);
        List<Entry> names = new ArrayList<>();
        for (int i = 0; i < said.size(); i++) {
            names.add(new Entry("", said.get(i).name(), width + i, false));
        }
        return new BoundRelation(sorted, names);
    }

    /** Values over the one row of aggregates. */
    private final class Figures {
        private final ExpressionBinder expressions;
        private final BoundRelation groups;
        private final Origin at;

        Figures(BoundRelation groups, Origin at) {
            this.expressions = new ExpressionBinder(queries.context(), groups);
            this.groups = groups;
            this.at = at;
        }

        List<Expr> texts(List<String> texts) {
            return texts.stream()
                    .map(text -> (Expr) new Literal(text, Type.VARCHAR, at))
                    .toList();
        }

        /** A figure of each column, NULL where its type has none. */
        Said all(String name, Figure figure, int columns, Type type) {
            List<Expr> values = new ArrayList<>();
            for (int i = 0; i < columns; i++) {
                values.add(
                        groups.find(figure.name(i)).isEmpty()
                                ? Literal.ofNull(type, at)
                                : cast(expressions.bind(reference(figure.name(i))), type));
            }
            return new Said(name, type, values);
        }

        Said rows(String name, int columns) {
            List<Expr> values = new ArrayList<>();
            for (int i = 0; i < columns; i++) {
                values.add(expressions.bind(reference(ROWS)));
            }
            return new Said(name, Type.BIGINT, values);
        }

        /** How many of a hundred rows have no value; NULL where there are no rows, and for rows with fields. */
        Said nullShares(String name, int columns) {
            List<Expr> values = new ArrayList<>();
            Type type = new Type.DecimalType(9, 2);
            for (int i = 0; i < columns; i++) {
                boolean isCounted = groups.find(Figure.VALUES.name(i)).isPresent();
                values.add(isCounted ? expressions.bind(nullShare(i)) : Literal.ofNull(type, at));
            }
            return new Said(name, type, values);
        }

        private Expression nullShare(int column) {
            Expression rows = reference(ROWS);
            Expression lacking =
                    chain(List.of(Arithmetic.Operator.SUBTRACT), rows, reference(Figure.VALUES.name(column)));
            Expression share = chain(
                    List.of(Arithmetic.Operator.MULTIPLY, Arithmetic.Operator.DIVIDE), lacking, number("100.0"), rows);
            Expression some = new Expression.Comparison(Expression.Comparison.Operator.GREATER, rows, number("0"), at);
            TypeName type = new TypeName("DECIMAL", List.of(9L, 2L), List.of(), List.of(), at);
            Expression.When whenSome = new Expression.When(some, new Expression.Cast(share, type, false, at), at);
            return new Expression.Case(Optional.empty(), List.of(whenSome), Optional.empty(), at);
        }

        private Expression chain(List<Arithmetic.Operator> operators, Expression... operands) {
            return new Arithmetic(
                    operators,
                    List.of(operands),
                    operators.stream().map(operator -> at).toList(),
                    at);
        }

        private Expression number(String text) {
            return new Expression.NumberLiteral(text, at);
        }

        private Expression reference(String name) {
            return new Expression.Reference(new Name(List.of(new Identifier(name, true, at)), at), at);
        }

        private Expr cast(Expr value, Type type) {
            return value.type().equals(type) ? value : new Expr.Cast(value, type, false, at);
        }
    }
}
