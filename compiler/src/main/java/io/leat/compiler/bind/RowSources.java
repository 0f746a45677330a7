package io.leat.compiler.bind;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.catalog.Table.TableColumn;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Name;
import io.leat.grammar.tree.Statement.Outlets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The source that {@code LATE INTO} and {@code REJECT INTO} of a statement speak of, and where its refused rows go. */
final class RowSources {
    private final Context context;
    private final Problems problems;

    RowSources(Context context) {
        this.context = context;
        this.problems = context.problems();
    }

    /** The one source whose rows a statement judges. */
    Table only(LogicalPlan plan, Outlets outlets) {
        Set<Table> sources = new LinkedHashSet<>();
        collect(plan, sources);
        Name into = outlets.lateInto().or(outlets::rejectInto).orElseThrow();
        if (sources.size() != 1) {
            List<String> names = sources.stream().map(Table::name).toList();
            throw problems.abandon(
                    ErrorCode.NOT_SUPPORTED,
                    into.at(),
                    sources.isEmpty()
                            ? "this statement reads no source that rows could be late or rejected of"
                            : "this statement reads several sources: " + String.join(", ", names),
                    sources.isEmpty()
                            ? "read a table with a connector"
                            : "write LATE INTO and REJECT INTO behind the CREATE TABLE of the source");
        }
        return sources.iterator().next();
    }

    /** Sources that rows come from one by one; what is joined with them was read before. */
    private static void collect(LogicalPlan plan, Set<Table> into) {
        if (plan instanceof LogicalPlan.Scan scan) {
            if (scan.table().kind() == Table.Kind.CONNECTOR) {
                into.add(scan.table());
            }
            return;
        }
        if (plan instanceof LogicalPlan.Join join) {
            collect(join.left(), into);
            return;
        }
        plan.inputs().forEach(input -> collect(input, into));
    }

    /** The columns of refused rows that a table asks for, by name. */
    LogicalPlan byName(LogicalPlan scan, Table side, Table table, Origin at) {
        List<Expr> values = Plans.columns(scan, at);
        List<String> names = Plans.names(scan);
        List<Expr> wanted = new ArrayList<>();
        List<String> wantedNames = new ArrayList<>();
        for (TableColumn column : table.physicalColumns()) {
            if (column.metadata().isPresent()) {
                continue;
            }
            Optional<Integer> found = position(names, column.name());
            if (found.isEmpty()) {
                throw problems.abandon(
                        ErrorCode.UNKNOWN_COLUMN,
                        at,
                        "'" + table.name() + "' has a column '" + column.name() + "' that " + side.name()
                                + " has no values for",
                        Problems.meant(column.name(), names, "name its columns after those of " + side.name() + ":"));
            }
            Expr value = values.get(found.get());
            if (new Conversions(context).implicit(value, column.type()).isEmpty()) {
                throw problems.abandon(
                        ErrorCode.NOT_ASSIGNABLE,
                        at,
                        "column '" + column.name() + "' of " + table.name() + " is "
                                + column.type().sql() + ", and that of " + side.name() + " is "
                                + value.type().sql(),
                        "declare it as " + value.type().sql());
            }
            wanted.add(value);
            wantedNames.add(column.name());
        }
        return new LogicalPlan.Project(scan, wanted, wantedNames, at);
    }

    private static Optional<Integer> position(List<String> names, String wanted) {
        for (int i = 0; i < names.size(); i++) {
            if (Identifier.key(names.get(i)).equals(Identifier.key(wanted))) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }
}
