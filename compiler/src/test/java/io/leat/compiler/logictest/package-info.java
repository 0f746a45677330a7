/**
 * The queries of SQLite's logic tests: millions of them, with the answers that several databases agreed on. Start reading at {@link
 * io.leat.compiler.logictest.LogicTest}.
 */
package io.leat.compiler.logictest;
