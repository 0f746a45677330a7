package io.leat.compiler.bind;

import io.leat.grammar.source.ErrorCode;
import io.leat.runtime.connector.SourceTraits.End;
import io.leat.runtime.job.SinkSpec;
import java.util.List;

/** Results are printed one after another, so one that never ends has to be the last. */
final class PrintChecks {
    private final Problems problems;

    PrintChecks(Problems problems) {
        this.problems = problems;
    }

    void check(List<BoundStatement> statements) {
        List<BoundStatement> printed = statements.stream()
                .filter(statement -> statement.sink().kind() == SinkSpec.Kind.PRINT)
                .toList();
        for (int i = 0; i + 1 < printed.size(); i++) {
            BoundStatement statement = printed.get(i);
            if (statement.plan().traits().end() == End.UNBOUNDED) {
                problems.add(
                        ErrorCode.NEVER_ENDS,
                        statement.at(),
                        "the results after this one would never be shown: " + EndChecks.endless(statement.plan())
                                + " never ends",
                        "print it last, or write it to a table: INSERT INTO …");
            }
        }
    }
}
