package io.leat.compiler.corpus;

import io.leat.compiler.QueryCompiler;
import io.leat.compiler.explain.Compilation;
import io.leat.compiler.explain.Compilation.PlannedStatement;
import io.leat.compiler.optimize.PruneColumns;
import io.leat.compiler.physical.Shape;
import io.leat.grammar.source.QueryException;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compiles and runs one case in whatever modes; what was compiled and written once is used again. One thread at a time. */
final class CaseRun {
    private final Case of;
    private final QueryCompiler compiler;
    private final TestEngine engine;
    private final Path folder;
    private final Map<Variation, Compilation> compiled = new HashMap<>();
    private final Set<InputForm> written = EnumSet.noneOf(InputForm.class);
    private List<TableData> tables;

    /**
     * @param folder where files of this case may go
     */
    CaseRun(Case of, QueryCompiler compiler, TestEngine engine, Path folder) {
        this.of = of;
        this.compiler = compiler;
        this.engine = engine;
        this.folder = folder;
    }

    List<TableData> tables() {
        if (tables == null) {
            tables = of.tables().stream()
                    .map(table -> TableData.of(table, CaseBinding.table(table)))
                    .toList();
        }
        return tables;
    }

    /**
     * @throws QueryException if the compiler refuses the query
     */
    Compilation compile(Variation variation) {
        Compilation known = compiled.get(variation);
        if (known == null) {
            known = compiler.compile(new CaseText(of, variation).source(), variation.options(of));
            compiled.put(variation, known);
        }
        return known;
    }

    /** A mode without it for each rule that changes something about this case. */
    List<Mode> oneRuleOff() {
        Set<String> fired = new TreeSet<>();
        List<PlannedStatement> statements = compile(Variation.PLAIN).statements();
        statements.forEach(statement -> statement.firings().forEach(firing -> fired.add(firing.rule())));
        Variation apart = Variation.PLAIN.withoutRules(Set.of(PruneColumns.SHARE_PARTS));
        if (!compile(apart).physical().equals(compile(Variation.PLAIN).physical())) {
            fired.add(PruneColumns.SHARE_PARTS);
        }
        List<Mode> modes = new ArrayList<>();
        fired.forEach(rule -> modes.add(Mode.without(rule)));
        Set<Shape> alone = compile(Variation.PLAIN).physical().shapes();
        alone.forEach(shape -> modes.add(Mode.without(shape.rule())));
        Variation spread = Variation.PLAIN.withParallelism(3);
        for (Shape shape : compile(spread).physical().shapes()) {
            if (!alone.contains(shape)) {
                modes.add(Mode.without(shape.rule(), spread.withoutRules(Set.of(shape.rule()))));
            }
        }
        return modes;
    }

    Outcome run(Mode mode) {
        InputForm form = mode.variation().form();
        Path data = folder.resolve(form.format());
        boolean first = written.add(form);
        if (of.hasMoments()) {
            return runStaged(mode, data, first);
        }
        if (first) {
            InputFiles.write(data, tables(), form);
        }
        return run(mode, data, engine);
    }

    /** Where the clock goes on, each run has one of its own. */
    private Outcome runStaged(Mode mode, Path data, boolean first) {
        if (first) {
            InputFiles.writeStaged(data, of.tables(), tables());
        }
        List<String> partitions = new ArrayList<>();
        for (int table = 0; table < of.tables().size(); table++) {
            if (of.tables().get(table).stream()) {
                partitions.addAll(StagedConnector.partitions(data.resolve("t" + table)));
            }
        }
        try (TestEngine own = new TestEngine(new CaseClock(partitions))) {
            return run(mode, data, own);
        }
    }

    private Outcome run(Mode mode, Path data, TestEngine by) {
        CompiledJob job = compile(mode.variation()).job();
        removeOutput(data);
        if (mode.archived()) {
            Path jar = folder.resolve("job.jar");
            job.save(jar);
            job = CompiledJob.load(jar);
        }
        if (mode.shuffled()) {
            return by.runShuffled(job, settings(mode), data, of.parameters(), seed());
        }
        if (mode.pieces().isEmpty()) {
            return by.run(job, settings(mode), data, of.parameters());
        }
        List<CompiledJob> jobs = mode.pieces().stream()
                .map(workers ->
                        compile(mode.variation().withParallelism(workers)).job())
                .toList();
        if (mode.kept()) {
            Path state = folder.resolve("state");
            FileTree.delete(state);
            return by.runKept(jobs, settings(mode), data, of.parameters(), state, seed());
        }
        return by.runInPieces(jobs, settings(mode), data, of.parameters(), false, seed());
    }

    private JobSettings settings(Mode mode) {
        JobSettings settings = mode.settings();
        return of.hasMoments() && settings.epochMillis().isEmpty()
                ? settings.withEpochMillis(CaseClock.EPOCH_MILLIS)
                : settings;
    }

    /** What is drawn for a case is the same each time. */
    private long seed() {
        return of.name().hashCode();
    }

    /** What an earlier run wrote into files of its own must not be read by this one. */
    private static void removeOutput(Path data) {
        FileTree.delete(data.resolve("out"));
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
