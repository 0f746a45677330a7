/**
 * Runs a compiled job in this JVM: workers, channels between them, operators, epochs, results.
 *
 * <p>May import everything of the runtime. Start reading at {@link io.leat.runtime.local.Engine}, then {@code JobRun} and {@code
 * Worker}.
 */
package io.leat.runtime.local;
