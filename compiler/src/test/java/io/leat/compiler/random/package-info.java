/**
 * Cases from a seed: tables, rows and queries that nobody thought of.
 *
 * <p>May import {@code compiler.corpus} for how cells are written. Start reading at {@link io.leat.compiler.random.RandomCase}.
 */
package io.leat.compiler.random;
