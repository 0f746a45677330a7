package io.leat.cli.output;

/** Colours for a terminal, or none. */
public enum Paint {
    NONE,
    COLOURS;

    private static final String END = "\u001b[0m";

    public String bold(String text) {
        return painted("\u001b[1m", text);
    }

    public String dim(String text) {
        return painted("\u001b[2m", text);
    }

    public String red(String text) {
        return painted("\u001b[1;31m", text);
    }

    public String yellow(String text) {
        return painted("\u001b[1;33m", text);
    }

    public String cyan(String text) {
        return painted("\u001b[1;36m", text);
    }

    private String painted(String start, String text) {
        return this == NONE || text.isEmpty() ? text : start + text + END;
    }
}
