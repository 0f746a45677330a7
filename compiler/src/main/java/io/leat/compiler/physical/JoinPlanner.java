package io.leat.compiler.physical;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan.Join;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.physical.PhysicalOperator.BuildTable;
import io.leat.compiler.physical.Step.StaticProbe;
import io.leat.grammar.source.Origin;
import io.leat.runtime.state.TableLayout;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Static joins: the right side becomes a hash table in an earlier phase, which rows of the left side look into. */
final class JoinPlanner {
    private final Map<Join, Built> tables = new IdentityHashMap<>();

    /**
     * A table that was planned.
     *
     * @param slots for each leaf of the right side's columns, its slot
     */
    private record Built(int id, TableLayout layout, EquiJoin parts, List<Integer> slots) {}

    /** Plans the table of a join from the paths of its right side. */
    void build(Join join, List<Path> right, Operators operators, int statement) {
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
        List<Path> filtered = right.stream()
                .map(path -> filtered(path, parts.rightFilters(), join.at()))
                .toList();
        int id = operators.newId();
        operators.add(new BuildTable(
                id,
                operators.rest(
                        filtered,
                        schema,
                        true,
                        statement,
                        (path, to) -> new Terminal.Emit(values, to, false, join.at())),
                schema,
                layout,
                kept,
                join.at()));
        tables.put(join, new Built(id, layout, parts, slots(fields, keyOf, keys.size())));
    }

    private static String name(Expr key, int index) {
        return key instanceof Expr.Column column ? column.name() : "key" + (index + 1);
    }

    private static Path filtered(Path path, List<Expr> filters, Origin at) {
        return filters.isEmpty() ? path : path.then(new Step.SelectionFilter(Exprs.and(filters), at), path.columns());
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
                join.kind() == Join.Kind.LEFT,
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
