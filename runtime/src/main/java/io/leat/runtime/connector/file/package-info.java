/**
 * Tables that are files: one, a directory, a glob, standard input and output.
 *
 * <p>Reading cuts files into chunks of whole records. Writing goes to a staging place and becomes visible by a rename. May import
 * {@code connector}, {@code connector.format}, {@code connector.file.log} and what they may. Start reading at {@link
 * io.leat.runtime.connector.file.FileConnector}.
 */
package io.leat.runtime.connector.file;
