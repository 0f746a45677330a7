package io.leat.compiler.bind;

import java.util.Map;

/**
 * What a query file is bound with, besides its text.
 *
 * @param parameters values for {@code :name} and <code>${name}</code>
 * @param untilNow whether unbounded sources are read only up to what exists at the start
 */
public record BindOptions(Map<String, String> parameters, boolean untilNow) {
    public BindOptions {
        parameters = Map.copyOf(parameters);
    }
}
