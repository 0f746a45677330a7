package io.leat.compiler.corpus;

import io.leat.compiler.oracle.Interpretation;
import io.leat.compiler.oracle.Interpretation.Counts;
import io.leat.runtime.local.JobReport;
import io.leat.runtime.local.RowCounts;
import java.util.Optional;

/** Compares what a job says has become of the rows of its sources with what the interpreter says. */
final class CountsComparison {
    private CountsComparison() {}

    /**
     * The first source that differs; empty if none does.
     *
     * @param joinedBySize whether sizes decided which table's rows look others up: of these, those without a partner are filtered, and of a
     *     table that is looked up none
     */
    static Optional<String> difference(Interpretation expected, JobReport report, boolean joinedBySize) {
        for (JobReport.SourceReport source : report.sources()) {
            RowCounts counts = source.counts();
            Counts wanted = expected.counts().get(source.table());
            Counts actual = new Counts(counts.rejected(), counts.late(), counts.onTime(), counts.filtered());
            boolean same = wanted == null
                    || actual.equals(wanted)
                    || joinedBySize
                            && actual.rejected() == wanted.rejected()
                            && actual.late() == wanted.late()
                            && actual.onTime() + actual.filtered() == wanted.onTime() + wanted.filtered();
            if (!same) {
                return Optional.of("counts of " + source.table() + ": expected " + wanted + ", but was " + actual);
            }
        }
        return Optional.empty();
    }
}
