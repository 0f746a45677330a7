/**
 * Logical plans: what is wanted, with the traits that decide what may be done with it.
 *
 * <p>May import {@code grammar.source}, {@code runtime.type}, {@code runtime.window}, {@code catalog}, {@code function} and
 * {@code expr}. Start reading at {@link io.leat.compiler.logical.LogicalPlan}.
 */
package io.leat.compiler.logical;
