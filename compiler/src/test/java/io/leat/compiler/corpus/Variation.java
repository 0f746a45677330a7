package io.leat.compiler.corpus;

import io.leat.compiler.CompileOptions;
import io.leat.compiler.catalog.TableSizes;
import java.util.OptionalLong;
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
 * @param sized whether tables are joined by sizes that are made up of their names
 */
record Variation(
        InputForm form,
        ScanMode mode,
        Set<String> without,
        int parallelism,
        boolean sideTables,
        boolean told,
        boolean sized) {
    static final Variation PLAIN = new Variation(InputForm.JSON, ScanMode.DECLARED, Set.of(), 1, true, false, false);

    /** Of names alone, so that a case is planned the same way each time; one table in four is small, and one in four is not known. */
    private static final TableSizes MADE_UP = table -> {
        int drawn = table.name().hashCode() * 0x9E3779B9 >>> 16;
        return drawn % 4 == 0 ? OptionalLong.empty() : OptionalLong.of(drawn % 4 == 1 ? 3 : 10L + drawn);
    };

    /** Which tables are read as streams. */
    enum ScanMode {
        DECLARED,
        ALL_BOUNDED,
        ALL_STREAMS
    }

    Variation withForm(InputForm value) {
        return new Variation(value, mode, without, parallelism, sideTables, told, sized);
    }

    Variation withMode(ScanMode value) {
        return new Variation(form, value, without, parallelism, sideTables, told, sized);
    }

    Variation unoptimized() {
        return withoutRules(CompileOptions.optionalRules());
    }

    Variation withoutRules(Set<String> names) {
        return new Variation(form, mode, names, parallelism, sideTables, told, sized);
    }

    Variation withParallelism(int value) {
        return new Variation(form, mode, without, value, sideTables, told, sized);
    }

    Variation withoutSideTables() {
        return new Variation(form, mode, without, parallelism, false, told, sized);
    }

    Variation toldAsChanges() {
        return new Variation(form, mode, without, parallelism, sideTables, true, sized);
    }

    Variation bySize() {
        return new Variation(form, mode, without, parallelism, sideTables, told, true);
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
                .withDisabledRules(without)
                .withSizes(sized ? MADE_UP : TableSizes.UNKNOWN);
    }
}
