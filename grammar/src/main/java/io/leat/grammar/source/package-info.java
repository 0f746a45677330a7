/**
 * The text of a query file, places in it, and messages about them.
 *
 * <p>Knows nothing of SQL. May import nothing of ours. Start reading at {@link io.leat.grammar.source.Diagnostic}; the pages of
 * explanation behind {@link io.leat.grammar.source.ErrorCode} are resources of this package.
 */
package io.leat.grammar.source;
