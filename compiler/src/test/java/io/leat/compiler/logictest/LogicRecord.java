package io.leat.compiler.logictest;

import java.util.List;

/** A piece of a file of logic tests: what to do, and what must come of it. */
sealed interface LogicRecord {
    /** Where its text begins, counted from 1. */
    int line();

    String sql();

    /**
     * A statement that is carried out for what it does to tables.
     *
     * @param succeeds false if a database must refuse it
     */
    record Statement(int line, String sql, boolean succeeds) implements LogicRecord {}

    /**
     * A question.
     *
     * @param types a letter for each column: I for whole numbers, R for numbers with a fraction, T for texts
     * @param expected the values, one a line, or the one line that says how many there are and what they hash to
     */
    record Query(int line, String sql, String types, Order order, List<String> expected) implements LogicRecord {
        public Query {
            expected = List.copyOf(expected);
        }
    }

    /** What is done to the values of an answer before they are compared. */
    enum Order {
        NOSORT,
        ROWSORT,
        VALUESORT
    }
}
