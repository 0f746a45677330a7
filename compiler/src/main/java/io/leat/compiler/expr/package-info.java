/**
 * Typed expressions: what is to be computed from a row.
 *
 * <p>May import {@code grammar.source}, {@code runtime.type} and {@code function}. Start reading at {@link
 * io.leat.compiler.expr.Expr}.
 */
package io.leat.compiler.expr;
