package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Identifier;
import io.leat.runtime.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows with the names under which a query can speak of their columns.
 *
 * @param names in the order in which {@code *} shows them; a plan column may have none or several
 * @param expiry how long the rows stand after their event time; empty if that is not said
 */
record BoundRelation(LogicalPlan plan, List<Entry> names, Optional<Expiry> expiry) {
    BoundRelation {
        names = List.copyOf(names);
    }

    BoundRelation(LogicalPlan plan, List<Entry> names) {
        this(plan, names, Optional.empty());
    }

    /**
     * A name of a column.
     *
     * @param qualifier the table or alias it belongs to; empty for a column of no table
     * @param column position in the plan's output
     * @param hidden whether it can only be reached with its qualifier, because USING merged it with another
     */
    record Entry(String qualifier, String name, int column, boolean hidden) {
        boolean is(String wanted) {
            return Identifier.key(name).equals(Identifier.key(wanted));
        }

        boolean isOf(String wanted) {
            return Identifier.key(qualifier).equals(Identifier.key(wanted));
        }
    }

    /** The columns of a plan under their own names and one qualifier. */
    static BoundRelation of(LogicalPlan plan, String qualifier) {
        List<Entry> names = new ArrayList<>();
        List<Field> fields = plan.output();
        for (int i = 0; i < fields.size(); i++) {
            names.add(new Entry(qualifier, fields.get(i).name(), i, false));
        }
        return new BoundRelation(plan, names);
    }

    /** The same columns in another plan, at the same positions. */
    BoundRelation with(LogicalPlan newPlan) {
        return new BoundRelation(newPlan, names, expiry);
    }

    /** The same rows, which stand for a time, or for ever. */
    BoundRelation expiring(Optional<Expiry> after) {
        return new BoundRelation(plan, names, after);
    }

    /** All columns that {@code *} shows, under one qualifier. */
    BoundRelation as(String qualifier) {
        List<Entry> renamed = new ArrayList<>();
        for (Entry entry : names) {
            if (!entry.hidden()) {
                renamed.add(new Entry(qualifier, entry.name(), entry.column(), false));
            }
        }
        return new BoundRelation(plan, renamed, expiry);
    }

    /** What {@code *} shows. */
    List<Entry> visible() {
        return names.stream().filter(entry -> !entry.hidden()).toList();
    }

    /** What {@code qualifier.*} shows. */
    List<Entry> visibleOf(String qualifier) {
        return names.stream().filter(entry -> entry.isOf(qualifier)).toList();
    }

    /** The column of an entry as an expression. */
    Expr.Column column(Entry entry, Origin at) {
        Field field = plan.output().get(entry.column());
        return new Expr.Column(entry.column(), entry.name(), field.type(), field.nullable(), at);
    }

    /** A column of the plan as an expression. */
    Expr.Column column(int index, Origin at) {
        Field field = plan.output().get(index);
        return new Expr.Column(index, field.name(), field.type(), field.nullable(), at);
    }

    /** The names that may be used without a qualifier. */
    List<Entry> named(String name) {
        return names.stream().filter(entry -> !entry.hidden() && entry.is(name)).toList();
    }

    List<Entry> named(String qualifier, String name) {
        return names.stream()
                .filter(entry -> entry.isOf(qualifier) && entry.is(name))
                .toList();
    }

    /** The position in the plan of the only visible column of this name. */
    Optional<Integer> find(String name) {
        List<Entry> found = named(name);
        return found.size() == 1 ? Optional.of(found.get(0).column()) : Optional.empty();
    }
}
