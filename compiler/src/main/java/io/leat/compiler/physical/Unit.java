package io.leat.compiler.physical;

import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Join;
import io.leat.compiler.logical.LogicalPlan.Scan;
import io.leat.runtime.connector.SourceTraits.End;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Work that is done in one phase: a statement, the right side of a join, or the reading of a source of which only the refused rows are
 * asked for. It needs what other units leave in static tables, in tables in memory, or outside.
 */
final class Unit {
    private final Optional<Join> join;
    private final int statement;
    private final LogicalPlan plan;
    private final List<Unit> builds = new ArrayList<>();
    private final List<Unit> needs = new ArrayList<>();
    private Optional<Unit> companion = Optional.empty();
    private int phase;

    private Unit(Optional<Join> join, int statement, LogicalPlan plan) {
        this.join = join;
        this.statement = statement;
        this.plan = plan;
        collectBuilds(plan);
        needs.addAll(builds);
    }

    static Unit ofStatement(int statement, LogicalPlan plan) {
        return new Unit(Optional.empty(), statement, plan);
    }

    /** Reads a source and does nothing with its rows. */
    static Unit ofScan(Scan scan) {
        return new Unit(Optional.empty(), -1, scan);
    }

    /** The right sides of this unit's joins come before it. */
    private void collectBuilds(LogicalPlan node) {
        if (node instanceof Join each) {
            collectBuilds(each.left());
            builds.add(new Unit(Optional.of(each), statement, each.right()));
            return;
        }
        node.inputs().forEach(this::collectBuilds);
    }

    /** Visits this unit and all that it joins with, those first. */
    void forEach(Consumer<Unit> action) {
        builds.forEach(build -> build.forEach(action));
        action.accept(this);
    }

    /** What it reads itself, apart from what it joins with. */
    List<Scan> scans() {
        List<Scan> scans = new ArrayList<>();
        collectScans(plan, scans);
        return scans;
    }

    private static void collectScans(LogicalPlan node, List<Scan> into) {
        if (node instanceof Scan scan) {
            into.add(scan);
        } else if (node instanceof Join each) {
            collectScans(each.left(), into);
        } else {
            node.inputs().forEach(input -> collectScans(input, into));
        }
    }

    /** The join whose right side this is; empty for a statement. */
    Optional<Join> join() {
        return join;
    }

    int statement() {
        return statement;
    }

    LogicalPlan plan() {
        return plan;
    }

    /** Units that have to be complete before this one. */
    List<Unit> needs() {
        return needs;
    }

    /** The unit whose refused rows this one takes while it runs. */
    Optional<Unit> companion() {
        return companion;
    }

    void accompany(Unit unit) {
        companion = Optional.of(unit);
    }

    boolean isEndless() {
        return plan.traits().end() == End.UNBOUNDED;
    }

    int phase() {
        return phase;
    }

    void phase(int newPhase) {
        phase = newPhase;
    }
}
