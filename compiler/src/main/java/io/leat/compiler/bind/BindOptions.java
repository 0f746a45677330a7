package io.leat.compiler.bind;

import io.leat.runtime.platform.Roots;
import java.util.Map;
import java.util.Set;

/**
 * What a query file is bound with, besides its statements.
 *
 * @param parameters values for {@code :name} and <code>${name}</code>
 * @param untilNow whether unbounded sources are read only up to what exists at the start
 * @param roots directories that files of tables must be in
 * @param brokenNames tables and views whose declaration could not be read: using one is no second mistake
 */
public record BindOptions(Map<String, String> parameters, boolean untilNow, Roots roots, Set<String> brokenNames) {
    public BindOptions {
        parameters = Map.copyOf(parameters);
        brokenNames = Set.copyOf(brokenNames);
    }

    public BindOptions(Map<String, String> parameters, boolean untilNow) {
        this(parameters, untilNow, Roots.ANYWHERE, Set.of());
    }
}
