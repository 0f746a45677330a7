package io.leat.compiler.corpus;

import io.leat.runtime.local.JobReport;
import java.util.List;
import java.util.Optional;

/**
 * What came of running a case once.
 *
 * @param answers of the printed queries, in order
 * @param failure why the job failed, after {@code line:column}; empty for one that ended well
 * @param report what the job counted; empty if it failed, or if nobody counted
 */
public record Outcome(List<Answer> answers, Optional<String> failure, Optional<JobReport> report) {
    public Outcome {
        answers = List.copyOf(answers);
    }
}
