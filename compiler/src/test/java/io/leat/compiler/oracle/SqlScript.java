package io.leat.compiler.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text of several statements in any dialect of SQL. */
final class SqlScript {
    /** Text in quotes, names in quotes, comments; whatever stands in them separates nothing. */
    private static final Pattern TOKEN =
            Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\\*.*?\\*/|;", Pattern.DOTALL);

    private static final Pattern SPACE = Pattern.compile("(?:\\s|--[^\n]*(?:\n|$)|/\\*.*?\\*/)*", Pattern.DOTALL);
    private static final Pattern QUERY =
            Pattern.compile("(?:SELECT|FROM|WITH|VALUES)\\b.*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private SqlScript() {}

    /** The statements, without the separators and without empty ones. */
    static List<String> statements(String script) {
        List<String> statements = new ArrayList<>();
        Matcher tokens = TOKEN.matcher(script);
        int start = 0;
        while (tokens.find()) {
            if (tokens.group().equals(";")) {
                statements.add(script.substring(start, tokens.start()));
                start = tokens.end();
            }
        }
        statements.add(script.substring(start));
        statements.removeIf(statement -> SPACE.matcher(statement).matches());
        return statements;
    }

    /** Whether a statement yields rows. */
    static boolean isQuery(String statement) {
        Matcher space = SPACE.matcher(statement);
        return space.lookingAt()
                && QUERY.matcher(statement.substring(space.end())).matches();
    }
}
