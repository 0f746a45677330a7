package io.leat.compiler.oracle;

/** An operation has no value for its operands. */
final class NoValue extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoValue(String message) {
        super(message, null, false, false);
    }
}
