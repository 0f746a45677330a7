package io.leat.compiler;

import io.leat.compiler.bind.StreamEnd;
import io.leat.compiler.catalog.TableSizes;
import io.leat.compiler.optimize.Optimizer;
import io.leat.compiler.optimize.PruneColumns;
import io.leat.compiler.optimize.rule.Rule;
import io.leat.compiler.physical.Shape;
import io.leat.runtime.platform.Roots;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a query file is compiled, besides what it says itself.
 *
 * @param parameters values for {@code :name} and <code>${name}</code>
 * @param streamEnd where sources end whose rows come one after another
 * @param parallelism how many workers the job is cut for; empty for what the file sets, or else 1
 * @param disabledRules names of optimizer rules that are not applied
 * @param roots directories that files of tables must be in
 * @param sizes what is known of tables, which decides in what order they are joined; nothing where a job has to stay the same as tables grow
 */
public record CompileOptions(
        Map<String, String> parameters,
        StreamEnd streamEnd,
        OptionalInt parallelism,
        Set<String> disabledRules,
        Roots roots,
        TableSizes sizes) {
    public static final int MAX_PARALLELISM = 256;

    public CompileOptions {
        parameters = Map.copyOf(parameters);
        disabledRules = Set.copyOf(disabledRules);
        if (parallelism.isPresent() && (parallelism.getAsInt() < 1 || parallelism.getAsInt() > MAX_PARALLELISM)) {
            throw new IllegalArgumentException("parallelism " + parallelism.getAsInt());
        }
    }

    public static CompileOptions defaults() {
        return new CompileOptions(
                Map.of(), StreamEnd.OF_SOURCE, OptionalInt.empty(), Set.of(), Roots.ANYWHERE, TableSizes.UNKNOWN);
    }

    public CompileOptions withParameters(Map<String, String> values) {
        return new CompileOptions(values, streamEnd, parallelism, disabledRules, roots, sizes);
    }

    /** Whether the job reads sources that never end only up to what exists when it starts, and ends there as if they did. */
    public CompileOptions withUntilNow(boolean value) {
        return with(value ? StreamEnd.NOW : StreamEnd.OF_SOURCE);
    }

    /** For a job that keeps its state: sources whose rows come one after another may have more in a later run, also those that end. */
    public CompileOptions goingOnLater() {
        return with(StreamEnd.NONE);
    }

    private CompileOptions with(StreamEnd value) {
        return new CompileOptions(parameters, value, parallelism, disabledRules, roots, sizes);
    }

    public CompileOptions withParallelism(int value) {
        return new CompileOptions(parameters, streamEnd, OptionalInt.of(value), disabledRules, roots, sizes);
    }

    public CompileOptions withDisabledRules(Set<String> names) {
        return new CompileOptions(parameters, streamEnd, parallelism, names, roots, sizes);
    }

    /** Files of the query must be in these directories, as far as they are known; the job is to be run with them as well. */
    public CompileOptions withRoots(Roots value) {
        return new CompileOptions(parameters, streamEnd, parallelism, disabledRules, value, sizes);
    }

    /** Tables are joined by size: a job that is compiled where tables have other sizes may be another one, with the same answer. */
    public CompileOptions withSizes(TableSizes value) {
        return new CompileOptions(parameters, streamEnd, parallelism, disabledRules, roots, value);
    }

    /** The names of all rules that may be left out. */
    public static Set<String> optionalRules() {
        Set<String> names = Optimizer.RULES.stream().map(Rule::name).collect(Collectors.toCollection(TreeSet::new));
        names.add(PruneColumns.SHARE_PARTS);
        names.add(Optimizer.ORDER_JOINS);
        Stream.of(Shape.values()).map(Shape::rule).forEach(names::add);
        return names;
    }

    /** Parameters by name only: their values may be secrets. */
    @Override
    public String toString() {
        return "options of a query with parameters " + new TreeSet<>(parameters.keySet());
    }
}
