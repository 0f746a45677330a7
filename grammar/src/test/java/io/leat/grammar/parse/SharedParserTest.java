package io.leat.grammar.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.grammar.source.SourceText;
import io.leat.grammar.tree.Script;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Parses share what they learn about the grammar, and nothing else. */
class SharedParserTest {
    @Test
    void parallelParsesGiveTheSameTrees() throws ExecutionException, InterruptedException {
        List<String> inputs = CaseFile.inputs("trees");
        List<Script> expected = inputs.stream().map(SharedParserTest::parsed).toList();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> running = new ArrayList<>();
        for (int seed = 0; seed < 8; seed++) {
            List<Integer> order = new ArrayList<>();
            for (int index = 0; index < inputs.size(); index++) {
                order.add(index);
            }
            Collections.shuffle(order, new Random(seed));
            running.add(threads.submit(() -> order.forEach(
                    index -> assertEquals(expected.get(index), parsed(inputs.get(index)), inputs.get(index)))));
        }
        for (Future<?> each : running) {
            each.get();
        }
        threads.shutdown();
    }

    @Test
    void anInterruptDoesNotStopAParseAndIsKept() {
        Thread.currentThread().interrupt();
        assertEquals(1, parsed("SELECT 1").statements().size());
        assertTrue(Thread.interrupted());
    }

    private static Script parsed(String text) {
        return Parser.parse(new SourceText("case.sql", text));
    }
}
