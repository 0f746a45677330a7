package io.leat.compiler.physical;

import io.leat.compiler.bind.BoundStatement;
import io.leat.compiler.catalog.Table;
import io.leat.compiler.logical.LogicalPlan.Scan;
import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Identifier;
import io.leat.runtime.connector.SourceTraits;
import io.leat.runtime.connector.SourceTraits.End;
import io.leat.runtime.job.SinkSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts a job into phases: what is looked up, or written and read again, is complete before it is used. Units that read the same source
 * share its reading where they can. Work that never ends comes last.
 */
final class PhasePlanner {
    private final List<BoundStatement> statements;
    private final List<Diagnostic> problems;
    private final List<Unit> units = new ArrayList<>();
    private final List<Unit> ofStatements = new ArrayList<>();

    /**
     * @param problems takes what cannot be arranged
     */
    PhasePlanner(List<BoundStatement> statements, List<Diagnostic> problems) {
        this.statements = statements;
        this.problems = problems;
    }

    /** Whether refused rows are taken while the source is read, rather than from memory when all others have judged them. */
    static boolean isDirect(Scan side) {
        return side.refusedBy() >= 0 || side.table().end() == End.UNBOUNDED;
    }

    static boolean isSide(Table table) {
        return table.kind() == Table.Kind.LATE || table.kind() == Table.Kind.REJECTED;
    }

    /** All units, each after those it needs. */
    List<Unit> plan() {
        for (int i = 0; i < statements.size(); i++) {
            Unit unit = Unit.ofStatement(i, statements.get(i).plan());
            ofStatements.add(unit);
            unit.forEach(units::add);
        }
        addLoneScans();
        units.forEach(this::addNeeds);
        List<Unit> ordered = ordered();
        if (problems.isEmpty()) {
            assign(ordered);
            checkReadOnce(ordered);
            checkRefusedTogether();
        }
        return ordered;
    }

    // ---- needs
    // ---------------------------------------------------------------------------------------------------------

    /** Sources of which only refused rows are asked for are read nevertheless. */
    private void addLoneScans() {
        Set<Table> asked = new LinkedHashSet<>();
        for (Unit unit : units) {
            for (Scan scan : unit.scans()) {
                scan.table().of().ifPresent(asked::add);
            }
        }
        for (Table source : asked) {
            if (units.stream().noneMatch(unit -> reads(unit, source))) {
                units.add(Unit.ofScan(Scan.of(source, -1, -1, Origin.NONE)));
            }
        }
    }

    private static boolean reads(Unit unit, Table table) {
        return unit.scans().stream().anyMatch(scan -> scan.table().equals(table));
    }

    private void addNeeds(Unit unit) {
        for (Scan scan : unit.scans()) {
            Table table = scan.table();
            if (!isSide(table)) {
                for (Unit writer : ofStatements) {
                    boolean before = writer.statement() < unit.statement() && writes(writer, table);
                    if (before && !writer.isEndless()) {
                        unit.needs().add(writer);
                    }
                }
            } else if (scan.refusedBy() >= 0) {
                unit.accompany(ofStatements.get(scan.refusedBy()));
            } else if (!isDirect(scan)) {
                Table source = table.of().orElseThrow();
                units.stream()
                        .filter(other -> other.statement() != unit.statement() && reads(other, source))
                        .forEach(unit.needs()::add);
            }
        }
    }

    private boolean writes(Unit writer, Table table) {
        SinkSpec sink = statements.get(writer.statement()).sink();
        return sink.kind() != SinkSpec.Kind.PRINT && Identifier.key(sink.name()).equals(Identifier.key(table.name()));
    }

    // ---- order
    // ---------------------------------------------------------------------------------------------------------

    private List<Unit> ordered() {
        Set<Unit> done = new LinkedHashSet<>();
        Set<Unit> open = new HashSet<>();
        units.forEach(unit -> visit(unit, open, done));
        return new ArrayList<>(done);
    }

    private void visit(Unit unit, Set<Unit> open, Set<Unit> done) {
        if (done.contains(unit)) {
            return;
        }
        if (!open.add(unit)) {
            problems.add(new Diagnostic(
                            ErrorCode.NOT_SUPPORTED,
                            "this statement needs the rows that other statements refuse, and they need its own",
                            unit.plan().at())
                    .withHelp("read $late and $rejected tables in a statement that does not read their source"));
            return;
        }
        unit.companion().ifPresent(other -> visit(other, open, done));
        unit.needs().forEach(other -> visit(other, open, done));
        done.add(unit);
    }

    // ---- phases
    // --------------------------------------------------------------------------------------------------------

    /**
     * Each unit that ends goes as early as its needs allow, or later, if it then shares the reading of a source. Those that never end
     * go into a last phase together.
     */
    private static void assign(List<Unit> ordered) {
        for (Unit unit : ordered) {
            unit.phase(earliest(unit));
        }
        int last = ordered.stream()
                .filter(unit -> !unit.isEndless())
                .mapToInt(Unit::phase)
                .max()
                .orElse(-1);
        for (int i = ordered.size() - 1; i >= 0; i--) {
            Unit unit = ordered.get(i);
            if (unit.isEndless()) {
                unit.phase(last + 1);
            } else if (unit.companion().isEmpty()) {
                share(unit, latest(unit, ordered, last), ordered.subList(i + 1, ordered.size()));
            }
        }
        ordered.forEach(unit -> unit.companion().ifPresent(other -> unit.phase(other.phase())));
    }

    private static int earliest(Unit unit) {
        int phase =
                unit.needs().stream().mapToInt(need -> need.phase() + 1).max().orElse(0);
        return unit.companion().map(other -> Math.max(other.phase(), phase)).orElse(phase);
    }

    /** The last phase that leaves everything that needs this unit, or what accompanies it, where it is. */
    private static int latest(Unit unit, List<Unit> ordered, int last) {
        int phase = last;
        for (Unit other : ordered) {
            boolean needsIt = other.needs().contains(unit)
                    || other.needs().stream()
                            .anyMatch(need ->
                                    need.companion().filter(unit::equals).isPresent());
            if (needsIt && !other.isEndless()) {
                phase = Math.min(phase, other.phase() - 1);
            }
        }
        return phase;
    }

    private static void share(Unit unit, int latest, List<Unit> placed) {
        int best = unit.phase();
        for (Unit other : placed) {
            boolean fits = other.phase() >= unit.phase() && other.phase() <= latest && !other.isEndless();
            boolean shares = unit.scans().stream()
                    .anyMatch(scan -> scan.table().kind() == Table.Kind.CONNECTOR && reads(other, scan.table()));
            if (fits && shares) {
                best = Math.max(best, other.phase());
            }
        }
        unit.phase(best);
    }

    private void checkReadOnce(List<Unit> ordered) {
        for (Unit unit : ordered) {
            for (Scan scan : unit.scans()) {
                boolean once = scan.table().kind() == Table.Kind.CONNECTOR
                        && scan.table().source().map(SourceTraits::once).orElse(false);
                boolean again =
                        ordered.stream().anyMatch(other -> other.phase() < unit.phase() && reads(other, scan.table()));
                if (once && again) {
                    problems.add(new Diagnostic(
                                    ErrorCode.READ_TWICE,
                                    "'" + scan.table().name() + "' can be read once, and is needed again here",
                                    scan.at())
                            .withHelp("write its rows to a table in memory first: CREATE TABLE t AS SELECT …"));
                }
            }
        }
    }

    /** What a statement refuses can only be taken on its way where all of it reads the source in one phase. */
    private void checkRefusedTogether() {
        for (Unit unit : units) {
            for (Scan side : unit.scans()) {
                if (side.refusedBy() < 0) {
                    continue;
                }
                Table source = side.table().of().orElseThrow();
                int phase = ofStatements.get(side.refusedBy()).phase();
                boolean apart = units.stream()
                        .anyMatch(other -> other.statement() == side.refusedBy()
                                && other.phase() != phase
                                && reads(other, source));
                if (apart) {
                    problems.add(new Diagnostic(
                                    ErrorCode.NOT_SUPPORTED,
                                    "the statement reads '" + source.name()
                                            + "' once more, before, for what it looks up, and"
                                            + " what it refuses then would not be in this table",
                                    side.at())
                            .withHelp("write what all statements refuse, with INSERT INTO … FROM "
                                    + side.table().name()));
                }
            }
        }
    }
}
