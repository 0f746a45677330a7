package io.leat.grammar.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.SourceText;
import io.leat.grammar.tree.TreePrinter;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One broken statement takes nothing from the others. */
class PartialParseTest {
    private static Parsed parsed(String text) {
        return Parser.parseWhatCanBeRead(new SourceText("q.sql", text));
    }

    private static Set<String> brokenNames(String text) {
        return parsed(text).brokenNames();
    }

    @Test
    void theOtherStatementsAreRead() {
        Parsed parsed = parsed("SELECT 1 AS a; SELECT FROM; SELECT 2 AS b; CREATE TABEL t (a INT)");
        assertEquals(
                List.of("SELECT 1 AS a", "SELECT 2 AS b"),
                parsed.script().statements().stream().map(TreePrinter::print).toList());
        assertEquals(
                List.of("SELECT FROM".length() - "FROM".length() + 15, 50),
                parsed.errors().stream().map(error -> error.at().start()).toList());
    }

    @Test
    void aFileInOrderHasNoErrors() {
        Parsed parsed = parsed("CREATE TABLE t (a INT); SELECT a FROM t");
        assertEquals(2, parsed.script().statements().size());
        assertTrue(parsed.errors().isEmpty());
        assertTrue(parsed.brokenNames().isEmpty());
    }

    @Test
    void aTextThatIsTooLongHasNoStatements() {
        Parsed parsed = parsed("SELECT 1;".repeat(200_000));
        assertTrue(parsed.script().statements().isEmpty());
        assertEquals(
                List.of(ErrorCode.TEXT_TOO_LONG),
                parsed.errors().stream().map(Diagnostic::code).toList());
    }

    @Test
    void brokenDeclarationsAreKnownByName() {
        assertKnown("t", "CREATE TABLE t (a INT b INT)");
        assertKnown("My \"t\"", "CREATE OR REPLACE TABLE \"My \"\"t\"\"\" (a INT,, b INT)");
        assertKnown("v", "CREATE VIEW v AS SELECT FROM t");
        assertKnown("db.v", "CREATE MATERIALIZED VIEW db.v WITH (a = ) AS SELECT 1");
        assertKnown("t", "CREATE TABLE IF NOT EXISTS t (a INT b INT)");
        assertKnown("t", "CREATE TABEL t (a INT)");
        assertKnown("s", "CREATE STREAM s (a INT) WITH (kafka_topic = 's')");
        assertKnown("kept", "FROM t |> WHERE |> CREATE TABLE kept WITH (a = 1)");
    }

    /** Where a ';' was forgotten, one statement that cannot be read holds two declarations. */
    @Test
    void everyDeclarationOfABrokenStatementIsKnown() {
        assertKnown("a", "CREATE TABLE a (x INT) CREATE TABLE b (y INT)");
        assertKnown("b", "CREATE TABLE a (x INT) CREATE TABLE b (y INT)");
    }

    private static void assertKnown(String name, String text) {
        Set<String> names = brokenNames(text);
        assertTrue(names.contains(name) && !names.contains("x"), text + " declares " + names);
    }

    @Test
    void whatOnlyReadsDeclaresNothing() {
        assertEquals(Set.of(), brokenNames("SELECT a b c FROM t"));
        assertEquals(Set.of(), brokenNames("INSERT INTO t SELECT FROM s"));
    }
}
