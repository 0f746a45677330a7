/**
 * The optimizer: an ordered list of rules, and the pruning of columns that every plan goes through.
 *
 * <p>May import {@code type} to {@code logical} and {@code optimize.rule}. Start reading at {@link
 * io.leat.compiler.optimize.Optimizer}.
 */
package io.leat.compiler.optimize;
