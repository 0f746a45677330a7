package io.leat.compiler.bind;

import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.source.Suggestion;
import io.leat.grammar.tree.Identifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects what is wrong with a file while binding goes on. */
final class Problems {
    private static final int MAX_NAMES = 12;

    /** The limit named <em>tables</em>: a view that names a view twice, and so on, would otherwise grow without bound. */
    private static final int MAX_TABLES = 1_000;

    private final List<Diagnostic> found = new ArrayList<>();
    private final Set<String> broken = new HashSet<>();
    private final List<Expiry> expiries = new ArrayList<>();
    private int errors;
    private int tables;

    /** Unwinds to the statement: what follows could not be bound in a sensible way. Its diagnostic is already collected. */
    static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Abandoned() {
            super(null, null, false, false);
        }
    }

    void add(Diagnostic problem) {
        if (problem.severity() == Diagnostic.Severity.ERROR) {
            errors++;
        }
        // One mistake in a view is met again wherever the view is used.
        boolean known = found.stream()
                .anyMatch(each -> each.code() == problem.code()
                        && each.message().equals(problem.message())
                        && each.at().start() == problem.at().start());
        if (!known) {
            found.add(problem);
        }
    }

    void add(ErrorCode code, Origin at, String message) {
        add(new Diagnostic(code, message, at));
    }

    void add(ErrorCode code, Origin at, String message, String help) {
        add(new Diagnostic(code, message, at).withHelp(help));
    }

    /** What somebody meant who wrote an unknown name, and which names there are. */
    static String meant(String written, Collection<String> known, String thereAre) {
        String nearest = Suggestion.nearest(written, known)
                .map(name -> "did you mean '" + name + "'? ")
                .orElse("");
        String more = known.size() > MAX_NAMES ? ", …" : "";
        return nearest + thereAre + " " + known.stream().limit(MAX_NAMES).collect(Collectors.joining(", ")) + more;
    }

    /** Notes a problem that the statement cannot be bound with. */
    Abandoned abandon(ErrorCode code, Origin at, String message) {
        add(code, at, message);
        return new Abandoned();
    }

    Abandoned abandon(ErrorCode code, Origin at, String message, String help) {
        add(code, at, message, help);
        return new Abandoned();
    }

    /** Notes that a relation could not be declared, so that whatever names it does not add to the trouble. */
    void addBroken(String name) {
        broken.add(Identifier.key(name));
    }

    boolean isBroken(String name) {
        return broken.contains(Identifier.key(name));
    }

    /** Begins to count the tables that a statement reads. */
    void beginStatement() {
        tables = 0;
        expiries.clear();
    }

    /** Notes that rows of the statement expire, which something in it has to go by. */
    void addExpiry(Expiry expiry) {
        expiries.add(expiry);
    }

    /** Notes what the statement says without effect. */
    void endStatement() {
        for (Expiry expiry : expiries) {
            if (!expiry.isUsed()) {
                add(
                        ErrorCode.MISPLACED_CLAUSE,
                        expiry.at(),
                        "nothing in this query keeps these rows until they expire",
                        "write EXPIRE AFTER behind what the same query joins, groups, tells apart or numbers, such as "
                                + "FROM (SELECT …) EXPIRE AFTER … GROUP BY k");
            }
        }
    }

    /** Counts one more table or view that the statement names. */
    void countTable(Origin at) {
        if (++tables > MAX_TABLES) {
            throw abandon(
                    ErrorCode.TOO_LARGE,
                    at,
                    "this statement reads more tables and views than the limit 'tables' of " + MAX_TABLES
                            + ", counting those that its views read",
                    "keep a result that is used often in a table: CREATE TABLE t AS SELECT …");
        }
    }

    /**
     * How often errors were met so far, the same one also more than once. Who compares it with later knows whether something went wrong
     * in between.
     */
    int errors() {
        return errors;
    }

    List<Diagnostic> all() {
        return List.copyOf(found);
    }
}
