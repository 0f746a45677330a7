/**
 * Names get meaning: from the syntax tree to logical plans, one binder per kind of clause. All errors of a file are collected.
 *
 * <p>May import {@code grammar.source}, {@code grammar.tree}, everything above it in the compiler ({@code type}, {@code catalog},
 * {@code function}, {@code expr}, {@code logical}) and, of the runtime, {@code type}, {@code window}, {@code connector} and {@code
 * job}. Start reading at {@link io.leat.compiler.bind.Binder}.
 */
package io.leat.compiler.bind;
