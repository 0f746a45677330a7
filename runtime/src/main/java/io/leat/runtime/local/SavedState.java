package io.leat.runtime.local;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of a state it takes to say what becomes of it.
 *
 * @param query what it was made with
 * @param rowsRead of each table, by its name
 * @param last whether the job has come to its end
 */
record SavedState(SavedQuery query, Map<String, Long> rowsRead, boolean last) {
    SavedState {
        rowsRead = Collections.unmodifiableMap(new TreeMap<>(rowsRead));
    }

    static SavedState of(Snapshot snapshot, boolean last) {
        SavedQuery query = snapshot.header().query();
        Map<String, Long> rows = new TreeMap<>();
        snapshot.sections().stream()
                .filter(section -> section.name().equals(JobRun.WHOLE))
                .map(section -> WholeJob.readSources(section.read()))
                .forEach(counts -> counts.forEach(
                        (source, count) -> rows.put(query.sources().get(source), count.read())));
        return new SavedState(query, rows, last);
    }

    /** Of a query of which nothing has run. */
    static SavedState of(SavedQuery query) {
        return new SavedState(query, Map.of(), false);
    }
}
