package io.leat.compiler.optimize;

import io.leat.compiler.catalog.SideTables;
import io.leat.compiler.catalog.Table;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Scan;
import io.leat.grammar.source.Origin;
import io.leat.runtime.type.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads of each table what the statements of a job use, all of them together and no more, and carries no column further than it is
 * used. Not a rule that can be left out: a row that does not fit a column is rejected if the column is used, so which columns are used
 * is decided on the plans as they were bound, before any rule.
 */
public final class PruneColumns {
    /** Names, among rules that may be left out, that parts which plans have in common stay the same. */
    public static final String SHARE_PARTS = "ShareParts";

    private final Map<Table, Need[]> needs = new LinkedHashMap<>();
    private final Map<Table, TableColumns> read = new LinkedHashMap<>();

    /**
     * @param bound the plans of all statements of the job
     */
    public PruneColumns(List<LogicalPlan> bound) {
        for (LogicalPlan plan : bound) {
            collect(RowOrder.settle(plan), Needs.all(plan.output().size()));
        }
        needs.keySet().stream()
                .filter(table -> table.kind() == Table.Kind.LATE || table.kind() == Table.Kind.REJECTED)
                .toList()
                .forEach(this::addToSource);
        needs.forEach((table, needed) -> read.put(table, columns(table, needed)));
    }

    private void collect(LogicalPlan plan, Need[] needed) {
        if (plan instanceof Scan scan) {
            add(scan.table(), needed);
            return;
        }
        List<Need[]> ofInputs = Needs.ofInputs(plan, needed);
        for (int i = 0; i < ofInputs.size(); i++) {
            collect(plan.inputs().get(i), ofInputs.get(i));
        }
    }

    private void add(Table table, Need[] needed) {
        Need[] sum = needs.computeIfAbsent(table, PruneColumns::leastNeeds);
        if (sum.length < needed.length) {
            sum = Arrays.copyOf(sum, needed.length);
            needs.put(table, sum);
        }
        for (int i = 0; i < needed.length; i++) {
            if (needed[i] != null) {
                sum[i] = sum[i] == null ? Need.ofPresence() : sum[i];
                sum[i].add(needed[i]);
            }
        }
    }

    /**
     * What is read of a table in any case: its event time, and what that is computed from; of side tables what they add; of a changelog
     * what says which row comes or goes.
     */
    private static Need[] leastNeeds(Table table) {
        int physical = table.physicalColumns().size();
        Need[] least = new Need[physical];
        if (table.kind() == Table.Kind.LATE || table.kind() == Table.Kind.REJECTED) {
            for (int i = physical - SideTables.ADDED; i < physical; i++) {
                least[i] = Need.ofWhole();
            }
        }
        table.changelog().ifPresent(changelog -> {
            if (changelog.op()) {
                least[0] = Need.ofWhole();
            }
            if (changelog.keyed()) {
                table.carriedKey().forEach(column -> least[column] = Need.ofWhole());
            }
        });
        if (table.watermark().isEmpty()) {
            return least;
        }
        Table.TableColumn time = table.columns().get(table.watermark().get().column());
        if (!time.isComputed()) {
            least[table.physicalColumns().indexOf(time)] = Need.ofWhole();
            return least;
        }
        Needs.collect(time.computed().get(), least);
        Need[] withTime = Arrays.copyOf(least, physical + 1);
        withTime[physical] = Need.ofWhole();
        return withTime;
    }

    /** The columns of a source that its side tables show, whole, as the side table's columns are. */
    private void addToSource(Table side) {
        Table source = side.of().orElseThrow();
        Need[] ofSide = needs.get(side);
        int width = SideTables.sourceColumns(source).size();
        Need[] ofSource = new Need[width];
        for (int i = 0; i < width; i++) {
            if (ofSide[i] != null) {
                ofSide[i] = Need.ofWhole();
                ofSource[i] = Need.ofWhole();
            }
        }
        add(source, ofSource);
    }

    private static TableColumns columns(Table table, Need[] needed) {
        List<Integer> positions = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        List<Field> all = Scan.of(table, 0, -1, Origin.NONE).withPlace().output();
        for (int i = 0; i < needed.length; i++) {
            if (needed[i] != null) {
                Field field = all.get(i);
                positions.add(i);
                fields.add(new Field(field.name(), needed[i].narrow(field.type()), field.nullable()));
            }
        }
        return new TableColumns(table, positions, fields);
    }

    /** What is read of each table, in the order in which statements name them. */
    public Collection<TableColumns> read() {
        return List.copyOf(read.values());
    }

    /**
     * The plans of the statements that read and carry only what is used, with every order in them settled.
     *
     * @param shares whether a part that several plans have in common carries what all of them use, so that it stays the same
     */
    public List<LogicalPlan> prune(List<LogicalPlan> optimized, boolean shares) {
        List<LogicalPlan> plans = optimized.stream().map(RowOrder::settle).toList();
        Pruning alone = new Pruning(read, (plan, needed) -> needed);
        Pruning pruning = shares ? new Pruning(read, new CommonNeeds(plans, alone::exactly)::of) : alone;
        return plans.stream()
                .map(plan -> pruning.exactly(plan, Needs.all(plan.output().size())))
                .toList();
    }

    /** An expression over the whole table's scan as one over the columns that are read. */
    public Expr overRead(Table table, Expr expression) {
        TableColumns columns = read.get(table);
        return Pruning.rewrite(expression, columns.positions()::indexOf, columns.fields());
    }
}
