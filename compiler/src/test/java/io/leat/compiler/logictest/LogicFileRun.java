package io.leat.compiler.logictest;

import io.leat.compiler.logictest.LogicQueries.RowsRejectedException;
import io.leat.compiler.logictest.LogicRecord.Query;
import io.leat.compiler.logictest.LogicRecord.Statement;
import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.QueryException;
import io.leat.runtime.pipeline.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;

/** Runs a file of logic tests: all its statements, and those of its queries that are chosen. */
final class LogicFileRun {
    /** What SQL itself gives no answer to; databases that do answer read columns of no group, or say NULL for a quotient. */
    private static final Set<ErrorCode> DEMANDED = Set.of(ErrorCode.NOT_GROUPED);

    private static final Set<String> DEMANDED_OF_ROWS = Set.of("DIVISION_BY_ZERO", "NUMERIC_OVERFLOW");

    private final String name;
    private final LogicTally tally;

    LogicFileRun(String name, LogicTally tally) {
        this.name = name;
        this.tally = tally;
    }

    /**
     * Runs it.
     *
     * @param chosen which queries, by their number from 0 on
     * @param isLast whether none of the rest of them will be chosen
     * @param isOver asked before each query
     * @return the number of the query to go on with; empty if the file is done
     */
    Optional<Integer> run(IntPredicate chosen, IntPredicate isLast, BooleanSupplier isOver) {
        LogicTables tables = new LogicTables();
        int number = 0;
        try (LogicFile file = LogicFile.open(name);
                LogicQueries queries = new LogicQueries(tables)) {
            for (Optional<LogicRecord> next = file.next(); next.isPresent(); next = file.next()) {
                if (next.get() instanceof Query query) {
                    if (chosen.test(number)) {
                        if (isOver.getAsBoolean()) {
                            return Optional.of(number);
                        }
                        ask(query, queries);
                    }
                    if (isLast.test(number)) {
                        return Optional.empty();
                    }
                    number++;
                } else if (!execute((Statement) next.get(), tables, queries)) {
                    return Optional.empty();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.empty();
    }

    /** Carries out a statement; after one that cannot be, the tables of the file are not what it takes them for. */
    private boolean execute(Statement statement, LogicTables tables, LogicQueries queries) {
        if (!statement.succeeds()) {
            return true;
        }
        try {
            if (tables.execute(statement.sql(), queries::rows)) {
                return true;
            }
            tally.leftOut(statement.sql());
        } catch (RuntimeException | AssertionError e) {
            tally.failed(place(statement) + e);
        }
        return false;
    }

    private void ask(Query query, LogicQueries queries) {
        try {
            List<List<Object>> rows = queries.rows(query.sql());
            if (LogicAnswer.isExpected(query, rows)) {
                tally.right();
            } else {
                tally.failed(place(query) + "expected " + query.expected() + ", got "
                        + LogicAnswer.hashed(LogicAnswer.values(query, rows)) + ": "
                        + LogicAnswer.values(query, rows));
            }
        } catch (QueryException e) {
            Diagnostic problem = e.diagnostics().get(0);
            if (DEMANDED.contains(problem.code())) {
                tally.demanded(problem.code().title());
            } else {
                tally.refused(problem.code().code() + " " + problem.message().replaceAll("'.*'", "'…'"));
            }
        } catch (RowsRejectedException e) {
            rejected(query, e.reason());
        } catch (DataException e) {
            rejected(query, e.reason().toString());
        } catch (RuntimeException | AssertionError e) {
            tally.failed(place(query) + e);
        }
    }

    private void rejected(Query query, String why) {
        DEMANDED_OF_ROWS.stream()
                .filter(why::contains)
                .findFirst()
                .ifPresentOrElse(tally::demanded, () -> tally.failed(place(query) + "a row was rejected: " + why));
    }

    private String place(LogicRecord record) {
        return name + ":" + record.line() + "\n" + record.sql() + "\n";
    }
}
