/**
 * Rows of results to text on standard output: tables for people, lines for programs.
 *
 * <p>May import the runtime. Start reading at {@link io.leat.cli.output.ResultPrinter}.
 */
package io.leat.cli.output;
