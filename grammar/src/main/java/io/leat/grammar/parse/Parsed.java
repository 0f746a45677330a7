package io.leat.grammar.parse;

import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.tree.Script;
import java.util.List;
import java.util.Set;

/**
 * What could be read of a file, so that one broken statement does not hide what is wrong with the others.
 *
 * @param script the statements that are in order, in file order
 * @param errors the first error of each other statement
 * @param brokenNames names that the other statements were meant to declare: nobody should be told that they do not exist
 */
public record Parsed(Script script, List<Diagnostic> errors, Set<String> brokenNames) {
    public Parsed {
        errors = List.copyOf(errors);
        brokenNames = Set.copyOf(brokenNames);
    }
}
