package io.leat.compiler.explain;

import io.leat.compiler.physical.Bound;
import io.leat.compiler.physical.HashAggregation;
import io.leat.compiler.physical.PhysicalOperator.EmitGroups;
import io.leat.compiler.physical.PhysicalOperator.GroupSessions;
import io.leat.runtime.state.TableLayout;
import io.leat.runtime.state.TableLayout.AccumulatorSlot;
import io.leat.runtime.state.TableLayout.ColumnSlot;
import io.leat.runtime.window.Closing;
import java.util.List;

/** What groups keep. */
final class GroupStateText {
    private final StateText state;
    private final Lines out;

    GroupStateText(StateText state, Lines out) {
        this.state = state;
        this.out = out;
    }

    void write(EmitGroups emit) {
        HashAggregation aggregation = emit.aggregation();
        out.add(0, aggregation.id() + " groups: one entry per group" + scope(aggregation));
        out.add(1, freed(emit));
        layout(aggregation.layout(), out);
        for (int i = 0; i < aggregation.valueCounts(); i++) {
            out.add(1, "counts of values " + (i + 1) + ": one entry per group and value that is there");
            out.add(2, "entry of the group's key and the value, and 8 bytes for how often it is there");
        }
        for (int i = 0; i < aggregation.sets().size(); i++) {
            out.add(1, "distinct values " + (i + 1) + ": one entry per group and value");
            layout(aggregation.sets().get(i).layout(), out);
        }
    }

    /** Sessions of which no rows are kept. */
    void write(GroupSessions sessions) {
        TableLayout layout = sessions.aggregation().layout();
        out.add(0, sessions.id() + " sessions: one entry per group and session that is not over");
        out.add(1, StateText.freed(sessions.gap()));
        out.add(1, "entry of the group's key, 16 bytes for its first and last time, and accumulators");
        for (AccumulatorSlot slot : layout.accumulators()) {
            out.add(2, accumulator(slot));
        }
        out.add(
                1,
                "timer of 8 bytes and the key, one for each session and one more for each that another was merged with");
    }

    private static String scope(HashAggregation aggregation) {
        if (aggregation.closing() instanceof Closing.AtEnd) {
            return "";
        }
        return aggregation.closing() instanceof Closing.BySlice bySlice
                        && !bySlice.windowing().isTumbling()
                ? " and slice of " + Durations.text(bySlice.windowing().sliceWidth())
                : " and window";
    }

    private String freed(EmitGroups emit) {
        Closing closing = emit.aggregation().closing();
        if (closing instanceof Closing.AtEnd) {
            boolean endless = emit.bound() == Bound.NOTHING;
            return endless && isOneGroup(emit.aggregation())
                    ? "bounded: there is one group"
                    : state.freed(
                            emit.bound(), "", emit.at(), "group by a window, or let the rows EXPIRE AFTER a time");
        }
        return closing instanceof Closing.BySlice bySlice
                ? "freed when the watermark passes the end of its last window, "
                        + Durations.text(bySlice.windowing().size()) + " after it begins"
                : "freed when the watermark passes the end of its window";
    }

    private static boolean isOneGroup(HashAggregation aggregation) {
        return aggregation.keyTypes().isEmpty() && aggregation.sets().isEmpty() && !aggregation.weighted();
    }

    static void layout(TableLayout layout, Lines out) {
        out.add(1, "entry of " + layout.width() + " bytes");
        columns("key", layout.keys(), out);
        columns("column", layout.columns(), out);
        for (AccumulatorSlot slot : layout.accumulators()) {
            out.add(2, "at " + slot.offset() + " " + accumulator(slot));
        }
    }

    private static String accumulator(AccumulatorSlot slot) {
        return "accumulator " + slot.name() + ", " + slot.width() + " bytes"
                + (slot.bytesAt().isEmpty() ? "" : " and what it keeps");
    }

    private static void columns(String kind, List<ColumnSlot> slots, Lines out) {
        for (ColumnSlot slot : slots) {
            String nullable = slot.nullBit() < 0 ? "" : ", NULL at bit " + slot.nullBit();
            out.add(
                    2,
                    "at " + slot.offset() + " " + kind + " " + slot.name() + " "
                            + slot.type().sql() + nullable);
        }
    }
}
