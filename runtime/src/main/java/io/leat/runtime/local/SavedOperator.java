package io.leat.runtime.local;

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
 * @param plan what it computes
 * @param keeps what it keeps, field by field; state is what it was if all are the same
 */
record SavedOperator(String name, int phase, List<String> of, OperatorPlan plan, Map<String, String> keeps) {
    SavedOperator {
        of = List.copyOf(of);
        keeps = Collections.unmodifiableMap(new LinkedHashMap<>(keeps));
    }

    /** What it is: its name without the number. */
    String kind() {
        return name.substring(0, name.lastIndexOf('-'));
    }

    /** For people: {@code aggregate-1 (totals)}. */
    String title() {
        return of.isEmpty() ? name : name + " (" + String.join(", ", of) + ")";
    }

    void save(SectionWriter out) {
        out.putText(name);
        out.putInt(phase);
        save(of, out);
        out.putText(plan.print());
        out.putText(plan.own());
        save(plan.lines(), out);
        save(plan.calls(), out);
        out.putByte(plan.takesBack() ? 1 : 0);
        save(List.copyOf(keeps.keySet()), out);
        save(List.copyOf(keeps.values()), out);
    }

    static SavedOperator read(SectionReader in) {
        String name = in.getText();
        int phase = in.getInt();
        List<String> of = texts(in);
        OperatorPlan plan = new OperatorPlan(in.getText(), in.getText(), texts(in), texts(in), in.getByte() != 0);
        List<String> fields = texts(in);
        List<String> values = texts(in);
        Map<String, String> keeps = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            keeps.put(fields.get(i), values.get(i));
        }
        return new SavedOperator(name, phase, of, plan, keeps);
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
