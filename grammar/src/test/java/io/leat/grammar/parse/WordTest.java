package io.leat.grammar.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.grammar.source.Origin;
import io.leat.grammar.source.QueryException;
import io.leat.grammar.source.SourceText;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Name;
import io.leat.grammar.tree.TreePrinter;
import io.leat.grammar.tree.TypeName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every word of the language as a name, in every place for names: read as such, and quoted by the printer only where it must be. */
class WordTest {
    private static final Origin AT = Origin.NONE;

    private static Stream<String> words() {
        return Stream.concat(
                IntStream.rangeClosed(QueryLexer.SELECT, QueryLexer.TIME_FIELD)
                        .mapToObj(TokenNames::word)
                        .filter(word -> !word.equals("TIME_UNIT") && !word.equals("TIME_FIELD")),
                Stream.of(
                        "DAY",
                        "SECONDS",
                        "EPOCH",
                        "TEMP",
                        "CEILING",
                        "SAFE_CAST",
                        "TIMESTAMPTZ",
                        "STREAM",
                        "CURRENT_DATE",
                        "CURRENT_TIME",
                        "CURRENT_TIMESTAMP",
                        "LOCALTIME",
                        "LOCALTIMESTAMP"));
    }

    @Test
    void reservedWordsAreFew() {
        Set<String> reserved = new TreeSet<>();
        words().filter(word -> !parses("SELECT t." + word + " FROM t")).forEach(reserved::add);
        assertEquals(
                new TreeSet<>(Set.of(
                        "ALL",
                        "AND",
                        "AS",
                        "BETWEEN",
                        "CASE",
                        "CAST",
                        "CREATE",
                        "DISTINCT",
                        "ELSE",
                        "END",
                        "EXCEPT",
                        "FALSE",
                        "FROM",
                        "GROUP",
                        "HAVING",
                        "IN",
                        "INSERT",
                        "INTERSECT",
                        "IS",
                        "JOIN",
                        "LIKE",
                        "LIMIT",
                        "NOT",
                        "NULL",
                        "ON",
                        "OR",
                        "ORDER",
                        "SELECT",
                        "THEN",
                        "TRUE",
                        "UNION",
                        "USING",
                        "WHEN",
                        "WHERE",
                        "WITH")),
                reserved);
    }

    @TestFactory
    Stream<DynamicTest> namesArePrintedSoThatTheyAreReadAgain() {
        return words().map(word -> DynamicTest.dynamicTest(word, () -> {
            Identifier name = new Identifier(word, false, AT);
            Expression column = new Expression.Reference(new Name(List.of(name), AT), AT);
            assertAgain(column, Expression.Reference.class);
            assertAgain(new Expression.Reference(new Name(List.of(name, name), AT), AT), Expression.Reference.class);
            assertAgain(new Expression.FieldAccess(column, name, AT), Expression.FieldAccess.class);
            assertAgain(new Expression.Parameter(word, AT), Expression.Parameter.class);
            TypeName type = new TypeName(word, List.of(), List.of(), List.of(), AT);
            boolean isStructured = Set.of("ROW", "ARRAY", "MAP").contains(word);
            if (!isStructured) {
                assertAgain(new Expression.Cast(column, type, false, AT), Expression.Cast.class);
            }
            if (!Set.of("TRIM", "SUBSTRING", "POSITION", "FLOOR", "CEIL", "CEILING")
                    .contains(word)) {
                List<Expression> arguments = List.of(column, column);
                assertAgain(Expression.Call.of(name, arguments, AT), Expression.Call.class);
            }
        }));
    }

    private static void assertAgain(Expression expression, Class<? extends Expression> kind) {
        String text = TreePrinter.print(expression);
        Expression again = Parser.parseExpression(new SourceText("word.sql", text));
        assertEquals(kind, again.getClass(), text);
        assertEquals(text, TreePrinter.print(again));
    }

    @TestFactory
    Stream<DynamicTest> wordsAreNamesInEveryPlace() {
        return Stream.of(
                        "SELECT a AS %s FROM %s AS %s",
                        "CREATE TABLE %s (%s INT, %s AS a, PRIMARY KEY (%s))",
                        "CREATE VIEW db.%s (%s) AS SELECT 1",
                        "INSERT INTO %s (%s) SELECT 1",
                        "FROM t |> DROP %s |> RENAME %s AS %s |> AS %s |> SET %s = 1 LATE INTO %s",
                        "WITH %s AS (SELECT 1) FROM t JOIN u USING (%s)",
                        "SELECT %s + 1, -%s, (%s), f(%s), %s IS NULL, CASE %s WHEN %s THEN %s END FROM t GROUP BY %s ORDER BY %s",
                        "SET %s.%s = %s")
                .map(pattern -> DynamicTest.dynamicTest(
                        pattern,
                        () -> words().filter(word -> parses("SELECT t." + word))
                                .forEach(word -> Parser.parse(new SourceText(word, pattern.replace("%s", word))))));
    }

    private static boolean parses(String text) {
        try {
            Parser.parse(new SourceText("word.sql", text));
            return true;
        } catch (QueryException failure) {
            return false;
        }
    }
}
