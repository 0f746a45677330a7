package io.leat.runtime.local;

import io.leat.runtime.decode.UnknownFields;
import io.leat.runtime.state.SectionReader;
import io.leat.runtime.state.SectionWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What turned up in a source beside its rows: the first rejected ones, names that no column has, records that were gone. Safe from any
 * thread.
 */
final class Findings {
    private final RejectSamples samples = new RejectSamples();
    private final ExpiredRecords expired = new ExpiredRecords();
    private final List<UnknownFields> counting = new ArrayList<>();
    private UnknownFields.Counts before = UnknownFields.Counts.NONE;

    RejectSamples samples() {
        return samples;
    }

    ExpiredRecords expired() {
        return expired;
    }

    /** Where one more thread counts names that no column has. */
    synchronized UnknownFields newUnknownFields() {
        UnknownFields fields = new UnknownFields();
        counting.add(fields);
        return fields;
    }

    /** Names that no column has, of all threads and starts. */
    synchronized UnknownFields.Counts unknownFields() {
        UnknownFields.Counts all = before;
        for (UnknownFields each : counting) {
            all = all.and(each.counted());
        }
        return all;
    }

    void save(SectionWriter out) {
        UnknownFields.Counts fields = unknownFields();
        out.putInt(fields.byName().size());
        fields.byName().forEach((name, count) -> {
            out.putText(name);
            out.putLong(count);
        });
        out.putLong(fields.others());
        expired.save(out);
    }

    /** Adds what was saved. */
    synchronized void restore(SectionReader in) {
        Map<String, Long> byName = new TreeMap<>();
        for (int left = in.getInt(); left > 0; left--) {
            byName.put(in.getText(), in.getLong());
        }
        before = before.and(new UnknownFields.Counts(byName, in.getLong()));
        expired.restore(in);
    }
}
