package io.leat.compiler.explain;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.physical.HashAggregation;
import io.leat.compiler.physical.HashAggregation.OutputColumn;
import io.leat.compiler.physical.PhysicalOperator;
import io.leat.compiler.physical.PhysicalOperator.Pipeline;
import io.leat.compiler.physical.PhysicalPlan;
import io.leat.compiler.physical.SourceRead;
import io.leat.compiler.physical.Terminal;
import io.leat.runtime.connector.Hashes;
import io.leat.runtime.job.NodeSpec.Edge;
import io.leat.runtime.job.OperatorParts.Accumulator;
import io.leat.runtime.job.OptionValue;
import io.leat.runtime.job.SinkSpec;
import io.leat.runtime.state.TableLayout.AccumulatorSlot;
import io.leat.runtime.type.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prints of operators with all that they take rows from, in one detail. */
final class OperatorPrints {
    /** Options that say where a table is, one of which is in any that can be told by it. */
    private static final List<String> NAMES_OF_PLACES = List.of("path", "topic");

    private static final List<String> PLACES = List.of("path", "topic", "properties.bootstrap.servers");

    private final PhysicalPlan plan;
    private final Map<Integer, PhysicalOperator> operators;
    private final Detail detail;
    private final Map<Integer, String> prints = new HashMap<>();

    /** What is in a print. */
    enum Detail {
        /** Whatever makes a difference. */
        EVERYTHING,
        /** No {@link OperatorSettings}, no aggregates; columns of groups are called by what they are, not by their places. */
        COMPUTED,
        /** The same, and tables are called by where they are. */
        PLACED
    }

    OperatorPrints(PhysicalPlan plan, Map<Integer, PhysicalOperator> operators, Detail detail) {
        this.plan = plan;
        this.operators = operators;
        this.detail = detail;
    }

    private boolean isExact() {
        return detail == Detail.EVERYTHING;
    }

    String print(PhysicalOperator operator) {
        String known = prints.get(operator.id());
        if (known != null) {
            return known;
        }
        StringBuilder text = new StringBuilder(text(operator));
        operator.inputs().forEach(edge -> text.append(" <- ").append(print(from(edge))));
        if (operator instanceof PhysicalOperator.SideScan side) {
            text.append(" of ").append(print(operators.get(side.scan())));
        }
        String print = hash(text.toString());
        prints.put(operator.id(), print);
        return print;
    }

    /** Of what it does with rows of operators that keep something. */
    String own(PhysicalOperator operator) {
        return hash(ownText(operator));
    }

    private String ownText(PhysicalOperator operator) {
        StringBuilder text = new StringBuilder(text(operator));
        for (Edge edge : operator.inputs()) {
            PhysicalOperator input = from(edge);
            text.append(" <- ")
                    .append(
                            input instanceof Pipeline
                                    ? ownText(input)
                                    : input.getClass().getSimpleName());
        }
        return text.toString();
    }

    private PhysicalOperator from(Edge edge) {
        return operators.get(edge.from());
    }

    private static String hash(String text) {
        return Hashes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private ExactText newText() {
        return new ExactText(table -> print(operators.get(table)), isExact());
    }

    private String text(PhysicalOperator operator) {
        ExactText text = newText();
        if (operator instanceof PhysicalOperator.SourceScan scan) {
            return "scan " + source(plan.sources().get(scan.source()), text);
        }
        if (operator instanceof PhysicalOperator.MemoryScan scan) {
            return "memory scan " + plan.sources().get(scan.source()).table().name();
        }
        if (operator instanceof PhysicalOperator.SideScan side) {
            String statement = side.statement() < 0
                    ? ""
                    : plan.statements().get(side.statement()).title();
            return (side.late() ? "late " : "rejected ") + text.add(side.schema()) + statement;
        }
        if (operator instanceof PhysicalOperator.Deliver deliver) {
            return sink(plan.sinks().get(deliver.sink()), text);
        }
        if (operator instanceof Pipeline pipeline) {
            text.over(columns(pipeline)).pipeline(pipeline);
            return text.toString();
        }
        return text.add(operator).toString();
    }

    private String sink(SinkSpec sink, ExactText text) {
        text.add(sink.kind());
        if (!isExact()) {
            return "deliver " + text.add(place(sink.name(), sink.connector(), sink.options()));
        }
        return text.add(sink.name())
                .add(sink.connector())
                .add(sink.schema().fields().stream().map(Field::name).toList())
                .add(sink.schema())
                .add(sink.telling())
                .add(sink.pauses())
                .add(sink.identity())
                .add(sink.key())
                .toString();
    }

    /** What a table is called, where it is known without what may be a secret. */
    private String place(String name, Optional<String> connector, Map<String, OptionValue> options) {
        boolean known = connector.isPresent() && NAMES_OF_PLACES.stream().anyMatch(options::containsKey);
        if (detail != Detail.PLACED || !known) {
            return name;
        }
        StringBuilder place = new StringBuilder(connector.get());
        PLACES.forEach(key -> Optional.ofNullable(options.get(key))
                .ifPresent(value ->
                        place.append(' ').append(value.kind()).append(' ').append(value.text())));
        return place.toString();
    }

    /** The names of columns that arrive from a source, and what those are that groups are told in; those of others are their places. */
    private List<String> columns(Pipeline pipeline) {
        if (!pipeline.source()) {
            List<List<String>> told = pipeline.inputs().stream()
                    .map(edge -> toldColumns(from(edge)))
                    .distinct()
                    .toList();
            return told.size() == 1 ? told.get(0) : List.of();
        }
        List<Field> fields = pipeline.input().fields();
        return fields.subList(pipeline.weighted() ? 1 : 0, fields.size()).stream()
                .map(Field::name)
                .toList();
    }

    private List<String> toldColumns(PhysicalOperator operator) {
        if (isExact() || !(operator instanceof PhysicalOperator.EmitGroups emit)) {
            return List.of();
        }
        List<Accumulator> accumulators = accumulators(emit, emit.aggregation());
        List<String> names = new ArrayList<>();
        for (OutputColumn column : emit.aggregation().columns()) {
            names.add(
                    column instanceof OutputColumn.Result result
                            ? accumulators.get(result.call()).print()
                            : newText().add(column).toString());
        }
        return names;
    }

    /** What groups keep of each aggregate, and behind those of the number of their rows if that is counted. */
    List<Accumulator> accumulators(PhysicalOperator operator, HashAggregation groups) {
        List<Accumulator> accumulators = new ArrayList<>();
        for (int i = 0; i < groups.layout().accumulators().size(); i++) {
            AccumulatorSlot slot = groups.layout().accumulators().get(i);
            String print = i < groups.calls().size()
                    ? hash(newText()
                                    .add(groups.calls().get(i).function())
                                    .add(groups.calls().get(i).distinct())
                            + inputs(operator, groups, i))
                    : "rows";
            accumulators.add(new Accumulator(print, slot.width(), slot.bytesAt().size()));
        }
        return accumulators;
    }

    /** Of each set of DISTINCT calls: of what values it is. */
    List<String> sets(PhysicalOperator operator, HashAggregation groups) {
        List<String> sets = new ArrayList<>();
        for (int set = 0; set < groups.sets().size(); set++) {
            int call = 0;
            while (groups.calls().get(call).set() != set) {
                call++;
            }
            sets.add(hash(inputs(operator, groups, call)));
        }
        return sets;
    }

    /** What an aggregate takes of the rows of each pipeline that leads to it. */
    private String inputs(PhysicalOperator operator, HashAggregation groups, int call) {
        StringBuilder inputs = new StringBuilder();
        List<Pipeline> pipelines = operator instanceof PhysicalOperator.GroupSessions sessions
                ? List.of(sessions.update())
                : operator.inputs().stream()
                        .map(this::from)
                        .filter(Pipeline.class::isInstance)
                        .map(Pipeline.class::cast)
                        .toList();
        for (Pipeline pipeline : pipelines) {
            if (pipeline.terminal() instanceof Terminal.Update update
                    && update.aggregation().id() == groups.id()) {
                ExactText at = newText().over(columns(pipeline)).steps(pipeline.steps());
                inputs.append(' ').append(at.behind().add(update.inputs().get(call)));
            }
        }
        return inputs.toString();
    }

    /** What the rows of a source are, and when they are late; not where they come from, which positions in it say. */
    private String source(SourceRead read, ExactText text) {
        Table table = read.table();
        List<String> names = read.schema().fields().stream().map(Field::name).toList();
        text.add(place(table.name(), table.connector(), table.options())).add(table.connector());
        if (isExact()) {
            text.add(OperatorSettings.format(table));
            table.watermark()
                    .ifPresent(watermark -> text.add(
                                    table.columns().get(watermark.column()).name())
                            .add(watermark.delayMicros()));
        }
        table.changelog().ifPresent(changelog -> {
            text.add(changelog.op())
                    .add(changelog.keyed())
                    .add(changelog.tombstones())
                    .add(changelog.oneLog())
                    .add(changelog.versions());
            table.primaryKey().forEach(key -> text.add(table.columns().get(key).name()));
        });
        Optional<Expr> time = isExact() ? read.eventTimeExpression() : Optional.empty();
        return text.over(names).add(time).toString();
    }
}
