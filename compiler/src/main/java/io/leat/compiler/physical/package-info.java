/**
 * Physical plans: how a job is done. What fuses into one pipeline, where rows move between workers, how state is laid out. Every
 * decision of code generation stands here.
 *
 * <p>May import everything above it in the compiler ({@code type} to {@code optimize}) and the descriptions of the runtime
 * ({@code type}, {@code window}, {@code connector}, {@code state.TableLayout}, {@code job}). Start reading at {@link
 * io.leat.compiler.physical.PhysicalPlan}.
 */
package io.leat.compiler.physical;
