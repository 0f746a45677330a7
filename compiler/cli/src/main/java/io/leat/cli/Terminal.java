package io.leat.cli;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;

/**
 * Which standard streams are a terminal. The launcher knows and says it in system properties; without the launcher none is.
 *
 * @param output whether standard output is one
 * @param errors whether standard error is one
 * @param columns how wide it is
 * @param colours whether it shows colours, as far as its settings say
 */
record Terminal(boolean output, boolean errors, int columns, boolean colours) {
    private static final int USUAL_COLUMNS = 80;
    private static final int LEAST_COLUMNS = 20;

    static final Terminal NONE = new Terminal(false, false, USUAL_COLUMNS, true);

    static Terminal of(Properties properties, Map<String, String> environment) {
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(
                Boolean.parseBoolean(properties.getProperty("leat.terminal.output")),
                Boolean.parseBoolean(properties.getProperty("leat.terminal.errors")) && !dumb,
                columns(properties.getProperty("leat.terminal.columns", "")),
                !dumb && !noColour);
    }

    private static int columns(String text) {
        boolean known = text.matches("[1-9]\\d{0,3}");
        return known ? Math.max(LEAST_COLUMNS, Integer.parseInt(text)) : USUAL_COLUMNS;
    }

    /** The width that tables must keep to. */
    OptionalInt tableWidth() {
        return output ? OptionalInt.of(columns) : OptionalInt.empty();
    }
}
