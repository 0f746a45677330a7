package io.leat.compiler.catalog;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts of options with parameters, <code>${name}</code>. */
public final class ParameterText {
    private static final Pattern PARAMETER = Pattern.compile("\\$\\{([^}]*)}");

    private ParameterText() {}

    /** The text with values for those that have one, in one pass as when the job runs: a value that looks like a parameter stays as it is. */
    public static String filled(String text, Map<String, String> values) {
        return PARAMETER
                .matcher(text)
                .replaceAll(parameter ->
                        Matcher.quoteReplacement(values.getOrDefault(parameter.group(1), parameter.group())));
    }

    /** The first parameter in the text that has no value. */
    public static Optional<String> firstOpen(String text, Map<String, String> values) {
        return PARAMETER
                .matcher(text)
                .results()
                .map(parameter -> parameter.group(1))
                .filter(name -> !values.containsKey(name))
                .findFirst();
    }
}
