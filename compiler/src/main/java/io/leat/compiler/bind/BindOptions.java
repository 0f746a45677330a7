package io.leat.compiler.bind;

import io.leat.runtime.platform.Roots;
import java.util.Map;
import java.util.Set;

/**
 * What a query file is bound with, besides its statements.
 *
 * @param parameters values for {@code :name} and <code>${name}</code>
 * @param streamEnd where sources end whose rows come one after another
 * @param roots directories that files of tables must be in
 * @param brokenNames tables and views whose declaration could not be read: using one is no second mistake
 */
public record BindOptions(Map<String, String> parameters, StreamEnd streamEnd, Roots roots, Set<String> brokenNames) {
    public BindOptions {
        parameters = Map.copyOf(parameters);
        brokenNames = Set.copyOf(brokenNames);
    }

    public BindOptions(Map<String, String> parameters, StreamEnd streamEnd) {
        this(parameters, streamEnd, Roots.ANYWHERE, Set.of());
    }
}
