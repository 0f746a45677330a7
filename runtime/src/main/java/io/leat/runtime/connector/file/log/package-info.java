/**
 * The log of a table of files: which files count, since when, and who says so. An entry shows its files to readers in one step. May import
 * {@code connector} and what that may import. Start reading at {@link io.leat.runtime.connector.file.log.TableLog}.
 */
package io.leat.runtime.connector.file.log;
