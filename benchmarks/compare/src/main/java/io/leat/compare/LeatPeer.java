package io.leat.compare;

import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.Column;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.local.Engine;
import io.leat.runtime.local.Job;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.local.ResultReceiver;
import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Leat, one worker: compiled once, deployed for each run. */
final class LeatPeer implements Peer {
    private final Engine engine = Engine.open();

    @Override
    public String name() {
        return "leat";
    }

    @Override
    public boolean takes(Workload workload) {
        return true;
    }

    @Override
    public Run prepare(Workload workload, Path data) {
        CompiledJob compiled = new QueryCompiler()
                .compile(new SourceText(workload + ".sql", workload.script(data)), CompileOptions.defaults())
                .job();
        return () -> {
            Rows rows = workload.isPassThrough() ? new Sums() : new Texts();
            try (Job job = engine.deploy(compiled, JobOptions.defaults().withResults(rows))) {
                job.await();
            }
            return rows.answer();
        };
    }

    @Override
    public void close() {
        engine.close();
    }

    private abstract static class Rows implements ResultReceiver {
        abstract List<String> answer();

        @Override
        public void begin(String title, Schema schema) {
            // There is one result.
        }

        @Override
        public void flush() {
            // Nothing is kept back.
        }

        @Override
        public void end() {
            // The job says so, too.
        }
    }

    private static final class Texts extends Rows {
        private final List<String> texts = new ArrayList<>();

        @Override
        public void rows(Batch batch) {
            for (int row = 0; row < batch.rows(); row++) {
                StringBuilder text = new StringBuilder();
                for (int i = 0; i < batch.columns(); i++) {
                    Column column = batch.column(i);
                    text.append(i == 0 ? "" : ",");
                    if (column.type().physical() == Physical.BYTES) {
                        text.append(column.getText(row));
                    } else {
                        text.append(column.getLong(row));
                    }
                }
                texts.add(text.toString());
            }
        }

        @Override
        List<String> answer() {
            return texts;
        }
    }

    /** What {@link Workload#isPassThrough} says. */
    private static final class Sums extends Rows {
        private long rows;
        private long auctions;
        private long bidders;
        private long prices;
        private long lengths;

        @Override
        public void rows(Batch batch) {
            Column auction = batch.column(0);
            Column bidder = batch.column(1);
            Column price = batch.column(2);
            Column extra = batch.column(4);
            for (int row = 0; row < batch.rows(); row++) {
                auctions += auction.getLong(row);
                bidders += bidder.getLong(row);
                prices += price.getLong(row);
                lengths += extra.bytesLength(row);
            }
            rows += batch.rows();
        }

        @Override
        List<String> answer() {
            return List.of(rows + "," + auctions + "," + bidders + "," + prices + "," + lengths);
        }
    }
}
