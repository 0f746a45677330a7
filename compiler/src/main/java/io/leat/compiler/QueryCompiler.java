package io.leat.compiler;

import io.leat.compiler.bind.BindOptions;
import io.leat.compiler.bind.Binder;
import io.leat.compiler.bind.BoundScript;
import io.leat.compiler.bind.BoundStatement;
import io.leat.compiler.bytecode.ClassCache;
import io.leat.compiler.bytecode.ClassCompiler;
import io.leat.compiler.codegen.GeneratedClass;
import io.leat.compiler.codegen.JobGenerator;
import io.leat.compiler.codegen.TooLargeException;
import io.leat.compiler.explain.Compilation;
import io.leat.compiler.explain.Compilation.PlannedStatement;
import io.leat.compiler.explain.Explanation;
import io.leat.compiler.explain.PlanPrints;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.optimize.Optimizer;
import io.leat.compiler.optimize.Optimizer.Optimized;
import io.leat.compiler.optimize.PruneColumns;
import io.leat.compiler.physical.PhysicalPlan;
import io.leat.compiler.physical.PhysicalPlanner;
import io.leat.compiler.physical.PhysicalPlanner.Surroundings;
import io.leat.compiler.physical.Positions;
import io.leat.compiler.physical.Shape;
import io.leat.grammar.parse.DeepStack;
import io.leat.grammar.parse.Parsed;
import io.leat.grammar.parse.Parser;
import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.source.QueryException;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.GeneratedCode;
import io.leat.runtime.job.LineMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compiles query files to jobs.
 *
 * <pre>
 * text → tree → bound statements → optimized plans → physical plan → sources → classes
 * </pre>
 *
 * Safe from any thread; classes are kept for when the same query comes again.
 */
public final class QueryCompiler {
    private static final int KEPT_CLASSES = 1024;

    private final ClassCache cache = new ClassCache(KEPT_CLASSES);

    /**
     * Compiles a query file.
     *
     * @throws QueryException with everything that is wrong with it
     */
    public Compilation compile(SourceText source, CompileOptions options) {
        // Plans may be as deep as the text allows.
        return DeepStack.call(() -> {
            Parsed parsed = Parser.parseWhatCanBeRead(source);
            List<Diagnostic> found = new ArrayList<>(parsed.errors());
            BindOptions bindOptions =
                    new BindOptions(options.parameters(), options.streamEnd(), options.roots(), parsed.brokenNames());
            BoundScript script = Binder.bind(parsed.script(), bindOptions, found);
            failOnErrors(source, found);
            return backEnd(source, options, script, found);
        });
    }

    /** All statements, with the answers of those that only ask for an explanation. */
    private List<BoundStatement> answered(SourceText source, CompileOptions options, BoundScript script) {
        List<BoundStatement> statements = new ArrayList<>(script.statements());
        script.explained().forEach((rank, asked) -> {
            Compilation alone = backEnd(source, options, asked.script(), List.of());
            List<String> lines = Explanation.text(asked.view(), alone).lines().toList();
            statements.set(rank, asked.answer(lines));
        });
        return statements;
    }

    private static void failOnErrors(SourceText source, List<Diagnostic> found) {
        if (found.stream().anyMatch(problem -> problem.severity() == Diagnostic.Severity.ERROR)) {
            throw new QueryException(source, found);
        }
    }

    private Compilation backEnd(SourceText source, CompileOptions options, BoundScript script, List<Diagnostic> found) {
        List<BoundStatement> statements = answered(source, options, script);
        List<PlannedStatement> planned = optimize(statements, options);
        PruneColumns columns =
                new PruneColumns(statements.stream().map(BoundStatement::plan).toList());
        boolean shares = !options.disabledRules().contains(PruneColumns.SHARE_PARTS);
        List<LogicalPlan> plans =
                columns.prune(planned.stream().map(each -> each.pruned().plan()).toList(), shares);
        List<PlannedStatement> pruned = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            PlannedStatement each = planned.get(i);
            pruned.add(new PlannedStatement(
                    each.bound(), each.firings(), each.pruned().withPlan(plans.get(i))));
        }
        Surroundings surroundings = new Surroundings(
                jobName(source),
                script.zone(),
                options.parallelism().orElse(script.parallelism().orElse(1)),
                script.settings(),
                shares,
                Shape.named(options.disabledRules()));
        Positions places = origin -> position(source, origin);
        List<BoundStatement> bound =
                pruned.stream().map(PlannedStatement::pruned).toList();
        PhysicalPlan physical = plan(source, bound, columns, places, surroundings);
        // What operators compute is said as one worker would do it: state goes from any number of workers to any other.
        PhysicalPlan alone = surroundings.parallelism() == 1
                ? physical
                : plan(source, bound, columns, places, surroundings.withParallelism(1));
        ClassCompiler classes = new ClassCompiler(cache);
        JobGenerator.Generated generated = generate(source, physical, places, classes);
        CompiledJob job = new CompiledJob(
                generated.graph().withPlans(PlanPrints.of(physical, alone, places)),
                classes.classes(),
                lineMaps(generated.classes(), places));
        return new Compilation(source, found, pruned, physical, generated.classes(), job);
    }

    private static PhysicalPlan plan(
            SourceText source,
            List<BoundStatement> statements,
            PruneColumns columns,
            Positions places,
            Surroundings surroundings) {
        List<Diagnostic> problems = new ArrayList<>();
        return new PhysicalPlanner(statements, columns, places, surroundings)
                .plan(problems)
                .orElseThrow(() -> new QueryException(source, problems));
    }

    private static JobGenerator.Generated generate(
            SourceText source, PhysicalPlan physical, Positions places, ClassCompiler classes) {
        try {
            return new JobGenerator(physical, places, classes).generate();
        } catch (TooLargeException e) {
            Diagnostic problem = new Diagnostic(
                            ErrorCode.TOO_LARGE, "this becomes more code than the limit 'class size' of Java", e.at())
                    .withHelp("write several statements, each with fewer columns or expressions");
            throw new QueryException(source, List.of(problem));
        }
    }

    private static List<PlannedStatement> optimize(List<BoundStatement> statements, CompileOptions options) {
        List<LogicalPlan> bound = statements.stream().map(BoundStatement::plan).toList();
        List<Optimized> optimized = new Optimizer(options.disabledRules(), options.sizes()).optimize(bound);
        List<PlannedStatement> planned = new ArrayList<>();
        for (int i = 0; i < statements.size(); i++) {
            BoundStatement statement = statements.get(i);
            planned.add(new PlannedStatement(
                    statement,
                    optimized.get(i).firings(),
                    statement.withPlan(optimized.get(i).plan())));
        }
        return planned;
    }

    private static Map<String, LineMap> lineMaps(List<GeneratedClass> generated, Positions places) {
        Map<String, LineMap> maps = new TreeMap<>();
        for (GeneratedClass each : generated) {
            List<String> positions =
                    each.origins().stream().map(places::position).toList();
            maps.put(GeneratedCode.PACKAGE + "." + each.name(), new LineMap(positions));
        }
        return maps;
    }

    private static String position(SourceText source, Origin origin) {
        return origin.end() == 0 ? "" : source.line(origin.start()) + ":" + source.column(origin.start());
    }

    /** The name of the file without directories and suffix. */
    private static String jobName(SourceText source) {
        String name = source.name().substring(source.name().lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
