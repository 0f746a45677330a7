package io.leat.compiler.bind;

import io.leat.compiler.bind.BoundRelation.Entry;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Query.SetOperator.Kind;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * BY NAME: brings the columns of queries into the order of their names, as they come up first. In a UNION a column that a query lacks is
 * NULL there; INTERSECT and EXCEPT compare the same columns of all queries.
 */
final class ColumnsByName {
    private final Problems problems;
    private final Kind kind;
    private final Origin at;

    ColumnsByName(Problems problems, Kind kind, Origin at) {
        this.problems = problems;
        this.kind = kind;
        this.at = at;
    }

    List<BoundRelation> of(List<BoundRelation> inputs) {
        Map<String, String> names = new LinkedHashMap<>();
        for (BoundRelation input : inputs) {
            Set<String> own = new HashSet<>();
            for (Entry entry : input.visible()) {
                String key = Identifier.key(entry.name());
                if (!own.add(key)) {
                    throw problems.abandon(
                            ErrorCode.AMBIGUOUS_COLUMN,
                            SetOperationBinder.within(input.plan().at(), at),
                            "a query of " + SetOperationBinder.article(kind) + " BY NAME has several columns '"
                                    + entry.name() + "'",
                            "give them different names");
                }
                names.putIfAbsent(key, entry.name());
            }
        }
        return inputs.stream().map(input -> ordered(input, names)).toList();
    }

    private BoundRelation ordered(BoundRelation input, Map<String, String> names) {
        List<Expr> columns = new ArrayList<>(Plans.columns(input.plan(), at));
        List<String> columnNames = new ArrayList<>(Plans.names(input.plan()));
        List<Entry> entries = new ArrayList<>();
        for (String name : names.values()) {
            Optional<Entry> own =
                    input.visible().stream().filter(entry -> entry.is(name)).findFirst();
            if (own.isPresent()) {
                entries.add(new Entry("", name, own.get().column(), false));
                continue;
            }
            if (kind != Kind.UNION) {
                throw problems.abandon(
                        ErrorCode.UNKNOWN_COLUMN,
                        SetOperationBinder.within(input.plan().at(), at),
                        "no column '" + name + "' in a query of " + SetOperationBinder.article(kind) + " BY NAME",
                        "select the same names in each of them");
            }
            entries.add(new Entry("", name, columns.size(), false));
            columns.add(Expr.Literal.ofNull(Type.NULL, at));
            columnNames.add(name);
        }
        boolean padded = columns.size() > input.plan().output().size();
        LogicalPlan plan = padded
                ? new LogicalPlan.Project(
                        input.plan(), columns, columnNames, input.plan().at())
                : input.plan();
        return new BoundRelation(plan, entries, input.expiry());
    }
}
