package io.leat.compiler.bind;

import io.leat.runtime.job.JobSettings;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A query file with all names resolved.
 *
 * @param statements those that move rows, in file order; the place in the list is the rank of the statement
 * @param explained what each statement that only asks for an explanation is about, by its rank; the statement of that rank is the
 *     answer, still without rows
 * @param parallelism as the file sets it
 */
public record BoundScript(
        List<BoundStatement> statements,
        Map<Integer, Explained> explained,
        ZoneId zone,
        OptionalInt parallelism,
        JobSettings settings) {
    public BoundScript {
        statements = List.copyOf(statements);
        explained = Map.copyOf(explained);
    }
}
