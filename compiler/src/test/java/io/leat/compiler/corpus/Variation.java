package io.leat.compiler.corpus;

import io.leat.compiler.CompileOptions;

/**
 * One of the ways in which a case is compiled.
 *
 * @param form how its rows are written
 * @param mode which of its tables are streams
 * @param optimized whether optional rules are applied
 * @param parallelism how many workers the job is cut for
 * @param sideTables whether the rows that the case expects to be refused are selected, too
 */
record Variation(TextForm form, ScanMode mode, boolean optimized, int parallelism, boolean sideTables) {
    static final Variation PLAIN = new Variation(TextForm.JSON, ScanMode.DECLARED, true, 1, true);

    /** Which tables are read as streams. */
    enum ScanMode {
        DECLARED,
        ALL_BOUNDED,
        ALL_STREAMS
    }

    Variation withForm(TextForm value) {
        return new Variation(value, mode, optimized, parallelism, sideTables);
    }

    Variation withMode(ScanMode value) {
        return new Variation(form, value, optimized, parallelism, sideTables);
    }

    Variation unoptimized() {
        return new Variation(form, mode, false, parallelism, sideTables);
    }

    Variation withParallelism(int value) {
        return new Variation(form, mode, optimized, value, sideTables);
    }

    Variation withoutSideTables() {
        return new Variation(form, mode, optimized, parallelism, false);
    }

    boolean isStream(CaseTable table) {
        return switch (mode) {
            case DECLARED -> table.stream();
            case ALL_BOUNDED -> false;
            case ALL_STREAMS -> true;
        };
    }

    CompileOptions options(Case each) {
        CompileOptions options =
                CompileOptions.defaults().withParameters(each.parameters()).withParallelism(parallelism);
        return optimized ? options : options.withoutOptimizer();
    }
}
