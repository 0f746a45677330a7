package io.leat.compiler.corpus;

/** What came of random cases so far. */
final class RandomTotals {
    private final long begin = System.nanoTime();
    private int cases;
    private int refused;
    private int different;
    private int runs;
    private int interpreted;
    private int answered;
    private int notAnswered;

    void compared() {
        cases++;
    }

    void refused() {
        cases++;
        refused++;
    }

    void differed() {
        different++;
    }

    /** A mode. */
    void ran() {
        runs++;
    }

    /** The interpreter had an answer for a mode. */
    void interpreted() {
        interpreted++;
    }

    /** DuckDB had an answer. */
    void answered() {
        answered++;
    }

    /** DuckDB does not know the question. */
    void notAnswered(String why) {
        notAnswered++;
        if (Boolean.getBoolean("random.verbose")) {
            System.out.println("DuckDB: " + why);
        }
    }

    int cases() {
        return cases;
    }

    /** How many of a hundred cases the compiler refused. */
    int refusedOfHundred() {
        return cases == 0 ? 0 : 100 * refused / cases;
    }

    String text() {
        return cases + " cases, " + refused + " refused by the compiler, " + runs + " runs compared, " + interpreted
                + " of them with the interpreter, " + answered + " cases with DuckDB (" + notAnswered
                + " it does not take), " + different + " differences, " + (System.nanoTime() - begin) / 1_000_000_000
                + " s";
    }
}
