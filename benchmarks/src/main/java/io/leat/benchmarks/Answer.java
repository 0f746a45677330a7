package io.leat.benchmarks;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.Column;
import io.leat.runtime.type.Physical;
import java.util.TreeMap;

/** An answer to compare: numbers by what they are of. Numbers are exact in a {@code double}; those of the same thing add up. */
final class Answer {
    private final TreeMap<String, Double> numbers = new TreeMap<>();

    void add(String of, double number) {
        numbers.merge(of, number, Double::sum);
    }

    /** Adds rows of a query: the last column is the number, those before it are what it is of. */
    void add(Batch rows) {
        int last = rows.columns() - 1;
        for (int row = 0; row < rows.rows(); row++) {
            StringBuilder of = new StringBuilder();
            for (int column = 0; column < last; column++) {
                of.append(text(rows.column(column), row)).append(' ');
            }
            add(of.toString().trim(), number(rows.column(last), row));
        }
    }

    private static String text(Column column, int row) {
        return column.type().physical() == Physical.BYTES ? column.getText(row) : Long.toString(column.getLong(row));
    }

    private static double number(Column column, int row) {
        return column.type().physical() == Physical.FLOAT64 ? column.getDouble(row) : column.getLong(row);
    }

    /** The sum of all numbers of a batch. */
    static double sum(Batch rows) {
        Column column = rows.column(rows.columns() - 1);
        double sum = 0;
        for (int row = 0; row < rows.rows(); row++) {
            sum += number(column, row);
        }
        return sum;
    }

    double sum() {
        return numbers.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /**
     * Compares with the answer of somebody else.
     *
     * @throws IllegalStateException if they differ, or if there is nothing in them
     */
    void requireEqual(Answer other, String who) {
        if (!numbers.equals(other.numbers) || numbers.isEmpty()) {
            throw new IllegalStateException(who + " gives another answer: " + other.brief() + " instead of " + brief());
        }
    }

    private String brief() {
        String first = numbers.isEmpty() ? "" : ", the first " + numbers.firstEntry();
        return numbers.size() + " numbers, together " + sum() + first;
    }
}
