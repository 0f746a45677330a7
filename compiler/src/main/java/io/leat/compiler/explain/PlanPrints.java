package io.leat.compiler.explain;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.physical.HashAggregation;
import io.leat.compiler.physical.PhysicalOperator;
import io.leat.compiler.physical.PhysicalOperator.Pipeline;
import io.leat.compiler.physical.PhysicalPlan;
import io.leat.compiler.physical.SourceRead;
import io.leat.compiler.physical.Step;
import io.leat.compiler.physical.Terminal;
import io.leat.runtime.connector.Hashes;
import io.leat.runtime.job.NodeSpec.Edge;
import io.leat.runtime.job.OperatorPlan;
import io.leat.runtime.job.OptionValue;
import io.leat.runtime.job.SinkSpec;
import io.leat.runtime.type.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the operators of a plan compute that keep something: a print of it and of all that it takes rows from, and lines for people. */
public final class PlanPrints {
    private static final int MAX_LINES = 40;
    private static final int MAX_LINE = 160;

    private final PhysicalPlan plan;
    private final PhysicalText titles;
    private final Map<Integer, PhysicalOperator> operators = new HashMap<>();
    private final Map<Integer, String> prints = new HashMap<>();

    private PlanPrints(PhysicalPlan plan) {
        this.plan = plan;
        this.titles = new PhysicalText(plan, new Lines());
        plan.phases().forEach(phase -> phase.operators().forEach(each -> operators.put(each.id(), each)));
    }

    /**
     * The operators of a plan, by id.
     *
     * @param alone the same plan for one worker, in which the same operators keep something
     */
    public static Map<Integer, OperatorPlan> of(PhysicalPlan plan, PhysicalPlan alone) {
        PlanPrints ofAlone = new PlanPrints(alone);
        Map<Class<?>, List<PhysicalOperator>> of = byKind(plan);
        Map<Integer, OperatorPlan> plans = new TreeMap<>();
        byKind(alone).forEach((kind, those) -> {
            List<PhysicalOperator> these = of.getOrDefault(kind, List.of());
            if (these.size() != those.size()) {
                throw new IllegalStateException(these.size() + " " + kind.getSimpleName() + " keep something, and "
                        + those.size() + " where there is one worker");
            }
            for (int i = 0; i < those.size(); i++) {
                plans.put(these.get(i).id(), ofAlone.planOf(those.get(i)));
            }
        });
        return plans;
    }

    private static Map<Class<?>, List<PhysicalOperator>> byKind(PhysicalPlan plan) {
        Map<Class<?>, List<PhysicalOperator>> kinds = new LinkedHashMap<>();
        plan.phases()
                .forEach(phase -> phase.operators().stream()
                        .filter(PlanPrints::keeps)
                        .forEach(each -> kinds.computeIfAbsent(each.getClass(), key -> new ArrayList<>())
                                .add(each)));
        return kinds;
    }

    private static boolean keeps(PhysicalOperator operator) {
        return !(operator instanceof Pipeline
                || operator instanceof PhysicalOperator.CombineGroups
                || operator instanceof PhysicalOperator.MergeGroups
                || operator instanceof PhysicalOperator.SideScan);
    }

    private OperatorPlan planOf(PhysicalOperator operator) {
        List<String> lines = new ArrayList<>();
        addLines(operator, lines);
        List<String> shown = lines.stream()
                .limit(MAX_LINES)
                .map(line -> line.length() <= MAX_LINE ? line : line.substring(0, MAX_LINE) + "…")
                .toList();
        List<String> calls = aggregation(operator).map(PlanPrints::calls).orElse(List.of());
        return new OperatorPlan(
                print(operator),
                Hashes.of(own(operator).getBytes(StandardCharsets.UTF_8)),
                shown,
                calls,
                takesBack(operator));
    }

    private static Optional<HashAggregation> aggregation(PhysicalOperator operator) {
        if (operator instanceof PhysicalOperator.EmitGroups emit) {
            return Optional.of(emit.aggregation());
        }
        return operator instanceof PhysicalOperator.GroupSessions sessions
                ? Optional.of(sessions.aggregation())
                : Optional.empty();
    }

    private static List<String> calls(HashAggregation aggregation) {
        return aggregation.calls().stream()
                .map(call -> call.function().name() + "(" + (call.distinct() ? "DISTINCT " : "")
                        + call.function().argument().map(type -> type.sql()).orElse("*") + ")")
                .toList();
    }

    /** Of groups it says itself what they were; what else it told would have to be told in the same way when it goes. */
    private boolean takesBack(PhysicalOperator operator) {
        return emitsChanges(operator) && !(operator instanceof PhysicalOperator.EmitGroups)
                || operator.inputs().stream().map(this::from).anyMatch(this::emitsChanges);
    }

    private PhysicalOperator from(Edge edge) {
        return operators.get(edge.from());
    }

    private boolean emitsChanges(PhysicalOperator operator) {
        if (operator instanceof Pipeline pipeline) {
            return pipeline.weighted()
                    && operator.inputs().stream().map(this::from).anyMatch(this::emitsChanges);
        }
        if (operator instanceof PhysicalOperator.SourceScan scan) {
            return plan.sources().get(scan.source()).table().changelog().isPresent();
        }
        if (operator instanceof PhysicalOperator.EmitGroups emit) {
            return emit.aggregation().changes();
        }
        if (operator instanceof PhysicalOperator.JoinStreams join) {
            return join.weighted();
        }
        if (operator instanceof PhysicalOperator.RankRows rank) {
            return rank.rows().changes();
        }
        if (operator instanceof PhysicalOperator.EvaluateWindows over) {
            return over.rows().changes();
        }
        return operator instanceof PhysicalOperator.FilterByClock;
    }

    private String print(PhysicalOperator operator) {
        String known = prints.get(operator.id());
        if (known != null) {
            return known;
        }
        StringBuilder text = new StringBuilder(text(operator));
        operator.inputs().forEach(edge -> text.append(" <- ").append(print(from(edge))));
        if (operator instanceof PhysicalOperator.SideScan side) {
            text.append(" of ").append(print(operators.get(side.scan())));
        }
        String print = Hashes.of(text.toString().getBytes(StandardCharsets.UTF_8));
        prints.put(operator.id(), print);
        return print;
    }

    /** What it does with rows of operators that keep something. */
    private String own(PhysicalOperator operator) {
        StringBuilder text = new StringBuilder(text(operator));
        for (Edge edge : operator.inputs()) {
            PhysicalOperator input = from(edge);
            text.append(" <- ")
                    .append(
                            input instanceof Pipeline
                                    ? own(input)
                                    : input.getClass().getSimpleName());
        }
        return text.toString();
    }

    private String text(PhysicalOperator operator) {
        ExactText text = new ExactText(table -> print(operators.get(table)));
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
            SinkSpec sink = plan.sinks().get(deliver.sink());
            return text.add(sink.kind())
                    .add(sink.name())
                    .add(sink.connector())
                    .add(sink.schema().fields().stream().map(Field::name).toList())
                    .add(sink.schema())
                    .add(sink.telling())
                    .add(sink.pauses())
                    .add(sink.identity())
                    .add(sink.key())
                    .toString();
        }
        if (operator instanceof Pipeline pipeline) {
            text.over(columns(pipeline)).pipeline(pipeline);
            return text.toString();
        }
        return text.add(operator).toString();
    }

    /** The names of columns that arrive from a source; those of others are their places. */
    private static List<String> columns(Pipeline pipeline) {
        if (!pipeline.source()) {
            return List.of();
        }
        List<Field> fields = pipeline.input().fields();
        return fields.subList(pipeline.weighted() ? 1 : 0, fields.size()).stream()
                .map(Field::name)
                .toList();
    }

    /** What the rows of a source are, and when they are late; not where they come from, which positions in it say. */
    private static String source(SourceRead read, ExactText text) {
        Table table = read.table();
        List<String> names = read.schema().fields().stream().map(Field::name).toList();
        text.add(table.name()).add(table.connector()).add(format(table));
        table.watermark()
                .ifPresent(watermark ->
                        text.add(table.columns().get(watermark.column()).name()).add(watermark.delayMicros()));
        table.changelog().ifPresent(changelog -> {
            text.add(changelog.op())
                    .add(changelog.keyed())
                    .add(changelog.tombstones())
                    .add(changelog.oneLog())
                    .add(changelog.versions());
            table.primaryKey().forEach(key -> text.add(table.columns().get(key).name()));
        });
        Optional<Expr> time = read.eventTimeExpression();
        return text.over(names).add(time).toString();
    }

    /** How records become rows. */
    private static List<String> format(Table table) {
        List<String> said = new ArrayList<>();
        String format = Optional.ofNullable(table.options().get("format"))
                .map(OptionValue::text)
                .orElse("");
        new TreeMap<>(table.options()).forEach((key, value) -> {
            boolean ofFormat = key.equals("format") || key.endsWith(".format") || key.startsWith(format + ".");
            if (ofFormat && value.kind() == OptionValue.Kind.PLAIN) {
                said.add(key + "=" + value.text());
            }
        });
        if (format.equals("csv")) {
            table.columns().forEach(column -> said.add(column.name())); // by place
        }
        return said;
    }

    private void addLines(PhysicalOperator operator, List<String> lines) {
        for (Edge edge : operator.inputs()) {
            PhysicalOperator input = from(edge);
            if (input instanceof Pipeline pipeline) {
                addLines(pipeline, lines);
            } else if (input instanceof PhysicalOperator.SourceScan scan) {
                lines.add("read " + plan.sources().get(scan.source()).table().name());
            } else {
                lines.add("take " + titles.title(input));
            }
        }
        if (operator instanceof Pipeline pipeline) {
            pipeline.steps().forEach(step -> lines.add(step(step)));
            terminal(pipeline.terminal()).ifPresent(lines::add);
        } else {
            lines.add(titles.title(operator));
        }
    }

    private static String step(Step step) {
        String text = PhysicalText.step(step);
        return step instanceof Step.StaticProbe probe ? text.replace(" in " + probe.table() + " by", " by") : text;
    }

    private static Optional<String> terminal(Terminal terminal) {
        if (terminal instanceof Terminal.Update update) {
            String inputs = update.inputs().stream().map(PlanPrints::input).collect(Collectors.joining(", "));
            return Optional.of("group by [" + ExpressionText.all(update.keys()) + "] for "
                    + String.join(", ", calls(update.aggregation())) + " of [" + inputs + "]"
                    + PhysicalText.slicing(update.slicing()));
        }
        return terminal instanceof Terminal.Emit ? Optional.empty() : Optional.of(PhysicalText.terminal(terminal));
    }

    private static String input(Terminal.Input input) {
        return input.argument().map(ExpressionText::of).orElse("*")
                + input.filter()
                        .map(filter -> " FILTER (" + ExpressionText.of(filter) + ")")
                        .orElse("");
    }
}
