package io.leat.compiler.corpus;

import io.leat.compiler.oracle.Interpretation;
import io.leat.compiler.oracle.Interpretation.Counts;
import io.leat.runtime.local.JobReport;
import io.leat.runtime.local.RowCounts;
import java.util.Optional;

/** Compares what a job says has become of the rows of its sources with what the interpreter says. */
final class CountsComparison {
    private CountsComparison() {}

    /** The first source that differs; empty if none does. */
    static Optional<String> difference(Interpretation expected, JobReport report) {
        for (JobReport.SourceReport source : report.sources()) {
            RowCounts counts = source.counts();
            Counts wanted = expected.counts().get(source.table());
            Counts actual = new Counts(counts.rejected(), counts.late(), counts.onTime(), counts.filtered());
            if (wanted != null && !actual.equals(wanted)) {
                return Optional.of("counts of " + source.table() + ": expected " + wanted + ", but was " + actual);
            }
        }
        return Optional.empty();
    }
}
