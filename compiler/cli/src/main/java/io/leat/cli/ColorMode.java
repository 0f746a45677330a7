package io.leat.cli;

import io.leat.cli.output.Paint;

/** Whether there are colours. */
enum ColorMode {
    /** On a terminal that shows them and whose user wants them. */
    AUTO,
    ALWAYS,
    NEVER;

    Paint paint(boolean isTerminal, Terminal terminal) {
        boolean colours = this == ALWAYS || (this == AUTO && isTerminal && terminal.colours());
        return colours ? Paint.COLOURS : Paint.NONE;
    }
}
