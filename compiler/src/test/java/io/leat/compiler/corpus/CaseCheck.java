package io.leat.compiler.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.leat.compiler.bind.BoundStatement;
import io.leat.compiler.corpus.Case.ExpectedRows;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Aggregate;
import io.leat.runtime.job.SinkSpec;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares what came of a run with what the case expects. */
final class CaseCheck {
    /** Sums of floating point depend on the order of rows, which differs between layouts. */
    private static final double SUM_TOLERANCE = 1e-12;

    /** Others add in another order, and round roots and powers otherwise. */
    static final double OUTSIDE_TOLERANCE = 1e-9;

    private final Case of;
    private final double leastTolerance;
    private final List<LogicalPlan> printed;
    private final List<Boolean> changing;

    /**
     * @param statements as bound
     */
    CaseCheck(Case of, List<BoundStatement> statements) {
        this(of, statements, 0);
    }

    /**
     * @param leastTolerance how far numbers of floating point may differ in any case
     */
    CaseCheck(Case of, List<BoundStatement> statements, double leastTolerance) {
        this.of = of;
        this.leastTolerance = leastTolerance;
        List<BoundStatement> shown = statements.stream()
                .filter(statement -> statement.sink().kind() == SinkSpec.Kind.PRINT)
                .toList();
        this.printed = shown.stream().map(BoundStatement::plan).toList();
        this.changing =
                shown.stream().map(statement -> statement.sink().changes()).toList();
    }

    /** How the rows of a printed query are compared. */
    RowComparison comparison(int answer) {
        LogicalPlan plan = printed.get(answer);
        double tolerance = Math.max(sumsFloats(plan) ? SUM_TOLERANCE : 0, leastTolerance);
        return new RowComparison(tolerance, isOrdered(plan));
    }

    /** The columns of each printed query. */
    List<List<Field>> printedColumns() {
        return printed.stream().map(LogicalPlan::output).toList();
    }

    private static boolean isOrdered(LogicalPlan plan) {
        if (plan instanceof LogicalPlan.Limit || plan instanceof LogicalPlan.Project) {
            return isOrdered(plan.inputs().get(0));
        }
        return plan instanceof LogicalPlan.Sort;
    }

    private static boolean sumsFloats(LogicalPlan plan) {
        boolean here = plan instanceof Aggregate aggregate
                && aggregate.calls().stream().anyMatch(call -> call.function().orderSensitive());
        return here || plan.inputs().stream().anyMatch(CaseCheck::sumsFloats);
    }

    /**
     * @param who whose outcome it is
     * @param variation what it was made with
     */
    void check(Outcome outcome, String who, Variation variation) {
        checkFailure(outcome, who);
        if (outcome.failure().isPresent()) {
            return;
        }
        List<ExpectedRows> expected = new ArrayList<>(of.results());
        if (variation.sideTables()) {
            expected.addAll(of.late().values());
            expected.addAll(of.rejected().values());
        }
        assertEquals(expected.size(), outcome.answers().size(), who + ": number of results");
        int firstRejected = expected.size() - of.rejected().size();
        for (int i = 0; i < expected.size(); i++) {
            boolean reasons = variation.sideTables() && i >= firstRejected;
            Answer answer = outcome.answers().get(i);
            if (i < changing.size() && changing.get(i) && isSummedUp(printed.get(i), variation)) {
                checkSum(expected.get(i), i, answer, who);
            } else {
                check(expected.get(i), i, answer, who, reasons);
            }
        }
    }

    private void checkFailure(Outcome outcome, String who) {
        String expected = of.fails().orElse("(the job ends well)");
        String actual = outcome.failure().orElse("(the job ends well)");
        if (!actual.startsWith(expected)) {
            assertEquals(expected, actual, who + ": the failure");
        }
    }

    private void check(ExpectedRows expected, int number, Answer answer, String who, boolean reasons) {
        expected.columns().ifPresent(columns -> assertEquals(columns, answer.columns(), who + ": columns"));
        List<List<Object>> rows = values(expected, answer.types());
        List<List<Object>> actual = reasons ? shortened(rows, answer.rows()) : answer.rows();
        List<String> differences = comparison(number).differences(rows, actual, answer.types());
        if (!differences.isEmpty()) {
            fail(of.name() + ", " + who + ", result " + (number + 1) + ":\n  " + String.join("\n  ", differences));
        }
    }

    /** Whether only the sum of changes is known: which come between depends on which worker is faster. */
    private static boolean isSummedUp(LogicalPlan plan, Variation variation) {
        return variation.told() || variation.parallelism() > 1 && updatingNodes(plan) > 1;
    }

    private static long updatingNodes(LogicalPlan plan) {
        long here = plan instanceof Aggregate ? 1 : 0;
        return here + plan.inputs().stream().mapToLong(CaseCheck::updatingNodes).sum();
    }

    /** Compares what is left when all changes have happened. The expected rows may be the result or changes, too. */
    private void checkSum(ExpectedRows expected, int number, Answer answer, String who) {
        List<Type> types = answer.types().subList(1, answer.types().size());
        boolean told = expected.columns()
                .map(columns -> columns.startsWith("op VARCHAR, "))
                .orElse(false);
        List<List<Object>> wanted = told ? Changes.summedUp(values(expected, answer.types())) : values(expected, types);
        List<List<Object>> left = Changes.summedUp(answer.rows());
        List<String> differences = comparison(number).differences(wanted, left, types);
        if (!differences.isEmpty()) {
            fail(of.name() + ", " + who + ", result " + (number + 1) + ":\n  " + String.join("\n  ", differences)
                    + "\ntold:\n  " + String.join("\n  ", answer.lines()));
        }
    }

    static List<List<Object>> values(ExpectedRows expected, List<Type> types) {
        List<List<Object>> rows = new ArrayList<>();
        for (List<Cell> cells : expected.rows()) {
            if (cells.size() != types.size()) {
                throw new IllegalArgumentException("an expected row has " + cells.size() + " cells, and the result "
                        + types.size() + ": " + cells);
            }
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < cells.size(); i++) {
                values.add(CellText.parse(cells.get(i), types.get(i)));
            }
            rows.add(values);
        }
        return rows;
    }

    /** Rows whose last value is cut to the expected beginning that it has, if any. */
    private static List<List<Object>> shortened(List<List<Object>> expected, List<List<Object>> actual) {
        List<List<Object>> rows = new ArrayList<>();
        for (List<Object> row : actual) {
            List<Object> copy = new ArrayList<>(row);
            int last = row.size() - 1;
            expected.stream()
                    .map(each -> (String) each.get(last))
                    .filter(beginning -> ((String) row.get(last)).startsWith(beginning))
                    .findFirst()
                    .ifPresent(beginning -> copy.set(last, beginning));
            rows.add(copy);
        }
        return rows;
    }

    /** That two outcomes are the same. */
    void checkSame(Outcome expected, Outcome actual, String who) {
        assertEquals(expected.failure(), actual.failure(), who + ": the failure");
        assertEquals(expected.answers().size(), actual.answers().size(), who + ": number of results");
        for (int i = 0; i < expected.answers().size(); i++) {
            Answer wanted = expected.answers().get(i);
            Answer given = actual.answers().get(i);
            assertEquals(wanted.columns(), given.columns(), who + ": columns");
            List<String> differences = comparison(i).differences(wanted.rows(), given.rows(), wanted.types());
            if (!differences.isEmpty()) {
                fail(of.name() + ", " + who + ", result " + (i + 1) + ":\n  " + String.join("\n  ", differences));
            }
        }
    }

    /** That state is free when all input has ended. */
    void checkFreed(Outcome outcome, String who) {
        if (printed.stream().noneMatch(CaseCheck::stopsEarly)) {
            outcome.report()
                    .ifPresent(report -> assertEquals(
                            0, report.openWindows().entries(), who + ": entries that operators still keep"));
        }
    }

    /** That every record is in one count, and refused rows in the right one. */
    void checkCounts(Outcome outcome, List<TableData> tables, String who) {
        outcome.report()
                .ifPresent(report -> report.sources().forEach(source -> {
                    long records = tables.stream()
                            .filter(table -> table.table().name().equals(source.table()))
                            .mapToLong(TableData::records)
                            .findFirst()
                            .orElse(-1);
                    if (records >= 0 && printed.stream().noneMatch(CaseCheck::stopsEarly)) {
                        assertEquals(records, source.counts().read(), who + ": rows read of " + source.table());
                        checkCount(of.late(), source.table(), source.counts().late(), who + ": late rows of ");
                        checkCount(
                                of.rejected(), source.table(), source.counts().rejected(), who + ": rejected rows of ");
                    }
                }));
    }

    private static void checkCount(Map<String, ExpectedRows> expected, String table, long count, String what) {
        long rows = expected.containsKey(table) ? expected.get(table).rows().size() : 0;
        assertEquals(rows, count, what + table);
    }

    /** Whether reading may end before the last row. */
    private static boolean stopsEarly(LogicalPlan plan) {
        boolean here = plan instanceof LogicalPlan.Limit limit && !(limit.input() instanceof LogicalPlan.Sort);
        return here || plan.inputs().stream().anyMatch(CaseCheck::stopsEarly);
    }
}
