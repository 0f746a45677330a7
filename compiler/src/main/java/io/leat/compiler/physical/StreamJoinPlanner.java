package io.leat.compiler.physical;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.JoinTime;
import io.leat.compiler.logical.JoinTime.AsOf;
import io.leat.compiler.logical.JoinTime.Interval;
import io.leat.compiler.logical.JoinTime.SameWindow;
import io.leat.compiler.logical.JoinTime.Unbounded;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.StreamJoin;
import io.leat.compiler.physical.PhysicalOperator.JoinStreams;
import io.leat.compiler.physical.PhysicalOperator.Pipeline;
import io.leat.compiler.physical.Terminal.LateRule;
import io.leat.runtime.job.JoinKind;
import io.leat.runtime.job.NodeSpec.Distribution;
import io.leat.runtime.job.NodeSpec.Edge;
import io.leat.runtime.job.NodeSpec.JoinBound;
import io.leat.runtime.job.NodeSpec.JoinSide;
import io.leat.runtime.job.Pace;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Joins of streams: both sides go to the worker that has their key, where each row meets those of the other side. */
final class StreamJoinPlanner {
    private final StreamJoin plan;
    private final boolean changes;
    private final EquiJoin parts;

    /**
     * @param changes whether what is taken back later is told at once
     */
    StreamJoinPlanner(StreamJoin plan, boolean changes) {
        this.plan = plan;
        this.changes = changes;
        // Of a join that refuses late rows, a row is judged before the condition is looked at.
        boolean filters = plan.kind() != JoinKind.FULL && plan.time() instanceof Unbounded;
        this.parts = EquiJoin.of(plan.condition(), plan.left().output().size(), filters, plan.at());
    }

    /** Plans the pipelines of both sides and the operator; answers with the path of what is joined. */
    Path plan(List<Path> left, List<Path> right, Operators operators) {
        List<Edge> inputs = new ArrayList<>();
        boolean spread =
                left.stream().anyMatch(Path::parallel) || right.stream().anyMatch(Path::parallel);
        List<Integer> ranks = Spreading.ranks(parts.leftKeys(), left, operators)
                .or(() -> Spreading.ranks(parts.rightKeys(), right, operators))
                .orElse(IntStream.range(0, parts.leftKeys().size()).boxed().toList());
        List<Expr> leftBy = ranks.stream().map(parts.leftKeys()::get).toList();
        List<Expr> rightBy = ranks.stream().map(parts.rightKeys()::get).toList();
        JoinSide leftSide = side(plan.left(), parts.leftKeys(), left);
        JoinSide rightSide = side(plan.right(), parts.rightKeys(), right);
        for (Path path : left) {
            Terminal send = send(plan.left(), parts.leftKeys(), leftBy, leftSide, path, true);
            inputs.add(new Edge(operators.pipeline(path, send), how(leftBy, left, spread, operators)));
        }
        int leftInputs = inputs.size();
        for (Path path : right) {
            Path admitted = parts.rightFilters().isEmpty()
                    ? path
                    : path.then(new Step.Admittance(Exprs.and(parts.rightFilters()), plan.at()), path.columns());
            Terminal send = send(plan.right(), parts.rightKeys(), rightBy, rightSide, path, false);
            inputs.add(new Edge(operators.pipeline(admitted, send), how(rightBy, right, spread, operators)));
        }
        // Rows that come and go leave no moment at which a row is known to have no partner.
        boolean weightedSides = leftSide.weighted() || rightSide.weighted();
        boolean atOnce = (changes || weightedSides) && plan.takesBack();
        boolean weighted = atOnce || weightedSides;
        Schema output = new Schema(weighted ? Operators.weighted(plan.output()) : plan.output());
        Schema pairs = pairs(weighted);
        int id = operators.newId();
        operators.add(new JoinStreams(
                id,
                inputs,
                leftInputs,
                plan.kind(),
                leftSide,
                rightSide,
                bound(),
                test(pairs, weighted, operators),
                pairs,
                output,
                weighted,
                atOnce,
                Bound.of(plan.left(), plan),
                Bound.of(plan.right(), plan),
                plan.at()));
        Path joined = weighted ? Path.ofChanges(List.of(id), output, spread) : Path.of(id, output, spread);
        return spread ? joined.placedBy(placed(leftBy, rightBy)) : joined;
    }

    private static Distribution how(List<Expr> by, List<Path> paths, boolean spread, Operators operators) {
        return spread && operators.isParallel() ? Spreading.ofSide(by, paths, operators) : Distribution.LOCAL;
    }

    /** Rows that are joined are where their keys are; in a full join either side may be missing. */
    private List<List<Integer>> placed(List<Expr> leftBy, List<Expr> rightBy) {
        List<List<Integer>> placed = new ArrayList<>();
        if (plan.kind() != JoinKind.FULL) {
            Spreading.columns(leftBy).ifPresent(placed::add);
        }
        if (plan.kind() == JoinKind.INNER) {
            int width = plan.left().output().size();
            Spreading.columns(rightBy)
                    .map(keys -> keys.stream().map(key -> key + width).toList())
                    .ifPresent(placed::add);
        }
        return placed;
    }

    static JoinSide side(LogicalPlan rows, List<Expr> keys, List<Path> paths) {
        boolean weighted = paths.stream().anyMatch(Path::weighted);
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            fields.add(
                    new Field("key" + (i + 1), keys.get(i).type(), keys.get(i).nullable()));
        }
        fields.addAll(rows.output());
        fields.add(Field.required("$hash", Type.BIGINT));
        return new JoinSide(new Schema(weighted ? Operators.weighted(fields) : fields), weighted, keys.size());
    }

    private Terminal send(LogicalPlan rows, List<Expr> keys, List<Expr> by, JoinSide side, Path path, boolean isLeft) {
        List<Expr> columns = Plans.columns(rows, plan.at());
        Optional<LateRule> late = path.judged() ? lateRule(columns, isLeft) : Optional.empty();
        return new Terminal.EmitKeyed(keys, by, columns, side.weighted(), late, side.schema(), plan.at());
    }

    private Optional<LateRule> lateRule(List<Expr> columns, boolean isLeft) {
        if (plan.time() instanceof Interval interval) {
            JoinTime.TimeColumn time = isLeft ? interval.left() : interval.right();
            // A row before its watermark is late.
            return Optional.of(new LateRule(columns.get(time.column()), time.shift() + 1));
        }
        if (plan.time() instanceof AsOf asOf) {
            return asOfRule(asOf, columns, isLeft);
        }
        if (plan.time() instanceof SameWindow window) {
            return Optional.of(new LateRule(columns.get(isLeft ? window.leftEnd() : window.rightEnd()), 0));
        }
        return Optional.empty();
    }

    /** Rows of the left side keep their event time, so they may not be behind the watermark even where it is not what is compared. */
    private Optional<LateRule> asOfRule(AsOf asOf, List<Expr> columns, boolean isLeft) {
        if (isLeft) {
            OptionalInt time = plan.left().traits().eventTime();
            return time.isPresent() ? Optional.of(new LateRule(columns.get(time.getAsInt()), 1)) : Optional.empty();
        }
        return asOf.timed()
                ? Optional.of(new LateRule(
                        columns.get(asOf.right().column()), asOf.right().shift() + 1))
                : Optional.empty();
    }

    private Optional<JoinBound> bound() {
        if (plan.time() instanceof AsOf asOf) {
            return Optional.of(new JoinBound.AsOf(
                    asOf.left().column(),
                    asOf.left().shift(),
                    asOf.right().column(),
                    asOf.right().shift(),
                    asOf.from(),
                    asOf.to(),
                    asOf.timed(),
                    ties(asOf),
                    asOf.gone(),
                    asOf.first()));
        }
        if (plan.time() instanceof Interval interval) {
            return Optional.of(new JoinBound.Distance(
                    interval.left().column(),
                    interval.left().shift(),
                    interval.right().column(),
                    interval.right().shift(),
                    interval.from(),
                    interval.to()));
        }
        if (plan.time() instanceof SameWindow window) {
            return Optional.of(new JoinBound.SameWindow(window.leftEnd(), window.rightEnd()));
        }
        return Optional.empty();
    }

    /** Rows that are made from others have no place, and follow each other by their columns. */
    private List<Integer> ties(AsOf asOf) {
        if (!asOf.ties().isEmpty()) {
            return asOf.ties();
        }
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < plan.right().output().size(); i++) {
            all.add(i);
        }
        return all;
    }

    Schema pairs(boolean weighted) {
        List<Field> fields = new ArrayList<>();
        boolean padsLeft = plan.kind() == JoinKind.FULL;
        boolean padsRight = padsLeft || plan.kind() == JoinKind.LEFT;
        plan.left().output().forEach(field -> fields.add(padded(field, padsLeft)));
        plan.right().output().forEach(field -> fields.add(padded(field, padsRight)));
        if (!parts.residual().isEmpty()) {
            fields.add(Field.required("$matches", Type.BOOLEAN));
        }
        return new Schema(weighted ? Operators.weighted(fields) : fields);
    }

    private static Field padded(Field field, boolean pads) {
        return pads ? Field.nullable(field.name(), field.type()) : field;
    }

    Optional<Pipeline> test(Schema pairs, boolean weighted, Operators operators) {
        if (parts.residual().isEmpty()) {
            return Optional.empty();
        }
        Terminal mark =
                new Terminal.Mark(Exprs.and(parts.residual()), pairs.leaves().size() - 1, plan.at());
        return Optional.of(new Pipeline(
                operators.newId(),
                List.of(),
                pairs,
                weighted,
                false,
                Pace.OF_ROWS,
                false,
                operators.statements(),
                List.of(),
                mark));
    }
}
