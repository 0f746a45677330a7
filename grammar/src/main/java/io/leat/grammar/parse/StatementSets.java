package io.leat.grammar.parse;

import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * Takes away the words around Flink's statement sets, {@code EXECUTE STATEMENT SET BEGIN …; …; END;} and
 * {@code BEGIN STATEMENT SET; …; END;}: all statements of a file are one job anyway. What begins a set without an end stays, and is an
 * error where it is parsed.
 */
final class StatementSets {
    private static final List<String> IN_FRONT = List.of("EXECUTE", "STATEMENT", "SET", "BEGIN");
    private static final List<String> ALONE = List.of("BEGIN", "STATEMENT", "SET");
    private static final List<String> END = List.of("END");

    private StatementSets() {}

    /**
     * Removes the words of sets.
     *
     * @param statements the tokens of each statement, the sign or the end of the file behind it included; are changed
     */
    static void open(List<List<Token>> statements) {
        List<Token> opening = null;
        for (List<Token> statement : statements) {
            if (beginsWith(IN_FRONT, statement) || isOnly(ALONE, statement)) {
                opening = statement;
            } else if (opening != null && isOnly(END, statement)) {
                int words = beginsWith(IN_FRONT, opening) ? IN_FRONT.size() : ALONE.size();
                opening.subList(0, words).clear();
                statement.remove(0);
                opening = null;
            }
        }
    }

    private static boolean isOnly(List<String> words, List<Token> statement) {
        return statement.size() == words.size() + 1 && beginsWith(words, statement);
    }

    private static boolean beginsWith(List<String> words, List<Token> statement) {
        if (statement.size() <= words.size()) {
            return false;
        }
        for (int index = 0; index < words.size(); index++) {
            if (!statement.get(index).getText().equalsIgnoreCase(words.get(index))) {
                return false;
            }
        }
        return true;
    }
}
