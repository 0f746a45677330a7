package io.leat.compiler.physical;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.physical.PhysicalOperator.Pipeline;
import io.leat.runtime.job.NodeSpec.Distribution;
import io.leat.runtime.job.NodeSpec.Edge;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The operators of a phase while it is planned. Numbers go on from phase to phase. */
final class Operators {
    /** The column before those of a change: how many times its row comes, or goes if negative. */
    static final String WEIGHT = "$weight";

    private final int parallelism;
    private final Numbers numbers;
    private final List<Integer> statements;
    private final List<PhysicalOperator> operators;
    private final Map<Table, Integer> scans;
    private final Map<List<Integer>, Integer> memoryScans;

    /** Gives out the ids of operators. */
    static final class Numbers {
        private int next;

        int take() {
            return next++;
        }
    }

    Operators(int parallelism, Numbers numbers) {
        this.parallelism = parallelism;
        this.numbers = numbers;
        this.statements = List.of();
        this.operators = new ArrayList<>();
        this.scans = new HashMap<>();
        this.memoryScans = new HashMap<>();
    }

    private Operators(Operators all, List<Integer> statements) {
        this.parallelism = all.parallelism;
        this.numbers = all.numbers;
        this.statements = statements;
        this.operators = all.operators;
        this.scans = all.scans;
        this.memoryScans = all.memoryScans;
    }

    /** The same operators; those that are added from here on work for these statements. */
    Operators servingOnly(List<Integer> ranks) {
        return new Operators(this, List.copyOf(ranks));
    }

    /** The ranks of the statements that operators are added for. */
    List<Integer> statements() {
        return statements;
    }

    int newId() {
        return numbers.take();
    }

    boolean isParallel() {
        return parallelism > 1;
    }

    void add(PhysicalOperator operator) {
        operators.add(operator);
    }

    List<PhysicalOperator> all() {
        return operators;
    }

    /** The scan of a source, one for all who read it in this phase. */
    int scan(Table table, int source) {
        return scans.computeIfAbsent(table, key -> {
            int id = newId();
            add(new PhysicalOperator.SourceScan(id, source));
            return id;
        });
    }

    /** The scans of sources so far. */
    Map<Table, Integer> scans() {
        return scans;
    }

    int memoryScan(int source, int statement) {
        return memoryScans.computeIfAbsent(List.of(source, statement), key -> {
            int id = newId();
            add(new PhysicalOperator.MemoryScan(id, source, statement));
            return id;
        });
    }

    /** Ends a path in a pipeline; answers with its id. */
    int pipeline(Path path, Terminal terminal) {
        int id = newId();
        add(new Pipeline(
                id,
                path.local(),
                path.input(),
                path.weighted(),
                path.source(),
                path.pace(),
                Rehearsal.isNeeded(path, terminal),
                statements,
                path.steps(),
                terminal));
        return id;
    }

    /**
     * Ends paths where rows rest.
     *
     * @param schema the columns that the rows have there; behind the weight if they are changes
     * @param gathered whether they all rest on the first worker
     */
    List<Edge> rest(List<Path> paths, Schema schema, boolean gathered, Terminals terminals) {
        List<Edge> edges = new ArrayList<>();
        for (Path path : paths) {
            List<Integer> from =
                    path.isBare(schema.fields()) ? path.from() : List.of(pipeline(path, terminals.of(path, schema)));
            boolean moves = gathered && path.parallel() && isParallel();
            from.forEach(id -> edges.add(new Edge(id, moves ? Distribution.GATHER : Distribution.LOCAL)));
        }
        return edges;
    }

    /** How a path ends. */
    @FunctionalInterface
    interface Terminals {
        Terminal of(Path path, Schema schema);
    }

    static List<Field> weighted(List<Field> fields) {
        List<Field> all = new ArrayList<>();
        all.add(Field.required(WEIGHT, Type.BIGINT));
        all.addAll(fields);
        return all;
    }
}
