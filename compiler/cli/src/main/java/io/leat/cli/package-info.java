/**
 * The {@code leat} command.
 *
 * <p>May import everything of Leat; nothing imports it. Standard output carries data, standard error everything meant for people.
 * Start reading at {@link io.leat.cli.Leat}, then {@code RunCommand} and {@code JobRunner}.
 */
package io.leat.cli;
