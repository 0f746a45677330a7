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
 * @param told whether results are told as changes
 */
record Variation(TextForm form, ScanMode mode, boolean optimized, int parallelism, boolean sideTables, boolean told) {
    static final Variation PLAIN = new Variation(TextForm.JSON, ScanMode.DECLARED, true, 1, true, false);

    /** Which tables are read as streams. */
    enum ScanMode {
        DECLARED,
        ALL_BOUNDED,
        ALL_STREAMS
    }

    Variation withForm(TextForm value) {
        return new Variation(value, mode, optimized, parallelism, sideTables, told);
    }

    Variation withMode(ScanMode value) {
        return new Variation(form, value, optimized, parallelism, sideTables, told);
    }

    Variation unoptimized() {
        return new Variation(form, mode, false, parallelism, sideTables, told);
    }

    Variation withParallelism(int value) {
        return new Variation(form, mode, optimized, value, sideTables, told);
    }

    Variation withoutSideTables() {
        return new Variation(form, mode, optimized, parallelism, false, told);
    }

    Variation toldAsChanges() {
        return new Variation(form, mode, optimized, parallelism, sideTables, true);
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
