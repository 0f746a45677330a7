/**
 * The machine: clocks, files, threads, random numbers.
 *
 * <p>The only user of wall clock, file access, {@code Thread} and random number generators. Everything else takes a {@link
 * io.leat.runtime.platform.Platform}, so that a simulation can stand in for the machine. A {@code java.nio.file.Path} is only a
 * name and may be used anywhere. May import nothing of ours. Start reading at {@link io.leat.runtime.platform.Platform}.
 */
package io.leat.runtime.platform;
