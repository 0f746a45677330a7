package io.leat.cli;

import picocli.CommandLine.Option;

/** Options of every subcommand. */
final class CommonOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--quiet", description = "Say nothing but errors.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Say more, and write a file with details about a failure.")
    private boolean verbose;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            converter = ColorConverter.class,
            description = "auto, always or never. auto: on a terminal, unless NO_COLOR is set.")
    private ColorMode color;

    static final class ColorConverter extends ChoiceConverter<ColorMode> {
        ColorConverter() {
            super(ColorMode.values());
        }
    }

    boolean isHelp() {
        return help;
    }

    boolean isQuiet() {
        return quiet;
    }

    boolean isVerbose() {
        return verbose;
    }

    ColorMode color() {
        return color;
    }
}
