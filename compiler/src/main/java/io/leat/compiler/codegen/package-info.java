/**
 * Physical operators to Java source, one emitter per operator. Emitters decide nothing: every decision stands in the plan.
 *
 * <p>A row's work is written as {@link io.leat.compiler.codegen.Code}, which {@link io.leat.compiler.codegen.MethodSplitter}
 * lays out into methods within the budgets; {@link io.leat.compiler.codegen.Template} holds class skeletons. User text never
 * reaches the source: identifiers are sanitised, literals are constants by number. May import {@code grammar.source}, {@code
 * type} to {@code physical} and, by name, the runtime that generated code calls. Start reading at {@link
 * io.leat.compiler.codegen.JobGenerator}.
 */
package io.leat.compiler.codegen;
