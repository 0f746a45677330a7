package io.leat.compiler.bind;

import java.util.Map;
import java.util.Set;

/**
 * What a query file is bound with, besides its statements.
 *
 * @param parameters values for {@code :name} and <code>${name}</code>
 * @param untilNow whether unbounded sources are read only up to what exists at the start
 * @param brokenNames tables and views whose declaration could not be read: using one is no second mistake
 */
public record BindOptions(Map<String, String> parameters, boolean untilNow, Set<String> brokenNames) {
    public BindOptions {
        parameters = Map.copyOf(parameters);
        brokenNames = Set.copyOf(brokenNames);
    }

    public BindOptions(Map<String, String> parameters, boolean untilNow) {
        this(parameters, untilNow, Set.of());
    }
}
