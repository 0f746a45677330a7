/**
 * From query text to a compiled job. The packages below are the stages, and each may import only those before it: {@code type},
 * {@code function}, {@code expr}, {@code catalog}, {@code logical}, {@code bind}, {@code optimize}, {@code physical}, {@code
 * codegen}, {@code bytecode}, {@code explain}.
 *
 * <p>Start reading at {@link io.leat.compiler.QueryCompiler}: all of it is one method.
 */
package io.leat.compiler;
