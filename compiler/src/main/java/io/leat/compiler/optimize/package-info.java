/**
 * The optimizer: an ordered list of rules, and the pruning of columns that every plan goes through. Rules are in {@code optimize.rule}, but
 * for the one that asks what columns are needed: {@link io.leat.compiler.optimize.CarryValues}.
 *
 * <p>May import {@code type} to {@code logical} and {@code optimize.rule}. Start reading at {@link
 * io.leat.compiler.optimize.Optimizer}.
 */
package io.leat.compiler.optimize;
