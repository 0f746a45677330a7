package io.leat.runtime.local;

import io.leat.runtime.state.SectionReader;
import io.leat.runtime.state.SectionWriter;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntUnaryOperator;

/** The findings of all sources of a job, by their numbers. Asked for by workers and by whoever wants to know how the job is doing. */
final class SourceFindings {
    /** The part of a snapshot that has them; none of earlier versions. */
    private static final String PART = "findings";

    private final Map<Integer, Findings> sources = new ConcurrentHashMap<>();

    Findings of(int source) {
        return sources.computeIfAbsent(source, key -> new Findings());
    }

    void saveSamples(SectionWriter out) {
        out.putInt(sources.size());
        sources.forEach((source, each) -> {
            List<String> all = each.samples().all();
            out.putInt(source);
            out.putInt(all.size());
            all.forEach(out::putText);
        });
    }

    /**
     * @param numbers of now for those of the snapshot; negative for sources that are gone
     */
    void restoreSamples(SectionReader in, IntUnaryOperator numbers) {
        for (int left = in.getInt(); left > 0; left--) {
            Findings found = found(numbers.applyAsInt(in.getInt()));
            List<String> all = new ArrayList<>();
            for (int texts = in.getInt(); texts > 0; texts--) {
                all.add(in.getText());
            }
            found.samples().restore(all);
        }
    }

    private Findings found(int source) {
        return source < 0 ? new Findings() : of(source);
    }

    void save(StateWriter out) {
        SectionWriter whole = out.of(PART).whole();
        sources.forEach((source, each) -> {
            whole.entry();
            whole.putInt(source);
            each.save(whole);
        });
    }

    /**
     * @param numbers of now for those of the snapshot; negative for sources that are gone
     */
    void restore(StateReader in, IntUnaryOperator numbers) {
        in.of(PART).whole(whole -> {
            while (whole.next()) {
                found(numbers.applyAsInt(whole.getInt())).restore(whole);
            }
        });
    }
}
