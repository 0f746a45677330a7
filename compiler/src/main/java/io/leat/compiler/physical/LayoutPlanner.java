package io.leat.compiler.physical;

import io.leat.compiler.function.AggregateFunction;
import io.leat.compiler.function.AggregateFunction.StateField;
import io.leat.runtime.state.TableLayout;
import io.leat.runtime.state.TableLayout.AccumulatorSlot;
import io.leat.runtime.state.TableLayout.ColumnSlot;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Schema.Leaf;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lays out entries of hash tables: NULL bits, then columns, narrow ones first so that they fill the gap behind the bits, then
 * accumulators.
 */
final class LayoutPlanner {
    private static final int ALIGNMENT = 8;

    private LayoutPlanner() {}

    /** Entries of an aggregate. */
    static TableLayout ofGroups(List<Field> keys, List<AggregateFunction> functions) {
        List<ColumnSlot> slots = slots(keys.stream()
                .map(key -> new Leaf(key.name(), key.type(), key.nullable()))
                .toList());
        int offset = align(end(slots), ALIGNMENT);
        List<AccumulatorSlot> accumulators = new ArrayList<>();
        for (AggregateFunction function : functions) {
            accumulators.add(new AccumulatorSlot(function.name(), offset, function.width(), bytesAt(function, offset)));
            offset += function.width();
        }
        return new TableLayout(slots, List.of(), accumulators, offset);
    }

    private static List<Integer> bytesAt(AggregateFunction function, int offset) {
        List<Integer> places = new ArrayList<>();
        int at = offset;
        for (StateField field : function.state()) {
            if (field == StateField.BYTES) {
                places.add(at);
            }
            at += field.width();
        }
        return places;
    }

    /** Entries of a static table. */
    static TableLayout ofTable(List<Field> keys, List<Field> columns) {
        List<Leaf> leaves = new ArrayList<>();
        // Rows without a key are not kept.
        keys.forEach(key -> leaves.add(new Leaf(key.name(), key.type(), false)));
        leaves.addAll(new Schema(columns).leaves());
        List<ColumnSlot> slots = slots(leaves);
        int width = align(end(slots), ALIGNMENT);
        return new TableLayout(
                slots.subList(0, keys.size()), slots.subList(keys.size(), slots.size()), List.of(), width);
    }

    /** Entries of a set of values by group: the ordinal of the group, right behind the header, and the value. */
    static TableLayout ofDistinctValues(Type type) {
        ColumnSlot group = new ColumnSlot("group", Type.INT, TableLayout.HEADER, -1);
        int offset = align(TableLayout.HEADER + Type.INT.physical().width(), alignment(type));
        ColumnSlot value = new ColumnSlot("value", type, offset, -1);
        int width = align(offset + type.physical().width(), ALIGNMENT);
        return new TableLayout(List.of(group, value), List.of(), List.of(), width);
    }

    private static List<ColumnSlot> slots(List<Leaf> leaves) {
        int nullable = (int) leaves.stream().filter(Leaf::nullable).count();
        int offset = TableLayout.HEADER + (nullable + 7) / 8;
        int nullBit = TableLayout.HEADER * 8;
        ColumnSlot[] slots = new ColumnSlot[leaves.size()];
        List<Integer> byWidth = IntStream.range(0, leaves.size())
                .boxed()
                .sorted(Comparator.comparingInt(
                        i -> leaves.get(i).type().physical().width()))
                .toList();
        int[] nullBits = new int[leaves.size()];
        for (int i = 0; i < leaves.size(); i++) {
            nullBits[i] = leaves.get(i).nullable() ? nullBit++ : -1;
        }
        for (int i : byWidth) {
            Leaf leaf = leaves.get(i);
            offset = align(offset, alignment(leaf.type()));
            slots[i] = new ColumnSlot(leaf.path(), leaf.type(), offset, nullBits[i]);
            offset += leaf.type().physical().width();
        }
        return List.of(slots);
    }

    private static int end(List<ColumnSlot> slots) {
        int nullable = (int) slots.stream().filter(slot -> slot.nullBit() >= 0).count();
        int end = TableLayout.HEADER + (nullable + 7) / 8;
        for (ColumnSlot slot : slots) {
            end = Math.max(end, slot.offset() + slot.type().physical().width());
        }
        return end;
    }

    private static int alignment(Type type) {
        return Math.max(1, Math.min(ALIGNMENT, type.physical().width()));
    }

    private static int align(int offset, int to) {
        return (offset + to - 1) / to * to;
    }
}
