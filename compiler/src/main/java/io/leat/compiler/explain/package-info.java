/**
 * What came about at each stage of a compilation, and the text of it. One operator per line, two spaces per depth, in a stable order.
 *
 * <p>May import everything in the compiler but {@code bytecode}. Start reading at {@link io.leat.compiler.explain.Explanation}.
 */
package io.leat.compiler.explain;
