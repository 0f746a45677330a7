package io.leat.compiler.codegen;

/**
 * How large methods may become, by the guess of {@link CodeSize}. Finer budgets are tried when the bytecode turns out too large.
 *
 * @param batch of a method that runs once per batch
 * @param row of a method that runs once per row
 */
public record Budget(int batch, int row) {
    /** What the guesses are tuned to: below 2,000 and 325 bytes of bytecode. */
    public static final Budget NORMAL = new Budget(1500, 250);

    public Budget finer() {
        return new Budget(batch / 2, row / 2);
    }

    /** Whether a finer one would still leave room for a statement. */
    public boolean canBeFiner() {
        return row > 60;
    }
}
