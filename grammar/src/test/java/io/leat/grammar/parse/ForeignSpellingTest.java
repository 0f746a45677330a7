package io.leat.grammar.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.grammar.source.SourceText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That each line of the table has its case in {@code errors/03-foreign.txt}, where the answer stands. */
class ForeignSpellingTest {
    @Test
    void everySpellingHasACase() {
        List<StatementTokens> statements = new ArrayList<>();
        for (String input : CaseFile.inputs("errors")) {
            statements.addAll(new TokenReader(new SourceText("case.sql", input)).statements());
        }
        Set<List<String>> missing = new LinkedHashSet<>();
        for (ForeignSpelling spelling : ForeignSpelling.table()) {
            if (statements.stream().noneMatch(statement -> hasSpelling(statement, spelling))) {
                missing.add(spelling.words());
            }
        }
        assertEquals(Set.of(), missing);
    }

    private static boolean hasSpelling(StatementTokens statement, ForeignSpelling spelling) {
        for (int index = 0; index < statement.size(); index++) {
            if (spelling.standsAt(statement, index)) {
                return true;
            }
        }
        return false;
    }
}
