package io.leat.compiler.oracle;

import io.leat.compiler.corpus.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the interpreter says of a script.
 *
 * @param answers of the printed queries, in order
 * @param failure where in the text the job fails; empty if it does not
 * @param counts what becomes of the records of each source, by name of the table
 */
public record Interpretation(
        List<Answer> answers, Optional<io.leat.grammar.source.Origin> failure, Map<String, Counts> counts) {
    public Interpretation {
        answers = List.copyOf(answers);
        counts = Map.copyOf(counts);
    }

    /** How many records of a source there are of each kind; each record is of the first that applies. */
    public record Counts(long rejected, long late, long onTime, long filtered) {}
}
