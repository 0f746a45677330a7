package io.leat.compiler.physical;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Join;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.physical.PhysicalOperator.BuildTable;
import io.leat.compiler.physical.Step.StaticProbe;
import io.leat.grammar.source.Origin;
import io.leat.runtime.state.TableLayout;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** Static joins: the right side becomes a hash table in an earlier phase, which rows of the left side look into. */
final class JoinPlanner {
    private final Map<Join, Built> tables = new IdentityHashMap<>();
    /** What tables of this phase hold, the ranks of the statements that look into them, and where they are once planned. */
    private final Map<Content, Set<Integer>> users = new HashMap<>();

    private final Map<Content, Built> ofPhase = new HashMap<>();

    /** What a table holds. */
    private record Content(LogicalPlan right, List<Expr> keys, List<Expr> filters) {
        static Content of(Join join) {
            EquiJoin parts = EquiJoin.of(join);
            return new Content(join.right(), parts.rightKeys(), parts.rightFilters());
        }
    }

    /**
     * A table that was planned.
     *
     * @param slots for each leaf of the right side's columns, its slot
     */
    private record Built(int id, TableLayout layout, EquiJoin parts, List<Integer> slots) {}

    /** Begins a phase. Its tables see what was written before it, so none is shared with other phases. */
    void begin() {
        users.clear();
        ofPhase.clear();
    }

    /** Notes that the table of a join is to be built in this phase; one table for all joins that look for the same. */
    void share(Join join, int statement) {
        users.computeIfAbsent(Content.of(join), key -> new TreeSet<>()).add(statement);
    }

    /** Whether another join has built the table of this one, which then looks into it, too. */
    boolean isBuilt(Join join) {
        Content content = Content.of(join);
        Built built = users.containsKey(content) ? ofPhase.get(content) : null;
        if (built != null) {
            tables.put(join, new Built(built.id(), built.layout(), EquiJoin.of(join), built.slots()));
        }
        return built != null;
    }

    /** The statements that look into the table of a join, at least the one named. */
    List<Integer> users(Join join, int statement) {
        return List.copyOf(users.getOrDefault(Content.of(join), Set.of(statement)));
    }

    /** Plans the table of a join from the paths of its right side. */
    void build(Join join, List<Path> right, Operators operators) {
        EquiJoin parts = EquiJoin.of(join);
        List<Field> fields = join.right().output();
        List<Field> keys = new ArrayList<>();
        for (int i = 0; i < parts.rightKeys().size(); i++) {
            keys.add(Field.nullable(
                    name(parts.rightKeys().get(i), i), parts.rightKeys().get(i).type()));
        }
        List<Integer> keyOf = new ArrayList<>();
        List<Field> kept = new ArrayList<>();
        List<Expr> values = new ArrayList<>(parts.rightKeys());
        List<Expr> columns = Plans.columns(join.right(), join.at());
        for (int i = 0; i < fields.size(); i++) {
            int key = parts.rightKeys().indexOf(columns.get(i));
            keyOf.add(key);
            if (key < 0) {
                kept.add(fields.get(i));
                values.add(columns.get(i));
            }
        }
        TableLayout layout = LayoutPlanner.ofTable(keys, kept);
        Schema schema = new Schema(Plans.concat(keys, kept));
        List<Path> admitted = right.stream()
                .map(path -> admitted(path, parts.rightFilters(), join.at()))
                .toList();
        int id = operators.newId();
        operators.add(new BuildTable(
                id,
                operators.rest(admitted, schema, false, (path, to) -> new Terminal.Emit(values, to, false, join.at())),
                schema,
                layout,
                kept,
                refresh(join.right()),
                join.at()));
        Built built = new Built(id, layout, parts, slots(fields, keyOf, keys.size()));
        tables.put(join, built);
        ofPhase.put(Content.of(join), built);
    }

    /** The least interval after which something below is read again; 0 if nothing is. */
    private static long refresh(LogicalPlan plan) {
        long own = plan instanceof LogicalPlan.Scan scan ? scan.refresh() : 0;
        return LongStream.concat(LongStream.of(own), plan.inputs().stream().mapToLong(JoinPlanner::refresh))
                .filter(each -> each > 0)
                .min()
                .orElse(0);
    }

    private static String name(Expr key, int index) {
        return key instanceof Expr.Column column ? column.name() : "key" + (index + 1);
    }

    /** The rows that the table keeps. Others are taken, too: a condition of the join, or of what is behind it, leaves them out. */
    private static Path admitted(Path path, List<Expr> filters, Origin at) {
        return filters.isEmpty() ? path : path.then(new Step.Admittance(Exprs.and(filters), at), path.columns());
    }

    private static List<Integer> slots(List<Field> fields, List<Integer> keyOf, int keys) {
        List<Integer> slots = new ArrayList<>();
        int next = keys;
        for (int i = 0; i < fields.size(); i++) {
            if (keyOf.get(i) >= 0) {
                slots.add(keyOf.get(i));
                continue;
            }
            for (int leaf = 0; leaf < Schema.leafCount(fields.get(i).type()); leaf++) {
                slots.add(next++);
            }
        }
        return slots;
    }

    /** The lookup in the table that was built for this join. */
    StaticProbe probe(Join join, int leftColumns) {
        Built built = tables.get(join);
        List<Expr> residual = built.parts().residual();
        return new StaticProbe(
                built.id(),
                leftColumns,
                built.parts().leftKeys(),
                join.right().output(),
                built.slots(),
                built.layout(),
                residual.isEmpty() ? Optional.empty() : Optional.of(Exprs.and(residual)),
                join.kind(),
                isUnique(join, built.parts()),
                join.at());
    }

    /** Whether what is looked up holds a whole unique key of the right side. */
    private static boolean isUnique(Join join, EquiJoin parts) {
        Set<Integer> columns = new HashSet<>();
        for (Expr key : parts.rightKeys()) {
            if (key instanceof Expr.Column column) {
                columns.add(column.index());
            }
        }
        return join.right().traits().uniqueKeys().stream().anyMatch(columns::containsAll);
    }
}
