package io.leat.runtime.local;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts parameters into option values. */
final class Parameters {
    private static final Pattern PARAMETER = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_.-]*)\\}");

    private Parameters() {}

    static String replace(String text, Map<String, String> values, String table, String key) {
        return PARAMETER.matcher(text).replaceAll(match -> {
            String value = values.get(match.group(1));
            if (value == null) {
                throw new ConnectorException(
                        Kind.CONFIGURATION,
                        "option '" + key + "' of " + table + " needs the parameter " + match.group(1)
                                + ": give it with -D " + match.group(1) + "=value");
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
