package io.leat.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Calls the command several times in one process, which has the environment that all of them see. {@link CanaryTest} starts it. */
public final class CommandLines {
    static final String NEXT = "--next";

    private CommandLines() {}

    /** Each call is announced, and followed by how it ended, on standard error. */
    public static void main(String[] arguments) {
        List<String> left = new ArrayList<>(Arrays.asList(arguments));
        while (!left.isEmpty()) {
            int end = left.indexOf(NEXT);
            List<String> call = left.subList(0, end < 0 ? left.size() : end);
            System.err.println("\n> " + String.join(" ", call.subList(0, Math.min(2, call.size()))));
            Console console =
                    Console.of(System.in, System.out, System.err, Terminal.NONE, listener -> () -> {}, "leat");
            System.err.println("< " + Leat.run(console, call.toArray(String[]::new)));
            call.clear();
            if (end >= 0) {
                left.remove(0);
            }
        }
    }
}
