/**
 * What generated pipelines extend, and the operators they are wired to.
 *
 * <p>May import {@code type}, {@code memory}, {@code batch}, {@code kernel}, {@code window} and {@code state}. Start reading at
 * {@link io.leat.runtime.pipeline.Operator}, then {@link io.leat.runtime.pipeline.Pipeline}.
 */
package io.leat.runtime.pipeline;
