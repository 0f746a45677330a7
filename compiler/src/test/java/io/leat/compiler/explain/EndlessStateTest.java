package io.leat.compiler.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.grammar.source.SourceText;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of the state of jobs whose sources never end; cases of the corpus all do. */
class EndlessStateTest {
    private static final String TABLES = table("o") + table("r");

    private static String table(String name) {
        return "CREATE TABLE " + name
                + " (id INT, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND) "
                + "WITH (connector = 'datagen');\n";
    }

    private static Compilation compile(String query) {
        return new QueryCompiler().compile(new SourceText("query.sql", TABLES + query), CompileOptions.defaults());
    }

    @Test
    void aJoinAsOfATimeKeepsTheLastRowOfEachKey() {
        Compilation compilation = compile("SELECT o.v, r.v FROM o JOIN r FOR SYSTEM_TIME AS OF o.ts ON o.id = r.id");
        String state = Explanation.state(compilation);
        assertTrue(state.contains("freed when both watermarks pass the time of the next row of its key"), state);
        assertTrue(
                state.contains(
                        "the last row of each key stays: bounded by the number of keys; EXPIRE AFTER on this side frees it"),
                state);
        assertEquals(List.of(), compilation.warnings());
    }

    @Test
    void aJoinAsOfATimeForgetsRowsThatExpire() {
        Compilation compilation = compile("SELECT o.v, r.v FROM o JOIN r FOR SYSTEM_TIME AS OF o.ts "
                + "EXPIRE AFTER INTERVAL '1' HOUR ON o.id = r.id");
        String state = Explanation.state(compilation);
        assertTrue(state.contains("or its own time + 1 h"), state);
        assertTrue(!state.contains("stays"), state);
    }
}
