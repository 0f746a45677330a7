package io.leat.runtime.local;

import io.leat.runtime.epoch.Fingerprints;
import io.leat.runtime.job.FunctionSemantics;
import io.leat.runtime.job.JobGraph;
import io.leat.runtime.job.JobGraph.StatementSpec;
import io.leat.runtime.job.SinkSpec;
import io.leat.runtime.job.SourceSpec;
import io.leat.runtime.state.SectionReader;
import io.leat.runtime.state.SectionWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A query as far as its state depends on it.
 *
 * @param operators those that keep something, in the order of the job
 * @param sources tables that are read, by number
 * @param statements titles, by number
 * @param results titles of results that are shown
 * @param tables tables in memory
 * @param functions what functions mean: {@link FunctionSemantics#VERSION}
 * @param zones the rules of time zones that the query uses, by zone
 */
record SavedQuery(
        List<SavedOperator> operators,
        List<String> sources,
        List<String> statements,
        List<String> results,
        List<String> tables,
        int functions,
        Map<String, String> zones) {
    SavedQuery {
        operators = List.copyOf(operators);
        sources = List.copyOf(sources);
        statements = List.copyOf(statements);
        results = List.copyOf(results);
        tables = List.copyOf(tables);
        zones = Collections.unmodifiableMap(new TreeMap<>(zones));
    }

    static SavedQuery of(JobGraph graph) {
        return new SavedQuery(
                new SavedNames(graph).operators(),
                graph.sources().stream().map(SourceSpec::table).toList(),
                graph.statements().stream().map(StatementSpec::title).toList(),
                sinks(graph, SinkSpec.Kind.PRINT),
                sinks(graph, SinkSpec.Kind.MEMORY),
                FunctionSemantics.VERSION,
                FunctionSemantics.zones(graph));
    }

    private static List<String> sinks(JobGraph graph, SinkSpec.Kind kind) {
        return graph.sinks().stream()
                .filter(sink -> sink.kind() == kind)
                .map(SinkSpec::name)
                .toList();
    }

    /** In short: equal for queries of which each goes on with the state of the other. */
    Fingerprints fingerprints() {
        StringBuilder plan = new StringBuilder();
        StringBuilder layouts = new StringBuilder();
        operators.forEach(each -> {
            plan.append(each.name()).append(' ').append(each.plan().print()).append('\n');
            layouts.append(each.name()).append(' ').append(each.keeps()).append('\n');
        });
        return Fingerprints.of(plan.toString(), layouts.toString(), functions, zones.toString());
    }

    void save(SectionWriter out) {
        out.entry();
        out.putInt(operators.size());
        operators.forEach(each -> each.save(out));
        SavedOperator.save(sources, out);
        SavedOperator.save(statements, out);
        SavedOperator.save(results, out);
        SavedOperator.save(tables, out);
        out.putInt(functions);
        SavedOperator.save(List.copyOf(zones.keySet()), out);
        SavedOperator.save(List.copyOf(zones.values()), out);
    }

    /**
     * @param parts whether operators were taken apart when it was written
     */
    static SavedQuery read(SectionReader in, boolean parts) {
        in.next();
        List<SavedOperator> operators = new ArrayList<>();
        for (int left = in.getInt(); left > 0; left--) {
            operators.add(SavedOperator.read(in, parts));
        }
        List<String> sources = SavedOperator.texts(in);
        List<String> statements = SavedOperator.texts(in);
        List<String> results = SavedOperator.texts(in);
        List<String> tables = SavedOperator.texts(in);
        int functions = in.getInt();
        List<String> names = SavedOperator.texts(in);
        List<String> rules = SavedOperator.texts(in);
        Map<String, String> zones = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            zones.put(names.get(i), rules.get(i));
        }
        return new SavedQuery(operators, sources, statements, results, tables, functions, zones);
    }
}
