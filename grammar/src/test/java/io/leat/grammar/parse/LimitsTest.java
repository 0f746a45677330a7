package io.leat.grammar.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.QueryException;
import io.leat.grammar.source.SourceText;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Expression.Arithmetic;
import io.leat.grammar.tree.Expression.InList;
import io.leat.grammar.tree.Expression.Logical;
import io.leat.grammar.tree.Query.Select;
import io.leat.grammar.tree.Query.SetOperation;
import io.leat.grammar.tree.Statement;
import io.leat.grammar.tree.Statement.CreateTable;
import io.leat.grammar.tree.Statement.Print;
import io.leat.grammar.tree.TreePrinter;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Long and deep texts up to the limits give a right tree soon; beyond them, a message that names the limit, also soon. */
class LimitsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void nestedParentheses() {
        assertEquals(parsed("1"), parsed("(".repeat(400) + "1" + ")".repeat(400)));
        String sum = "(1 + ".repeat(400) + "1" + ")".repeat(400);
        assertEquals(400, depth(parsed(sum)));
    }

    private static int depth(Expression expression) {
        return expression instanceof Arithmetic sum ? 1 + depth(sum.operands().get(1)) : 0;
    }

    @Test
    void nestedCalls() {
        Expression expression = parsed("f(".repeat(300) + "x" + ")".repeat(300));
        for (int depth = 0; depth < 300; depth++) {
            expression = assertInstanceOf(Expression.Call.class, expression)
                    .arguments()
                    .get(0);
        }
        assertInstanceOf(Expression.Reference.class, expression);
    }

    @Test
    void longChains() {
        assertEquals(
                10_000,
                ((Arithmetic) parsed(repeated("x%d", " + ", 10_000))).operands().size());
        assertEquals(
                10_000,
                ((Arithmetic) parsed(repeated("'%d'", " || ", 10_000)))
                        .operands()
                        .size());
        assertEquals(
                5_000,
                ((Logical) parsed(repeated("a = %d", " AND ", 5_000)))
                        .operands()
                        .size());
        assertEquals(
                5_000,
                ((Logical) parsed(repeated("a = %d", " OR ", 5_000))).operands().size());
        assertEquals(
                20_000,
                ((InList) parsed("a IN (" + repeated("%d", ", ", 20_000) + ")"))
                        .list()
                        .size());
    }

    @Test
    void wideQueries() {
        Select select =
                (Select) ((Print) statement("SELECT " + repeated("t.c%d AS d", ", ", 5_000) + " FROM t")).query();
        assertEquals(5_000, select.items().size());
        CreateTable table = (CreateTable) statement("CREATE TABLE t (" + repeated("c%d INT", ", ", 5_000) + ")");
        assertEquals(5_000, table.elements().size());
        SetOperation union = (SetOperation) ((Print) statement(repeated("SELECT %d", " UNION ALL ", 5_000))).query();
        assertEquals(5_000, union.inputs().size());
    }

    @Test
    void longTexts() {
        String text = "SELECT '" + "x".repeat(900_000) + "'";
        assertEquals(900_010, TreePrinter.print(statement(text)).length() + 1);
        statement("SELECT X'" + "0F".repeat(450_000) + "'");
        statement("-- " + "y".repeat(900_000) + "\nSELECT 1");
        statement("SELECT " + repeated("1", "+", 450_000));
        statement("SELECT a IN (" + repeated("1", ",", 450_000) + ")");
        int statements = Parser.parse(source(repeated("SELECT 1", ";", 100_000)))
                .statements()
                .size();
        assertEquals(100_000, statements);
    }

    /** A statement that is refused is explained as fast as another is read. */
    @Test
    void longTextsThatAreWrong() {
        assertEquals(
                ErrorCode.UNEXPECTED_TOKEN,
                refusal("SELECT " + repeated("1", "+", 450_000) + " +").code());
        assertEquals(
                ErrorCode.UNEXPECTED_TOKEN,
                refusal("SELECT " + repeated("a", ",", 450_000) + " FROM FROM").code());
        assertEquals(
                ErrorCode.UNTERMINATED_TOKEN,
                refusal("SELECT " + "'".repeat(900_001)).code());
        assertEquals(
                ErrorCode.UNTERMINATED_TOKEN, refusal("/* ".repeat(300_000)).code());
        QueryException failure =
                assertThrows(QueryException.class, () -> Parser.parse(source(repeated("SELECT FROM", ";", 50_000))));
        assertEquals(50_000, failure.diagnostics().size());
        assertTrue(failure.getMessage().length() < 64 * 1024);
        assertTrue(failure.getMessage().endsWith(" more"), failure.getMessage());
    }

    /** Each nests in another way; a few thousand levels are refused, whatever they are made of. */
    @TestFactory
    Stream<DynamicTest> nesting() {
        return Stream.of(
                refused("parentheses", "nesting depth", "SELECT ", "(", "1", ")", 100_000),
                refused("unclosed parentheses", "nesting depth", "SELECT ", "(", "1", "", 500_000),
                refused("brackets", "nesting depth", "SELECT ", "[", "1", "", 500_000),
                refused("calls", "nesting depth", "SELECT ", "f(", "1", ")", 100_000),
                refused("cases", "nesting depth", "SELECT ", "CASE WHEN ", "1", " THEN 1 END", 10_000),
                refused("queries", "nesting depth", "", "SELECT * FROM (", "SELECT 1", ")", 10_000),
                refused("scalar queries", "nesting depth", "", "SELECT (", "SELECT 1", ")", 10_000),
                refused("negations", "tree depth", "SELECT ", "NOT ", "a", "", 100_000),
                refused("signs", "tree depth", "SELECT ", "- ", "a", "", 100_000),
                refused("casts", "tree depth", "SELECT a", "::INT", "", "", 100_000),
                refused("fields", "tree depth", "SELECT (a)", ".b", "", "", 100_000),
                refused("elements", "tree depth", "SELECT a", "[1]", "", "", 100_000),
                refused("tests", "tree depth", "SELECT a", " IS NULL", "", "", 100_000),
                refused("time zones", "tree depth", "SELECT a", " AT TIME ZONE 'x'", "", "", 50_000),
                refused("array types", "tree depth", "SELECT a::", "ARRAY<", "INT", ">", 100_000),
                refused("array suffixes", "tree depth", "SELECT a::INT", "[]", "", "", 100_000),
                refused("row types", "tree depth", "SELECT a::", "ROW<a ", "INT", ">", 50_000),
                refused("joins", "tree depth", "FROM a", " JOIN b", "", "", 50_000),
                refused("commas", "tree depth", "FROM a", ", b", "", "", 100_000),
                refused("unions", "tree depth", "SELECT 1", " UNION SELECT 1 UNION ALL SELECT 1", "", "", 20_000));
    }

    private static DynamicTest refused(
            String name, String limit, String before, String opening, String middle, String closing, int times) {
        String text = before + opening.repeat(times) + middle + closing.repeat(times);
        return DynamicTest.dynamicTest(name, () -> {
            Diagnostic refusal = refusal(text);
            assertEquals(ErrorCode.NESTED_TOO_DEEPLY, refusal.code(), refusal.message());
            assertTrue(refusal.message().contains("'" + limit + "'"), refusal.message());
        });
    }

    /** Just within the limits, whatever is nested in whatever else. */
    @TestFactory
    Stream<DynamicTest> allowedNesting() {
        return Stream.of(
                allowed("parentheses", "SELECT ", "(", "1", ")", 500),
                allowed("queries in parentheses", "", "(", "SELECT 1", ")", 500),
                allowed("unions in parentheses", "", "(", "SELECT 1", " UNION SELECT 2)", 500),
                allowed("queries or expressions", "SELECT ", "((SELECT 1) + ", "1", ")", 499),
                allowed("scalar queries", "", "SELECT (", "SELECT 1", ")", 499),
                allowed("queries in FROM", "", "FROM (", "FROM t", ") AS a", 499),
                allowed("relations", "FROM ", "(", "a", " JOIN b ON TRUE)", 500),
                allowed("negated parentheses", "SELECT ", "NOT (a = -(", "1", "))", 250),
                allowed("cases", "SELECT ", "CASE WHEN a THEN ", "1", " END", 500),
                allowed("positions", "SELECT ", "POSITION(", "'x'", " IN s)", 400),
                allowed("trims", "SELECT ", "TRIM(BOTH (", "x", ") FROM s)", 249),
                allowed("special calls", "SELECT ", "SUBSTRING(", "'x'", " FROM 1 FOR 2)", 400),
                allowed("in lists", "SELECT ", "a IN (", "1", ", 2)", 500),
                allowed("betweens", "SELECT ", "a BETWEEN (", "1", ") AND 2", 500),
                allowed("table functions", "FROM ", "f((FROM ", "t", "))", 249),
                allowed("casts", "SELECT ", "CAST(", "1", " AS ROW<a ARRAY<INT>>)", 500),
                allowed("rows", "SELECT ", "(", "1", ", 2)", 500),
                allowed("named queries", "", "WITH a AS (", "SELECT 1", ") FROM a", 500),
                allowed("types", "SELECT a::", "ARRAY<", "INT", ">", 1_900),
                allowed("negations", "SELECT ", "NOT ", "a", "", 1_900),
                allowed("postfix casts", "SELECT a", "::INT", "", "", 500),
                allowed("joins", "FROM a", " JOIN b ON TRUE", "", "", 1_900));
    }

    private static DynamicTest allowed(
            String name, String before, String opening, String middle, String closing, int times) {
        String text = before + opening.repeat(times) + middle + closing.repeat(times);
        return DynamicTest.dynamicTest(name, () -> {
            Statement statement = statement(text);
            String printed = DeepStack.call(() -> TreePrinter.print(statement));
            Statement again = statement(printed);
            assertTrue(DeepStack.call(() -> statement.equals(again)), name);
        });
    }

    /** Wrong at the innermost place: both predictions and the explanation run through the whole depth. */
    @TestFactory
    Stream<DynamicTest> errorsAtTheBottom() {
        return Stream.of(
                        "(",
                        "((SELECT 1) + ",
                        "f(",
                        "CASE WHEN a THEN ",
                        "SUBSTRING(a FROM ",
                        "TRIM(BOTH -",
                        "POSITION(",
                        "a IN (")
                .map(opening -> DynamicTest.dynamicTest(opening, () -> {
                    Diagnostic refusal = refusal("SELECT " + opening.repeat(400) + "FROM");
                    assertEquals(ErrorCode.UNEXPECTED_TOKEN, refusal.code(), refusal.message());
                }));
    }

    @Test
    void tooLongATextIsRefusedWhereTheLimitIs() {
        Diagnostic refusal = refusal("SELECT '" + "ä".repeat(4 << 20) + "'");
        assertEquals(ErrorCode.TEXT_TOO_LONG, refusal.code());
        assertTrue(refusal.message().contains("'text size'"), refusal.message());
        assertEquals(8 + (1 << 19) - 4, refusal.at().start());
    }

    @Test
    void theLimitItselfIsAllowed() {
        int room = TokenReader.MAX_TEXT_BYTES - "SELECT ''".length();
        statement("SELECT '" + "x".repeat(room) + "'");
        assertEquals(
                ErrorCode.TEXT_TOO_LONG,
                refusal("SELECT '" + "x".repeat(room + 1) + "'").code());
    }

    /** The parser's lookahead tables are shared by all parses of a process: hostile texts must not fill the heap with them. */
    @Test
    void whatTheParserLearnsStaysBounded() {
        for (int round = 0; round < 200; round++) {
            int depth = round;
            refusal("SELECT " + "SUBSTRING(".repeat(depth) + "TRIM(BOTH -".repeat(depth) + "FROM");
        }
        assertTrue(
                PredictionCache.shared().states() <= 2 * PredictionCache.MAX_STATES,
                "states " + PredictionCache.shared().states());
    }

    /** A caller's own stack may be as small as it likes. */
    @Test
    void theStackOfTheCallerDoesNotMatter() throws InterruptedException {
        String text = "(".repeat(400) + "1" + ")".repeat(400);
        int[] parsed = {0};
        Thread small = new Thread(null, () -> parsed[0] = parsed(text).equals(parsed("1")) ? 1 : 2, "small", 64 << 10);
        small.start();
        small.join();
        assertEquals(1, parsed[0]);
    }

    private static String repeated(String pattern, String separator, int times) {
        return IntStream.range(0, times)
                .mapToObj(index -> pattern.replace("%d", Integer.toString(index)))
                .collect(Collectors.joining(separator));
    }

    private static Expression parsed(String text) {
        return soon(() -> Parser.parseExpression(source(text)));
    }

    private static Statement statement(String text) {
        List<Statement> statements = soon(() -> Parser.parse(source(text))).statements();
        assertEquals(1, statements.size());
        return statements.get(0);
    }

    private static Diagnostic refusal(String text) {
        QueryException failure = assertThrows(QueryException.class, () -> soon(() -> Parser.parse(source(text))));
        assertEquals(1, failure.diagnostics().size());
        assertTrue(failure.getMessage().length() < 2_000, failure.getMessage());
        return failure.diagnostics().get(0);
    }

    private static <T> T soon(Supplier<T> step) {
        return assertTimeoutPreemptively(SOON, step::get);
    }

    private static SourceText source(String text) {
        return new SourceText("limits.sql", text);
    }
}
