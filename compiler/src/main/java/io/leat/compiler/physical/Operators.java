package io.leat.compiler.physical;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.compiler.physical.PhysicalOperator.Pipeline;
import io.leat.grammar.source.Origin;
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
    static final String WEIGHT = Schema.WEIGHT;

    private final int parallelism;
    private final Shapes shapes;
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

    /**
     * @param shapes which may be chosen; takes those that are
     */
    Operators(int parallelism, Shapes shapes, Numbers numbers) {
        this.parallelism = parallelism;
        this.shapes = shapes;
        this.numbers = numbers;
        this.statements = List.of();
        this.operators = new ArrayList<>();
        this.scans = new HashMap<>();
        this.memoryScans = new HashMap<>();
    }

    private Operators(Operators all, List<Integer> statements) {
        this.parallelism = all.parallelism;
        this.shapes = all.shapes;
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

    Shapes shapes() {
        return shapes;
    }

    /**
     * Whether an operator is to keep rows so that they can be taken back: because some are, or because what is kept of rows that only come is
     * not to be told apart.
     */
    boolean takesBack(List<Path> paths) {
        return paths.stream().anyMatch(Path::weighted) || !shapes.choose(Shape.SPECIALIZE_APPEND);
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
     * Ends paths where all rows rest on the first worker.
     *
     * @param schema the columns that the rows have there; behind the weight if they are changes
     * @param weighted whether they rest as changes; otherwise those that come and go are summed up first, and those that are left told
     */
    List<Edge> rest(List<Path> paths, Schema schema, boolean weighted, Terminals terminals) {
        if (!weighted && paths.stream().anyMatch(Path::weighted)) {
            return List.of(gathered(settled(paths, schema, terminals)));
        }
        List<Edge> edges = new ArrayList<>();
        for (Path path : paths) {
            List<Integer> from =
                    path.isBare(schema.fields()) ? path.from() : List.of(pipeline(path, terminals.of(path, schema)));
            from.forEach(id -> edges.add(gathered(id, path.parallel())));
        }
        return edges;
    }

    /** Sums up the rows of paths on the first worker: what takes a row back finds it there, also if a later run has other workers. */
    private Path settled(List<Path> paths, Schema schema, Terminals terminals) {
        Schema changes = new Schema(weighted(schema.fields()));
        List<Edge> edges = new ArrayList<>();
        Origin at = Origin.NONE;
        for (Path path : paths) {
            Terminal.Emit plain = terminals.of(path, schema);
            List<Expr> columns = new ArrayList<>();
            if (!path.weighted()) {
                columns.add(new Literal(1L, Type.BIGINT, plain.at()));
            }
            columns.addAll(plain.columns());
            int from = pipeline(path, new Terminal.Emit(columns, changes, path.weighted(), plain.at()));
            edges.add(gathered(from, path.parallel()));
            at = plain.at();
        }
        int id = newId();
        add(new PhysicalOperator.SettleRows(id, edges, changes, schema, at));
        return Path.of(id, schema, false);
    }

    private Edge gathered(Path path) {
        return gathered(path.from().get(0), path.parallel());
    }

    private Edge gathered(int id, boolean everywhere) {
        return new Edge(id, everywhere && isParallel() ? Distribution.GATHER : Distribution.LOCAL);
    }

    /** How a path ends. */
    @FunctionalInterface
    interface Terminals {
        Terminal.Emit of(Path path, Schema schema);
    }

    static List<Field> weighted(List<Field> fields) {
        List<Field> all = new ArrayList<>();
        all.add(Field.required(WEIGHT, Type.BIGINT));
        all.addAll(fields);
        return all;
    }
}
