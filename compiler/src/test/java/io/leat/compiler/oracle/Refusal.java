package io.leat.compiler.oracle;

/** The interpreter does not know this part of the language, and says so rather than guessing. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String what) {
        super("the interpreter knows no " + what);
    }
}
