package io.leat.compiler.explain;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.physical.PhysicalOperator;
import io.leat.compiler.physical.PhysicalOperator.Pipeline;
import io.leat.compiler.physical.PhysicalPlan;
import io.leat.compiler.physical.SourceRead;
import io.leat.compiler.physical.Step;
import io.leat.compiler.physical.Terminal;
import io.leat.compiler.physical.Terminal.Slicing;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.NodeSpec.Distribution;
import io.leat.runtime.job.NodeSpec.Edge;
import io.leat.runtime.job.Pace;
import io.leat.runtime.job.SinkSpec;
import io.leat.runtime.type.Field;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Physical plans as text: phases, and in them numbered operators with what fuses into each pipeline. */
final class PhysicalText {
    private final PhysicalPlan plan;
    private final Lines out;

    PhysicalText(PhysicalPlan plan, Lines out) {
        this.plan = plan;
        this.out = out;
    }

    void write() {
        out.add(0, "parallelism " + plan.parallelism() + ", zone " + plan.zone().getId());
        for (int i = 0; i < plan.phases().size(); i++) {
            out.add(0, "phase " + (i + 1));
            plan.phases().get(i).operators().forEach(this::write);
        }
    }

    private void write(PhysicalOperator operator) {
        out.add(1, operator.id() + " " + title(operator) + from(operator.inputs()));
        if (operator instanceof Pipeline pipeline) {
            pipeline.steps().forEach(step -> out.add(2, step(step)));
            out.add(2, terminal(pipeline.terminal()));
        } else if (operator instanceof PhysicalOperator.MergeGroups merge) {
            out.add(2, terminal(merge.update().terminal()));
        } else if (operator instanceof PhysicalOperator.JoinStreams join) {
            join.bound().ifPresent(bound -> out.add(2, bound(bound)));
            join.test().ifPresent(test -> out.add(2, terminal(test.terminal())));
        }
    }

    String title(PhysicalOperator operator) {
        if (operator instanceof PhysicalOperator.SourceScan scan) {
            return "scan " + read(scan.source());
        }
        if (operator instanceof PhysicalOperator.MemoryScan scan) {
            return "memory scan " + read(scan.source());
        }
        if (operator instanceof PhysicalOperator.SideScan side) {
            return (side.late() ? "late" : "rejected") + " rows of " + side.scan() + " "
                    + names(side.schema().fields());
        }
        if (operator instanceof PhysicalOperator.LiteralRows literals) {
            return "literals, " + literals.rows().size() + " rows";
        }
        if (operator instanceof Pipeline pipeline) {
            return "pipeline" + pace(pipeline.pace()) + (pipeline.rehearsed() ? ", each row rehearsed" : "");
        }
        if (operator instanceof PhysicalOperator.CombineGroups combine) {
            return "combine groups of " + combine.aggregation().id() + " as long as they are fewer than rows";
        }
        if (operator instanceof PhysicalOperator.MergeGroups merge) {
            return "merge groups of " + merge.aggregation().id();
        }
        if (operator instanceof PhysicalOperator.EmitGroups emit) {
            return "emit groups " + names(emit.aggregation().output().fields());
        }
        if (operator instanceof PhysicalOperator.SortRows sort) {
            String limit = sort.limit() < 0 && sort.offset() == 0 ? "" : limit(sort.limit(), sort.offset());
            return "sort" + limit;
        }
        if (operator instanceof PhysicalOperator.SettleRows settle) {
            return "sum up rows that come and go, emits "
                    + names(settle.output().fields());
        }
        if (operator instanceof PhysicalOperator.LimitRows limit) {
            return limit(limit.limit(), limit.offset()).strip();
        }
        if (operator instanceof PhysicalOperator.RankRows rank) {
            return "first " + rank.limit() + " by " + rank.function() + WindowText.partitions(rank.rows());
        }
        if (operator instanceof PhysicalOperator.EvaluateWindows over) {
            return "window functions " + names(WindowText.added(over)) + WindowText.partitions(over.rows());
        }
        if (operator instanceof PhysicalOperator.BuildTable build) {
            String keys = build.layout().keys().stream().map(key -> key.name()).collect(Collectors.joining(", "));
            return "build static table by [" + keys + "] with " + names(build.columns())
                    + (build.refresh() == 0 ? "" : ", again every " + Durations.text(build.refresh()));
        }
        if (operator instanceof PhysicalOperator.JoinStreams join) {
            boolean asks = join.bound()
                    .filter(NodeSpec.JoinBound.Lookup.class::isInstance)
                    .isPresent();
            return join.kind().name().toLowerCase(Locale.ROOT)
                    + (asks ? " lookup, emits " : " join of streams, emits ")
                    + names(join.output().fields());
        }
        if (operator instanceof PhysicalOperator.FormSessions sessions) {
            return "form sessions with gaps of " + Durations.text(sessions.gap()) + ", emits "
                    + names(sessions.output().fields());
        }
        if (operator instanceof PhysicalOperator.FilterByClock filter) {
            return "filter by the clock, emits " + names(filter.output().fields());
        }
        if (operator instanceof PhysicalOperator.GroupSessions sessions) {
            return "group sessions with gaps of " + Durations.text(sessions.gap()) + ", emits "
                    + names(sessions.aggregation().output().fields());
        }
        PhysicalOperator.Deliver deliver = (PhysicalOperator.Deliver) operator;
        SinkSpec sink = plan.sinks().get(deliver.sink());
        String every =
                sink.pauses().any() ? " every " + Durations.text(sink.pauses().everyMicros()) : "";
        return switch (sink.kind()) {
            case TABLE ->
                "deliver to " + sink.name()
                        + sink.connector().map(name -> " (" + name + ")").orElse("") + every;
            case MEMORY -> "keep in memory as " + sink.name();
            case PRINT -> "print" + every;
        };
    }

    private static String pace(Pace pace) {
        if (pace.isAtEnd()) {
            return ", watermarks at the end";
        }
        String waits = pace.patience() == 0 ? "" : ", waits " + Durations.text(pace.patience()) + " longer";
        return pace.byClock() ? ", watermarks of the clock" : waits;
    }

    private static String limit(long limit, long offset) {
        String after = offset == 0 ? "" : " after " + offset;
        return (limit < 0 ? " all" : " first " + limit) + after;
    }

    private String read(int source) {
        SourceRead read = plan.sources().get(source);
        return read.table().name() + " " + names(read.schema().fields());
    }

    private static String names(List<Field> fields) {
        return fields.stream().map(Field::name).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String from(List<Edge> edges) {
        if (edges.isEmpty()) {
            return "";
        }
        return edges.stream()
                .map(edge -> edge.from() + how(edge.distribution()))
                .collect(Collectors.joining(", ", " <- ", ""));
    }

    private static String how(Distribution distribution) {
        return switch (distribution) {
            case LOCAL -> "";
            case BY_KEY -> " by key";
            case GATHER -> " gathered";
        };
    }

    static String step(Step step) {
        if (step instanceof Step.SelectionFilter filter) {
            return "filter " + ExpressionText.of(filter.condition());
        }
        if (step instanceof Step.Admittance admittance) {
            return "admit " + ExpressionText.of(admittance.condition());
        }
        if (step instanceof Step.Projection projection) {
            return "project [" + ExpressionText.all(projection.expressions()) + "]";
        }
        if (step instanceof Step.StaticProbe probe) {
            String residual = probe.residual()
                    .map(each -> " and " + ExpressionText.of(each))
                    .orElse("");
            String lookup = switch (probe.kind()) {
                case INNER -> "lookup in ";
                case LEFT -> "outer lookup in ";
                case SEMI -> "only with a match in ";
                case ANTI -> "only without a match in ";
                case MARK -> "marked by a match in ";
            };
            return lookup + probe.table() + " by [" + ExpressionText.all(probe.keys()) + "]" + residual
                    + (probe.unique() ? ", one match at most" : "");
        }
        if (step instanceof Step.Repetition repetition) {
            return "repeat " + ExpressionText.of(repetition.times()) + " times";
        }
        if (step instanceof Step.Unnesting unnesting) {
            return LogicalText.unnest(unnesting.arrays(), unnesting.padded());
        }
        Step.WindowExpansion window = (Step.WindowExpansion) step;
        return "assign to " + LogicalText.windows(window.kind());
    }

    static String terminal(Terminal terminal) {
        if (terminal instanceof Terminal.Emit emit) {
            return "emit " + names(emit.schema().fields());
        }
        if (terminal instanceof Terminal.EmitSliced emit) {
            return "send " + names(emit.schema().fields()) + slicing(emit.slicing());
        }
        if (terminal instanceof Terminal.EmitKeyed emit) {
            String by = emit.keys().isEmpty() ? "" : " by [" + ExpressionText.all(emit.keys()) + "]";
            return "keep [" + ExpressionText.all(emit.columns()) + "]" + by
                    + (emit.hashed().equals(emit.keys())
                            ? ""
                            : ", spread by [" + ExpressionText.all(emit.hashed()) + "]")
                    + judged(emit.late().isPresent());
        }
        if (terminal instanceof Terminal.Update update) {
            String by = update.keys().isEmpty() ? "" : " by [" + ExpressionText.all(update.keys()) + "]";
            return "update groups of " + update.aggregation().id() + by + slicing(update.slicing());
        }
        if (terminal instanceof Terminal.Mark mark) {
            return "pairs with " + ExpressionText.of(mark.condition());
        }
        Expr value = ((Terminal.Complete) terminal).value();
        return "event time " + ExpressionText.of(value);
    }

    private static String bound(NodeSpec.JoinBound bound) {
        if (bound instanceof NodeSpec.JoinBound.Distance distance) {
            String from = distance.ends(true) ? " from " + Durations.text(distance.from()) : " up";
            String to = distance.ends(false) ? " to " + Durations.text(distance.to()) : " on";
            return "left time - right time" + from + to;
        }
        if (bound instanceof NodeSpec.JoinBound.AsOf asOf) {
            return "the last right row as of the left time"
                    + (asOf.gone() < 0 ? "" : ", if it has not ended")
                    + (asOf.timed() ? "" : ", known when the right side has ended");
        }
        if (bound instanceof NodeSpec.JoinBound.Lookup lookup) {
            return "asks " + lookup.table() + " (" + lookup.connector() + ") for the keys of a batch at once, "
                    + LookupText.cache(lookup.cache());
        }
        return "in the same window";
    }

    static String slicing(Slicing slicing) {
        if (slicing instanceof Slicing.ByTime byTime) {
            return ", slices of " + Durations.text(byTime.windowing().sliceWidth()) + judged(byTime.judged());
        }
        if (slicing instanceof Slicing.ByEnd byEnd) {
            return ", by window" + judged(byEnd.judged());
        }
        return "";
    }

    private static String judged(boolean judged) {
        return judged ? ", late rows refused" : "";
    }
}
