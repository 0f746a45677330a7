package io.leat.compiler.bind;

import io.leat.compiler.catalog.Catalog;
import java.time.ZoneId;
import java.util.Map;

/**
 * What a statement is bound with.
 *
 * @param statement its rank among the statements of the file
 * @param parameters values for {@code :name} and <code>${name}</code>
 * @param untilNow whether unbounded sources are read only up to what exists at the start
 */
record Context(
        Catalog catalog,
        Problems problems,
        ZoneId zone,
        int statement,
        Map<String, String> parameters,
        boolean untilNow) {

    Context with(Catalog other) {
        return new Context(other, problems, zone, statement, parameters, untilNow);
    }
}
