package io.leat.compiler.corpus;

import io.leat.compiler.CompileOptions;
import java.util.Set;

/**
 * One of the ways in which a case is compiled.
 *
 * @param form how its rows are written
 * @param mode which of its tables are streams
 * @param without names of optional rules that are not applied
 * @param parallelism how many workers the job is cut for
 * @param sideTables whether the rows that the case expects to be refused are selected, too
 * @param told whether results are told as changes
 */
record Variation(
        InputForm form, ScanMode mode, Set<String> without, int parallelism, boolean sideTables, boolean told) {
    static final Variation PLAIN = new Variation(InputForm.JSON, ScanMode.DECLARED, Set.of(), 1, true, false);

    /** Which tables are read as streams. */
    enum ScanMode {
        DECLARED,
        ALL_BOUNDED,
        ALL_STREAMS
    }

    Variation withForm(InputForm value) {
        return new Variation(value, mode, without, parallelism, sideTables, told);
    }

    Variation withMode(ScanMode value) {
        return new Variation(form, value, without, parallelism, sideTables, told);
    }

    Variation unoptimized() {
        return withoutRules(CompileOptions.optionalRules());
    }

    Variation withoutRules(Set<String> names) {
        return new Variation(form, mode, names, parallelism, sideTables, told);
    }

    Variation withParallelism(int value) {
        return new Variation(form, mode, without, value, sideTables, told);
    }

    Variation withoutSideTables() {
        return new Variation(form, mode, without, parallelism, false, told);
    }

    Variation toldAsChanges() {
        return new Variation(form, mode, without, parallelism, sideTables, true);
    }

    boolean isStream(CaseTable table) {
        return switch (mode) {
            case DECLARED -> table.stream();
            case ALL_BOUNDED -> false;
            case ALL_STREAMS -> true;
        };
    }

    CompileOptions options(Case each) {
        return CompileOptions.defaults()
                .withParameters(each.parameters())
                .withParallelism(parallelism)
                .withDisabledRules(without);
    }
}
