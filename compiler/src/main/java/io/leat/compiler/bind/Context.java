package io.leat.compiler.bind;

import io.leat.compiler.catalog.Catalog;
import io.leat.grammar.tree.Query;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * What a statement is bound with.
 *
 * @param statement its rank among the statements of the file
 * @param parameters values for {@code :name} and <code>${name}</code>
 * @param streamEnd where sources end whose rows come one after another
 * @param lookout what is seen of files
 * @param scan how tables are read that can be read either way and do not say how
 * @param incoming what a branch of a fork begins with; empty outside of forks
 * @param outside the query around this one, whose columns it may speak of; empty if it is no subquery
 */
record Context(
        Catalog catalog,
        Problems problems,
        ZoneId zone,
        int statement,
        Map<String, String> parameters,
        StreamEnd streamEnd,
        Lookout lookout,
        ScanDefault scan,
        Optional<Incoming> incoming,
        Optional<Scope> outside) {

    /**
     * The rows of a fork.
     *
     * @param scope what was declared before it
     * @param around the rows of the fork that this one is in a branch of
     */
    record Incoming(Query query, Catalog scope, Optional<Incoming> around) {}

    Context with(Catalog other) {
        return new Context(other, problems, zone, statement, parameters, streamEnd, lookout, scan, incoming, outside);
    }

    /** For a view, which means the same wherever it is named. */
    Context ofView(Catalog scope) {
        return new Context(
                scope, problems, zone, statement, parameters, streamEnd, lookout, scan, incoming, Optional.empty());
    }

    /** For a subquery of a query over these rows. */
    Context inside(Scope scope) {
        return new Context(
                catalog, problems, zone, statement, parameters, streamEnd, lookout, scan, incoming, Optional.of(scope));
    }

    /** For the rows of a fork, which are those of a query in front of it. */
    Context inFrontOf(Incoming fork) {
        return new Context(
                fork.scope(),
                problems,
                zone,
                statement,
                parameters,
                streamEnd,
                lookout,
                scan,
                fork.around(),
                Optional.empty());
    }
}
