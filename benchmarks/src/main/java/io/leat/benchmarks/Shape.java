package io.leat.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A query that is measured beside the same thing written with Jackson and hash maps, and written by hand. Scores are nanoseconds per row.
 * Before anything is measured all three must give the same answer, and at the end so must all rounds of the query together.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {
            Flags.HEAP,
            Flags.UNKNOWN,
            Flags.UNSAFE,
            Flags.NATIVE,
            Flags.NIO,
            Flags.LANG,
            Flags.REFLECT,
            Flags.REFERENCES,
            Flags.CHANNELS,
            Flags.COMPILER
        })
public abstract class Shape {
    private LeatQuery query;
    private double ofRound;

    /** Compares the answers for one round, and prepares the query for many. */
    final void prepare(String sql, Lines lines, Lines lookup, Answer withJackson, Answer byHand) {
        byHand.requireEqual(withJackson, "the program by hand");
        LeatQuery.answer(sql, lines, lookup).requireEqual(withJackson, "Leat");
        ofRound = withJackson.sum();
        query = LeatQuery.prepare(sql, lines, lookup);
    }

    /** Lets the running query work off all lines once more. */
    final void round() {
        query.round();
    }

    @TearDown
    public void finish() {
        query.finish(ofRound);
        query.close();
    }
}
