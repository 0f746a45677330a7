package io.leat.compiler.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.leat.compiler.bind.BoundScript;
import io.leat.compiler.bind.BoundStatement;
import io.leat.compiler.corpus.Case.ExpectedRows;
import io.leat.compiler.oracle.Interpretation;
import io.leat.compiler.oracle.Interpreter;
import io.leat.compiler.oracle.Refusal;
import io.leat.grammar.source.Origin;
import io.leat.runtime.job.SinkSpec;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;

/** Compares what the interpreter answers with what a case expects. */
final class InterpreterCheck {
    private final Case of;
    private final CaseText text;
    private final List<BoundStatement> printed;
    private final CaseCheck check;

    private InterpreterCheck(Case of, CaseText text, BoundScript script) {
        this.of = of;
        this.text = text;
        this.printed = script.statements().stream()
                .filter(statement -> statement.sink().kind() == SinkSpec.Kind.PRINT)
                .toList();
        // Sines and logarithms may differ in the last digit.
        this.check = new CaseCheck(of, script.statements(), CaseCheck.OUTSIDE_TOLERANCE);
    }

    static void check(Case each, List<TableData> tables) {
        CaseText text = new CaseText(each, Variation.PLAIN);
        BoundScript script = CaseBinding.bind(text.source(), each.parameters());
        InterpreterCheck check = new InterpreterCheck(each, text, script);
        if (each.notInterpreted().isEmpty()) {
            check.check(new Interpreter(script, tables, TestEngine.NOW_MICROS).run());
            return;
        }
        try {
            check.check(new Interpreter(script, tables, TestEngine.NOW_MICROS).run());
        } catch (Refusal | AssertionError e) {
            return;
        }
        fail(each.name() + " says that the interpreter has no answer, and it has the right one");
    }

    private void check(Interpretation interpretation) {
        String place = interpretation.failure().map(this::position).orElse("(the job ends well)");
        String expectedPlace =
                of.fails().map(failure -> failure.split(" ", 2)[0]).orElse("(the job ends well)");
        assertEquals(expectedPlace, place, "where the job fails");
        if (interpretation.failure().isPresent()) {
            return;
        }
        List<ExpectedRows> expected = new ArrayList<>(of.results());
        expected.addAll(of.late().values());
        expected.addAll(of.rejected().values());
        assertEquals(expected.size(), interpretation.answers().size(), "number of results");
        int firstRejected = expected.size() - of.rejected().size();
        for (int i = 0; i < expected.size(); i++) {
            check(expected.get(i), i, interpretation.answers().get(i), i >= firstRejected);
        }
    }

    private String position(Origin at) {
        return text.positions(
                text.source().line(at.start()) + ":" + text.source().column(at.start()));
    }

    private void check(ExpectedRows expected, int number, Answer answer, boolean rejected) {
        boolean changes = printed.get(number).sink().changes();
        List<Type> types = new ArrayList<>(answer.types());
        if (changes) {
            types.add(0, Type.VARCHAR);
        }
        List<List<Object>> wanted = CaseCheck.values(expected, types);
        List<List<Object>> actual = answer.rows();
        if (changes) {
            wanted = Changes.summedUp(wanted);
        }
        if (rejected) {
            wanted = withoutLast(wanted);
            actual = withoutLast(actual);
        }
        List<String> differences = check.comparison(number).differences(wanted, actual, answer.types());
        if (!differences.isEmpty()) {
            fail(of.name() + ", interpreter, result " + (number + 1) + ":\n  " + String.join("\n  ", differences));
        }
    }

    /** Rejected rows without the reason, which the runtime words. */
    static List<List<Object>> withoutLast(List<List<Object>> rows) {
        return rows.stream().map(row -> row.subList(0, row.size() - 1)).toList();
    }
}
