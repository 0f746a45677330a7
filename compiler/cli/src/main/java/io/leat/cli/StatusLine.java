package io.leat.cli;

import io.leat.cli.output.VisibleText;
import java.io.PrintStream;

/**
 * Standard error with a line at its end that is written over again and again, if it is a terminal. Whatever else is printed comes
 * above that line. Safe from any thread.
 */
final class StatusLine {
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream out;
    private final Terminal terminal;
    private boolean shown;

    StatusLine(PrintStream out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Shows the text in place of what the line said before; nothing where there is no terminal. */
    synchronized void show(String text) {
        if (terminal.errors()) {
            out.print(ERASE + VisibleText.cut(text, terminal.columns() - 1));
            out.flush();
            shown = true;
        }
    }

    /** Erases the line. */
    synchronized void clear() {
        if (shown) {
            out.print(ERASE);
            out.flush();
            shown = false;
        }
    }

    /** Prints whole lines. */
    synchronized void println(String text) {
        clear();
        out.print(text + "\n");
        out.flush();
    }
}
