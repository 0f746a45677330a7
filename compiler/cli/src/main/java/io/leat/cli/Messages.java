package io.leat.cli;

import io.leat.cli.output.Paint;
import io.leat.cli.output.VisibleText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the command says to people, on standard error. Control characters that come from data or file names are shown escaped. */
final class Messages {
    private static final int MAX_CHARACTERS = 2_000;
    private static final Pattern HEAD = Pattern.compile("^(error|warning|help|note)(\\[\\w+])?:(?= )");
    private static final Pattern CARETS = Pattern.compile("^( +\\| *)(\\^+)$");

    private final StatusLine out;
    private final Paint paint;
    private final boolean quiet;

    /**
     * @param quiet whether only errors are said
     */
    Messages(StatusLine out, Paint paint, boolean quiet) {
        this.out = out;
        this.paint = paint;
        this.quiet = quiet;
    }

    void error(String message, String help) {
        out.println(painted("error: " + line(message)));
        if (!help.isEmpty()) {
            out.println(painted("help: " + line(help)));
        }
    }

    /** Lines that are ready to be shown, such as errors with an excerpt of the query. */
    void errorLines(String lines) {
        out.println(lines.lines().map(this::painted).collect(Collectors.joining("\n")));
    }

    void warning(String message, String help) {
        if (!quiet) {
            out.println(painted("warning: " + line(message)));
            out.println(painted("help: " + line(help)));
        }
    }

    void warningLines(String lines) {
        if (!quiet) {
            errorLines(lines);
        }
    }

    /** Something worth knowing. */
    void say(String message) {
        if (!quiet) {
            out.println(line(message));
        }
    }

    /** One line that is safe to show. */
    static String line(String text) {
        return VisibleText.cut(VisibleText.escaped(text), MAX_CHARACTERS);
    }

    private String painted(String line) {
        Matcher head = HEAD.matcher(line);
        if (head.find()) {
            String word = line.substring(0, head.end());
            String rest = line.substring(head.end());
            return switch (head.group(1)) {
                case "error" -> paint.red(word) + paint.bold(rest);
                case "warning" -> paint.yellow(word) + paint.bold(rest);
                default -> paint.cyan(word) + rest;
            };
        }
        Matcher carets = CARETS.matcher(line);
        return carets.matches() ? carets.group(1) + paint.red(carets.group(2)) : line;
    }
}
