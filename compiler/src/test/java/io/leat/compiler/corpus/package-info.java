/**
 * The query corpus: text cases, each run in many modes that must agree, with each other and with the oracles.
 *
 * <p>Start reading at {@link io.leat.compiler.corpus.CaseFile} for the form of a case, then {@link
 * io.leat.compiler.corpus.CorpusTest}.
 */
package io.leat.compiler.corpus;
