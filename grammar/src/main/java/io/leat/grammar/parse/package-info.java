/**
 * Query text to syntax tree: the grammar, the tree builders, and syntax errors in our own words.
 *
 * <p>The only package that knows ANTLR. May import {@code source} and {@code tree}. Start reading at
 * {@link io.leat.grammar.parse.Parser}; the language itself stands in {@code QueryLexer.g4} and {@code QueryParser.g4}.
 */
package io.leat.grammar.parse;
