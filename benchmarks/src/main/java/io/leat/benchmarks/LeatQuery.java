package io.leat.benchmarks;

import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.local.Engine;
import io.leat.runtime.local.Job;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.local.ResultReceiver;
import io.leat.runtime.type.Schema;
import java.util.function.Consumer;

/**
 * A query from its text to a running job: compiled and deployed as anybody would, over lines in memory. The text says {@code ${lines}} and
 * {@code ${lookup}} for the names of the lines that it reads round after round, and of those that it reads once.
 */
final class LeatQuery implements AutoCloseable {
    private final Rounds lines;
    private final Rounds lookup;
    private final Engine engine;
    private final CompiledJob compiled;
    private final Consumer<Batch> receiver;
    private Job job;
    private double sum;
    private long rounds;

    private LeatQuery(String sql, Lines lines, Lines lookup, Consumer<Batch> receiver) {
        this.lines = new Rounds(lines);
        this.lookup = new Rounds(lookup);
        this.lookup.start();
        this.lookup.end();
        String text = sql.replace("${lines}", this.lines.name()).replace("${lookup}", this.lookup.name());
        this.compiled = new QueryCompiler()
                .compile(new SourceText("benchmark.sql", text), CompileOptions.defaults())
                .job();
        this.engine = Engine.open();
        this.receiver = receiver;
    }

    private void deploy() {
        if (job == null) {
            job = engine.deploy(compiled, JobOptions.defaults().withResults(receiver(receiver)));
        }
    }

    /** A job to measure; it starts with the first round. */
    static LeatQuery prepare(String sql, Lines lines, Lines lookup) {
        LeatQuery[] prepared = new LeatQuery[1];
        prepared[0] = new LeatQuery(sql, lines, lookup, batch -> prepared[0].sum += Answer.sum(batch));
        return prepared[0];
    }

    /** The answer for lines that are read once. */
    static Answer answer(String sql, Lines lines, Lines lookup) {
        Answer answer = new Answer();
        try (LeatQuery query = new LeatQuery(sql, lines, lookup, answer::add)) {
            query.lines.start();
            query.lines.end();
            query.deploy();
            query.job.await();
        }
        return answer;
    }

    /** Works off all lines once more. */
    void round() {
        deploy();
        rounds++;
        lines.run();
        if (job.isEnded()) {
            job.await();
            throw new IllegalStateException("the job ended before its lines did");
        }
    }

    /**
     * Ends the job.
     *
     * @param ofRound what the numbers of one round add up to
     * @throws IllegalStateException if those of all rounds add up to something else
     */
    void finish(double ofRound) {
        if (job == null) {
            return;
        }
        lines.end();
        job.await();
        if (sum != rounds * ofRound) {
            throw new IllegalStateException(rounds + " rounds of " + ofRound + " gave " + sum);
        }
    }

    @Override
    public void close() {
        if (job != null) {
            job.close();
        }
        engine.close();
        lines.close();
        lookup.close();
    }

    private static ResultReceiver receiver(Consumer<Batch> rows) {
        return new ResultReceiver() {
            @Override
            public void begin(String title, Schema schema) {
                // There is one result.
            }

            @Override
            public void rows(Batch batch) {
                rows.accept(batch);
            }

            @Override
            public void flush() {
                // Nothing is kept back.
            }

            @Override
            public void end() {
                // The job says so, too.
            }
        };
    }
}
