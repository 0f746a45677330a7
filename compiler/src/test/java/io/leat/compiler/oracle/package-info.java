/**
 * Outside answers to the questions of the corpus: what DuckDB says, and what a naive interpreter of bound plans says.
 *
 * <p>May import {@code compiler.corpus} for tables and answers. Nothing here calls a kernel or generated code. Start reading at
 * {@link io.leat.compiler.oracle.DuckDb}.
 */
package io.leat.compiler.oracle;
