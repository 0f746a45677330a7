package io.leat.compiler.explain;

import io.leat.compiler.expr.ByteText;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.function.AggregateFunction;
import io.leat.compiler.function.ScalarFunction;
import io.leat.compiler.physical.Bound;
import io.leat.compiler.physical.HashAggregation;
import io.leat.compiler.physical.PhysicalOperator.Pipeline;
import io.leat.compiler.physical.Step;
import io.leat.compiler.physical.Terminal;
import io.leat.grammar.source.Origin;
import io.leat.runtime.connector.Hashes;
import io.leat.runtime.job.NodeSpec.JoinBound;
import io.leat.runtime.state.TableLayout;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Parts of a plan as text that is the same for equal parts only: every constant and type is in it. Names are not, unless they are those of
 * the columns of a source, and neither is where something stands, in the query or in memory. Whatever is added to a plan is in the text
 * by itself; what it does not know, it refuses.
 */
final class ExactText {
    private static final Set<String> NUMBERS_OF_OPERATORS = Set.of("id", "inputs");
    /** What follows from the rest, or is laid out for one way of doing it. */
    private static final Set<String> LAID_OUT = Set.of("layout", "sets", "output", "rowsAt", "packed", "perPartition");
    /** What of groups is compared call by call. */
    private static final Set<String> BY_CALL =
            Set.of("layout", "sets", "output", "rowsAt", "packed", "perPartition", "calls", "columns");

    private static final int MAX_NAME = 200;

    private final StringBuilder text = new StringBuilder();
    private final IntFunction<String> tables;
    private final boolean calls;
    private List<String> names = List.of();

    /**
     * @param tables what the table is that an operator builds
     * @param calls whether it is in the text what aggregates groups keep, and of what
     */
    ExactText(IntFunction<String> tables, boolean calls) {
        this.tables = tables;
        this.calls = calls;
    }

    /** Goes on with expressions over columns that are these. */
    ExactText over(List<String> columns) {
        names = columns;
        return this;
    }

    ExactText add(Object part) {
        write(part);
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private void write(Object part) {
        if (part instanceof Optional<?> optional) {
            write(optional.map(List::of).orElse(List.of()));
        } else if (part instanceof List<?> list) {
            text.append('[');
            list.forEach(each -> {
                write(each);
                text.append(' ');
            });
            text.append(']');
        } else if (part instanceof Type type) {
            text.append(type.sql());
        } else if (part instanceof Schema schema) {
            write(schema.fields());
        } else if (part instanceof Field field) {
            write(field.type());
        } else if (part instanceof String || part instanceof ByteText) {
            String value = part.toString();
            text.append(value.length()).append(':').append(value);
        } else if (part instanceof Number
                || part instanceof Boolean
                || part instanceof Enum
                || part instanceof ZoneId) {
            text.append(part);
        } else if (part instanceof Record node) {
            record(node);
        } else if (part == null) {
            text.append("NULL");
        } else {
            throw new IllegalArgumentException("there is no exact text for " + part.getClass());
        }
    }

    private void record(Record part) {
        if (part instanceof Expr.Column column) {
            int index = column.index();
            // Behind the columns that were there in the beginning come those that steps have added.
            text.append(index < names.size() ? names.get(index) : "+" + (index - names.size()))
                    .append(' ');
            write(column.type());
        } else if (part instanceof Expr.FieldAccess field) {
            write(field.row());
            text.append('.').append(field.name());
        } else if (part instanceof ScalarFunction function) {
            text.append(function.name());
        } else if (part instanceof AggregateFunction function) {
            text.append(function.name());
            write(function.argument());
            write(function.settings());
            write(function.result());
        } else if (part instanceof JoinBound.Lookup lookup) {
            // Options say where rows are, and how to get in.
            text.append("lookup ").append(lookup.table()).append(lookup.keys());
        } else if (part instanceof Pipeline pipeline) {
            pipeline(pipeline);
        } else if (part instanceof Step.StaticProbe probe) {
            text.append(tables.apply(probe.table()));
            write(probe.leftColumns());
            write(probe.keys());
            write(probe.columns());
            write(probe.residual());
            write(probe.kind());
        } else if (part instanceof HashAggregation) {
            components(part, calls ? LAID_OUT : BY_CALL);
        } else if (part instanceof Terminal.Update && !calls) {
            components(part, Set.of("inputs"));
        } else {
            components(part, Set.of());
        }
    }

    /** Steps and where rows end up; what an operator is called that it takes rows from is said elsewhere. */
    void pipeline(Pipeline pipeline) {
        List<String> ofSource = names;
        text.append(pipeline.weighted() ? "changes " : "rows ");
        write(pipeline.pace());
        steps(pipeline.steps());
        write(pipeline.terminal());
        names = ofSource;
    }

    /** Steps, behind which columns are what these make of them. */
    ExactText steps(List<Step> steps) {
        for (Step step : steps) {
            if (step instanceof Step.Projection projection) {
                // What nobody asks for is not computed.
                names = projection.expressions().stream().map(this::name).toList();
            } else {
                write(step);
            }
        }
        return this;
    }

    /** A text of its own that begins where this one stands. */
    ExactText behind() {
        return new ExactText(tables, calls).over(names);
    }

    /** What a column is from now on: the expression that yields it, or in short that it is this one. */
    private String name(Expr expression) {
        String exact = behind().add(expression).toString();
        return exact.length() <= MAX_NAME ? exact : Hashes.of(exact.getBytes(StandardCharsets.UTF_8));
    }

    private void components(Record part, Set<String> leftOut) {
        text.append(part.getClass().getSimpleName()).append('(');
        for (RecordComponent component : part.getClass().getRecordComponents()) {
            Class<?> type = component.getType();
            boolean said = type != Origin.class
                    && type != TableLayout.class
                    && type != Bound.class
                    && !NUMBERS_OF_OPERATORS.contains(component.getName())
                    && !leftOut.contains(component.getName());
            if (said) {
                write(value(part, component));
                text.append(' ');
            }
        }
        text.append(')');
    }

    private static Object value(Record part, RecordComponent component) {
        try {
            return component.getAccessor().invoke(part);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("parts of plans can be read", e);
        }
    }
}
