/**
 * The compiled job: the one hand-over from compiler to runtime.
 *
 * <p>{@link io.leat.runtime.job.JobGraph} is a plain description that any engine can read; {@link
 * io.leat.runtime.job.CompiledJob} joins it with the generated classes and can be written as a jar. May import everything of the
 * runtime but {@code local}. Start reading at {@link io.leat.runtime.job.JobGraph}.
 */
package io.leat.runtime.job;
