/** One question, asked in several ways of several kinds of source, has one answer. Start reading at {@code SameAnswerTest}. */
package io.leat.compiler.equality;
