/**
 * The syntax tree: sealed families of records, one per construct, as written and before any name means anything.
 *
 * <p>May import {@code source}. Start reading at {@link io.leat.grammar.tree.Statement}.
 */
package io.leat.grammar.tree;
