package io.leat.compiler.explain;

import io.leat.compiler.explain.OperatorPrints.Detail;
import io.leat.compiler.physical.HashAggregation;
import io.leat.compiler.physical.PhysicalOperator;
import io.leat.compiler.physical.PhysicalOperator.Pipeline;
import io.leat.compiler.physical.PhysicalPlan;
import io.leat.compiler.physical.Positions;
import io.leat.compiler.physical.Step;
import io.leat.compiler.physical.Terminal;
import io.leat.runtime.job.NodeSpec.Edge;
import io.leat.runtime.job.OperatorParts;
import io.leat.runtime.job.OperatorPlan;
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
    private final Positions places;
    private final Map<Integer, PhysicalOperator> operators = new HashMap<>();
    private final OperatorPrints exact;
    private final OperatorPrints computed;
    private final OperatorPrints placed;

    private PlanPrints(PhysicalPlan plan, Positions places) {
        this.plan = plan;
        this.places = places;
        this.titles = new PhysicalText(plan, new Lines());
        plan.phases().forEach(phase -> phase.operators().forEach(each -> operators.put(each.id(), each)));
        this.exact = new OperatorPrints(plan, operators, Detail.EVERYTHING);
        this.computed = new OperatorPrints(plan, operators, Detail.COMPUTED);
        this.placed = new OperatorPrints(plan, operators, Detail.PLACED);
    }

    /**
     * The operators of a plan, by id.
     *
     * @param alone the same plan for one worker, in which the same operators keep something
     */
    public static Map<Integer, OperatorPlan> of(PhysicalPlan plan, PhysicalPlan alone, Positions places) {
        PlanPrints ofAlone = new PlanPrints(alone, places);
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
                exact.print(operator),
                exact.own(operator),
                shown,
                calls,
                takesBack(operator),
                parts(operator),
                at(operator));
    }

    private OperatorParts parts(PhysicalOperator operator) {
        Optional<HashAggregation> groups = aggregation(operator);
        return new OperatorParts(
                computed.print(operator),
                placed.print(operator),
                OperatorSettings.of(operator, plan),
                groups.map(each -> computed.accumulators(operator, each)).orElse(List.of()),
                groups.map(each -> computed.sets(operator, each)).orElse(List.of()));
    }

    private String at(PhysicalOperator operator) {
        if (operator instanceof PhysicalOperator.SourceScan scan) {
            return places.position(plan.sources().get(scan.source()).table().at());
        }
        if (operator instanceof PhysicalOperator.Deliver deliver) {
            return deliver.statement() < 0
                    ? ""
                    : plan.statements().get(deliver.statement()).at();
        }
        return operator instanceof PhysicalOperator.Located located ? places.position(located.at()) : "";
    }

    static Optional<HashAggregation> aggregation(PhysicalOperator operator) {
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
