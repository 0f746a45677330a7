/**
 * The functions of the language: which arguments they take, what they yield, which kernel computes them.
 *
 * <p>May import {@code runtime.type}, {@code runtime.kernel} (by name, for signatures) and {@code type}. Start reading at {@link
 * io.leat.compiler.function.Functions}.
 */
package io.leat.compiler.function;
