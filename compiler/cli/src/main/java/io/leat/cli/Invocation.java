package io.leat.cli;

import java.util.List;

/** One call of the command. */
record Invocation(Console console, List<String> arguments) {
    Invocation {
        arguments = List.copyOf(arguments);
    }
}
