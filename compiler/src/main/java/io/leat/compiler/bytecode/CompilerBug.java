package io.leat.compiler.bytecode;

import io.leat.compiler.codegen.GeneratedClass;

/** Generated source that does not compile: never the user's fault. Carries the source for the report. */
public final class CompilerBug extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String numberedSource;

    CompilerBug(GeneratedClass generated, Throwable cause) {
        super("generated class " + generated.name() + " does not compile: " + cause.getMessage(), cause);
        this.numberedSource = numbered(generated.source());
    }

    /** The source with line numbers. */
    public String numberedSource() {
        return numberedSource;
    }

    private static String numbered(String source) {
        StringBuilder numbered = new StringBuilder();
        int number = 1;
        for (String line : source.split("\n", -1)) {
            numbered.append(String.format("%5d  %s%n", number++, line));
        }
        return numbered.toString();
    }
}
