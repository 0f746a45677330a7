/**
 * Whole jobs from files, by Leat and by others in turns in one JVM. May use everything of the project. Start at {@link
 * io.leat.compare.Compare}.
 */
package io.leat.compare;
