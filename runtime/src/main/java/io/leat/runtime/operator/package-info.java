/**
 * Operators that the engine puts between generated pipelines: what they keep, when they tell it, and what a watermark frees. Joins of
 * streams are in {@code join}, and what looks at the rows of a partition in their order (ranks, window functions) in {@code over}.
 *
 * <p>Nothing here knows of workers, epochs or sources: an operator belongs to one thread, gets rows and watermarks through {@link
 * io.leat.runtime.pipeline.Operator}, and hands on to {@link io.leat.runtime.operator.Outputs}. May import what a job is made of, and
 * not the engine.
 */
package io.leat.runtime.operator;
