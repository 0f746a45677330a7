package io.leat.compiler.codegen;

import io.leat.grammar.source.Origin;
import io.leat.runtime.job.Constant;
import java.util.List;

/**
 * The source of a generated class.
 *
 * @param name its simple name
 * @param source Java text, ASCII only
 * @param origins the place in the query that each line comes from
 * @param constants what it refers to by number
 * @param positions {@code line:column} of expressions that can fail, by number
 */
public record GeneratedClass(
        String name, String source, List<Origin> origins, List<Constant> constants, List<String> positions) {
    public GeneratedClass {
        origins = List.copyOf(origins);
        constants = List.copyOf(constants);
        positions = List.copyOf(positions);
    }

    /** Where in the query its first line with a place comes from. */
    Origin place() {
        return origins.stream().filter(origin -> origin.end() > 0).findFirst().orElse(Origin.NONE);
    }
}
