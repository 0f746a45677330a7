package io.leat.grammar.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.grammar.source.QueryException;
import io.leat.grammar.source.SourceText;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Node;
import io.leat.grammar.tree.PipeOperator;
import io.leat.grammar.tree.Query;
import io.leat.grammar.tree.RandomTrees;
import io.leat.grammar.tree.Relation;
import io.leat.grammar.tree.Script;
import io.leat.grammar.tree.Statement;
import io.leat.grammar.tree.TreePrinter;
import io.leat.grammar.tree.TreeWalk;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A tree that is printed and read again is equal; and every part of it knows its place. */
class RoundTripTest {
    private static final int STATEMENTS = 1_500;

    @Test
    void randomStatementsSurvivePrinting() {
        long seed = Long.getLong("seed", 1);
        System.out.println("RoundTripTest: -Dseed=" + seed);
        Set<Class<?>> kinds = new HashSet<>();
        RandomTrees trees = new RandomTrees(seed);
        for (int number = 0; number < STATEMENTS; number++) {
            Statement statement = trees.statement();
            String text = TreePrinter.print(statement);
            try {
                Script again = Parser.parse(new SourceText("printed.sql", text));
                assertEquals(List.of(statement), again.statements(), () -> "seed " + seed + ": " + text);
                assertPlaces(again, text);
            } catch (QueryException failure) {
                throw new AssertionError("seed " + seed + ": " + text, failure);
            }
            TreeWalk.walk(statement, null, (node, above) -> kinds.add(node.getClass()));
        }
        Set<String> missing = new TreeSet<>();
        addMissing(Statement.class, kinds, missing);
        addMissing(Statement.TableElement.class, kinds, missing);
        addMissing(Statement.PropertyValue.class, kinds, missing);
        addMissing(Query.class, kinds, missing);
        addMissing(PipeOperator.class, kinds, missing);
        addMissing(Relation.class, kinds, missing);
        addMissing(Relation.ArgumentValue.class, kinds, missing);
        addMissing(Expression.class, kinds, missing);
        assertEquals(Set.of(), missing, "kinds of node that no random statement had");
    }

    private static void addMissing(Class<?> family, Set<Class<?>> kinds, Set<String> missing) {
        for (Class<?> kind : family.getPermittedSubclasses()) {
            if (!kinds.contains(kind)) {
                missing.add(kind.getName());
            }
        }
    }

    @Test
    void everyPartOfAWrittenStatementKnowsItsPlace() {
        for (String input : CaseFile.inputs("trees")) {
            assertPlaces(Parser.parse(new SourceText("case.sql", input)), input);
        }
    }

    /** No place is empty, and none lies outside that of the node above. */
    private static void assertPlaces(Script script, String text) {
        TreeWalk.walk(script, null, (part, above) -> {
            if (part instanceof Node node) {
                assertTrue(node.at().start() < node.at().end(), () -> node + " in " + text);
                assertTrue(node.at().end() <= text.length(), () -> node + " in " + text);
                if (above != null) {
                    assertTrue(
                            above.at().start() <= node.at().start()
                                    && node.at().end() <= above.at().end(),
                            () -> node + " in "
                                    + text.substring(
                                            above.at().start(), above.at().end()) + " in " + text);
                }
            }
        });
    }
}
