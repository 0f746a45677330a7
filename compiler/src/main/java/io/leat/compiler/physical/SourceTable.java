package io.leat.compiler.physical;

import io.leat.compiler.catalog.SideTables;
import io.leat.compiler.catalog.Table;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan.Scan;
import io.leat.compiler.optimize.PruneColumns;
import io.leat.compiler.optimize.TableColumns;
import io.leat.runtime.job.NodeSpec.Distribution;
import io.leat.runtime.job.NodeSpec.Edge;
import io.leat.runtime.job.Pauses;
import io.leat.runtime.job.SinkSpec;
import io.leat.runtime.job.Telling;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables that a job reads: their numbers, their columns, and how the refused rows of a source are had. */
final class SourceTable {
    private final PruneColumns columns;
    private final List<SourceRead> reads = new ArrayList<>();
    private final Map<Table, Integer> numbers = new HashMap<>();
    private final Map<Table, TableColumns> read = new HashMap<>();
    /** Side tables that are collected in memory until all statements have judged the rows. */
    private final List<Table> collected = new ArrayList<>();

    SourceTable(PruneColumns columns) {
        this.columns = columns;
        columns.read().forEach(each -> read.put(each.table(), each));
    }

    List<SourceRead> reads() {
        return reads;
    }

    /** The number of a table among those that are read. */
    int of(Table table) {
        return numbers.computeIfAbsent(table, key -> {
            reads.add(read(read.get(table)));
            return reads.size() - 1;
        });
    }

    private SourceRead read(TableColumns used) {
        Table table = used.table();
        List<Integer> scanned = scanned(table);
        List<Integer> positions = used.positions().stream()
                .map(position -> position < scanned.size() ? scanned.get(position) : -1)
                .toList();
        int hidden = positions.indexOf(-1);
        int time = table.watermark().map(Table.Watermark::column).orElse(-1);
        Optional<Expr> computed =
                time < 0 ? Optional.empty() : table.columns().get(time).computed();
        return new SourceRead(
                table,
                schema(used, positions),
                positions,
                time < 0 ? -1 : positions.indexOf(time),
                hidden < 0 || table.isVersions() && hidden + 1 == positions.size()
                        ? -1
                        : table.isVersions() ? hidden + 1 : hidden,
                computed.map(expression -> columns.overRead(table, expression)));
    }

    /** Rows are as the table declares them, also where a scan of its versions knows less of those that end. */
    private static Schema schema(TableColumns used, List<Integer> positions) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < positions.size(); i++) {
            Field field = used.fields().get(i);
            boolean nullable = positions.get(i) < 0
                    ? field.nullable()
                    : used.table().columns().get(positions.get(i)).nullable();
            fields.add(new Field(field.name(), field.type(), nullable));
        }
        return new Schema(fields);
    }

    /** For each column of a scan of the whole table its position in the table: carried columns first, a computed event time last. */
    private static List<Integer> scanned(Table table) {
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            if (!table.columns().get(i).isComputed()) {
                positions.add(i);
            }
        }
        table.watermark()
                .map(Table.Watermark::column)
                .filter(column -> table.columns().get(column).isComputed())
                .ifPresent(positions::add);
        return positions;
    }

    // ---- refused rows
    // --------------------------------------------------------------------------------------------------

    /** The rows of a side table: straight from the scan, or from memory, where they are put while the source is read. */
    Path side(Scan plan, Operators operators, Schema schema) {
        Table side = plan.table();
        if (!PhasePlanner.isDirect(plan)) {
            return Path.ofScan(operators.memoryScan(of(side), plan.statement()), schema, false, 0);
        }
        int id = operators.newId();
        Table source = side.of().orElseThrow();
        operators.add(new PhysicalOperator.SideScan(
                id,
                operators.scan(source, of(source)),
                side.kind() == Table.Kind.LATE,
                schema,
                sourceColumns(side, read.get(side).positions()),
                plan.refusedBy()));
        return Path.of(id, schema, true);
    }

    /** Where the first columns of a side table are among the columns that are read of its source; -1 for one that is not read. */
    private List<Integer> sourceColumns(Table side, List<Integer> positions) {
        Table source = side.of().orElseThrow();
        List<Integer> ofSource = read.get(source).positions();
        List<Integer> inTable = SideTables.sourceColumns(source);
        List<Integer> scanned = scanned(source);
        List<Integer> columns = new ArrayList<>();
        for (int position : positions) {
            if (position < inTable.size()) {
                boolean needed = read.get(side).positions().contains(position);
                columns.add(needed ? ofSource.indexOf(scanned.indexOf(inTable.get(position))) : -1);
            }
        }
        return columns;
    }

    /** Notes that a side table is read from memory. */
    void collect(Table side) {
        if (!collected.contains(side)) {
            collected.add(side);
        }
    }

    /** Puts refused rows of the sources that a phase reads into memory, for statements of later phases. */
    void addCollectors(Operators operators, List<SinkSpec> sinks) {
        for (Table side : collected) {
            Table source = side.of().orElseThrow();
            Integer scan = operators.scans().get(source);
            if (scan == null) {
                continue;
            }
            List<Integer> all = new ArrayList<>();
            for (int i = 0; i < side.columns().size(); i++) {
                all.add(i);
            }
            Schema schema = new Schema(
                    side.columns().stream().map(Table.TableColumn::field).toList());
            int id = operators.newId();
            boolean late = side.kind() == Table.Kind.LATE;
            operators.add(new PhysicalOperator.SideScan(id, scan, late, schema, sourceColumns(side, all), -1));
            int sink = sinks.size();
            sinks.add(new SinkSpec(
                    SinkSpec.Kind.MEMORY,
                    side.name(),
                    Optional.empty(),
                    Map.of(),
                    schema,
                    Telling.ROWS,
                    Pauses.NONE,
                    Optional.empty(),
                    List.of(),
                    false));
            Distribution distribution = operators.isParallel() ? Distribution.GATHER : Distribution.LOCAL;
            operators.add(
                    new PhysicalOperator.Deliver(operators.newId(), List.of(new Edge(id, distribution)), sink, -1));
        }
    }
}
