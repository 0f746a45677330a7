package io.leat.compiler.oracle;

import io.leat.compiler.expr.Expr.Item;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

/**
 * What an aggregate that looks at the order of its rows takes of one.
 *
 * @param order the values it is ordered by
 * @param place where the row stands among others; empty if it has no place
 */
record Taken(Item item, List<Object> order, List<Object> values, List<Long> place) {
    Taken at(List<Long> newPlace) {
        return new Taken(item, order, values, newPlace);
    }

    /** Whether rows are pairs that a join made, of which a row may be in several: these have no place. */
    static boolean isPaired(LogicalPlan plan) {
        if (plan instanceof LogicalPlan.Join join && join.kind().hasRightColumns() && !Plans.matchesAtMostOne(join)) {
            return true;
        }
        List<LogicalPlan> inputs = plan.inputs();
        return (plan instanceof LogicalPlan.Union ? inputs : inputs.subList(0, Math.min(1, inputs.size())))
                .stream().anyMatch(Taken::isPaired);
    }

    /** The values of all rows that count, in their order. */
    static List<List<Object>> inOrder(List<Object> given, boolean distinct) {
        List<Taken> taken = new ArrayList<>();
        given.stream().filter(Objects::nonNull).forEach(each -> taken.add((Taken) each));
        taken.sort(Taken::compare);
        List<List<Object>> values = new ArrayList<>();
        for (Taken each : taken) {
            List<Object> keys = new ArrayList<>();
            each.values.forEach(value -> keys.add(Values.key(value)));
            values.add(keys);
        }
        return distinct ? List.copyOf(new LinkedHashSet<>(values)) : values;
    }

    private static int compare(Taken left, Taken right) {
        for (int i = 0; i < left.order.size(); i++) {
            Item.Key key = left.item.order().get(i);
            int order = compare(left.order.get(i), right.order.get(i), key.descending(), key.nullsFirst());
            if (order != 0) {
                return order;
            }
        }
        return switch (left.item.ties()) {
            case SETTLED -> 0;
            case BY_PLACE -> compareTied(left, right);
            case BY_PLACE_REVERSED -> compareTied(right, left);
        };
    }

    private static int compareTied(Taken left, Taken right) {
        for (int i = 0; i < left.place.size() && i < right.place.size(); i++) {
            int order = Long.compare(left.place.get(i), right.place.get(i));
            if (order != 0) {
                return order;
            }
        }
        for (int i = 0; i < left.values.size(); i++) {
            int order = compare(left.values.get(i), right.values.get(i), false, false);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compare(Object left, Object right, boolean descending, boolean nullsFirst) {
        if (left == null || right == null) {
            int nulls = Boolean.compare(right == null, left == null);
            return nullsFirst ? nulls : -nulls;
        }
        return descending ? Values.compare(right, left) : Values.compare(left, right);
    }
}
