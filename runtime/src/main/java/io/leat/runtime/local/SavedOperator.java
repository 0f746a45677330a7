package io.leat.runtime.local;

import io.leat.runtime.job.OperatorParts;
import io.leat.runtime.job.OperatorParts.Accumulator;
import io.leat.runtime.job.OperatorPlan;
import io.leat.runtime.state.SectionReader;
import io.leat.runtime.state.SectionWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An operator that keeps something, as a snapshot knows it.
 *
 * @param name of its sections, such as {@code aggregate-1}
 * @param phase in which it works, from 0
 * @param of names in the query that tell it from others of its kind: the table that it reads, or those that its rows go to
 * @param inputs the names of those that keep something from which rows come to it, the nearest ones
 * @param plan what it computes
 * @param keeps what it keeps, field by field; state is what it was if all are the same
 */
record SavedOperator(
        String name, int phase, List<String> of, List<String> inputs, OperatorPlan plan, Map<String, String> keeps) {
    SavedOperator {
        of = List.copyOf(of);
        inputs = List.copyOf(inputs);
        keeps = Collections.unmodifiableMap(new LinkedHashMap<>(keeps));
    }

    /** What it is: its name without the number. */
    String kind() {
        return name.substring(0, name.lastIndexOf('-'));
    }

    /** Whether it reads a table. */
    boolean isScan() {
        return kind().equals("scan");
    }

    /** Whether it gives rows to a table. */
    boolean isDelivery() {
        return kind().equals("deliver");
    }

    /** Whether it gives rows to a table, and keeps none of them. */
    boolean isOutputOnly() {
        return isDelivery() && keeps.size() == 1;
    }

    /** For people: {@code aggregate-1 (totals)}. */
    String title() {
        return of.isEmpty() ? name : name + " (" + String.join(", ", of) + ")";
    }

    void save(SectionWriter out) {
        out.putText(name);
        out.putInt(phase);
        save(of, out);
        save(inputs, out);
        out.putText(plan.print());
        out.putText(plan.own());
        save(plan.lines(), out);
        save(plan.calls(), out);
        out.putByte(plan.takesBack() ? 1 : 0);
        save(plan.parts(), out);
        save(keeps, out);
    }

    private static void save(OperatorParts parts, SectionWriter out) {
        out.putText(parts.computes());
        out.putText(parts.placed());
        save(parts.settings(), out);
        out.putInt(parts.accumulators().size());
        parts.accumulators().forEach(each -> {
            out.putText(each.print());
            out.putInt(each.width());
            out.putInt(each.texts());
        });
        save(parts.sets(), out);
    }

    /**
     * @param parts whether there are parts and inputs
     */
    static SavedOperator read(SectionReader in, boolean parts) {
        String name = in.getText();
        int phase = in.getInt();
        List<String> of = texts(in);
        List<String> inputs = parts ? texts(in) : List.of();
        OperatorPlan plan = new OperatorPlan(
                in.getText(),
                in.getText(),
                texts(in),
                texts(in),
                in.getByte() != 0,
                parts ? parts(in) : OperatorParts.UNKNOWN,
                "");
        return new SavedOperator(name, phase, of, inputs, plan, fields(in));
    }

    private static OperatorParts parts(SectionReader in) {
        String computes = in.getText();
        String placed = in.getText();
        Map<String, String> settings = fields(in);
        List<Accumulator> accumulators = new ArrayList<>();
        for (int left = in.getInt(); left > 0; left--) {
            accumulators.add(new Accumulator(in.getText(), in.getInt(), in.getInt()));
        }
        return new OperatorParts(computes, placed, settings, accumulators, texts(in));
    }

    private static void save(Map<String, String> fields, SectionWriter out) {
        save(List.copyOf(fields.keySet()), out);
        save(List.copyOf(fields.values()), out);
    }

    private static Map<String, String> fields(SectionReader in) {
        List<String> names = texts(in);
        List<String> values = texts(in);
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            fields.put(names.get(i), values.get(i));
        }
        return fields;
    }

    static void save(List<String> texts, SectionWriter out) {
        out.putInt(texts.size());
        texts.forEach(out::putText);
    }

    static List<String> texts(SectionReader in) {
        List<String> texts = new ArrayList<>();
        for (int left = in.getInt(); left > 0; left--) {
            texts.add(in.getText());
        }
        return texts;
    }
}
