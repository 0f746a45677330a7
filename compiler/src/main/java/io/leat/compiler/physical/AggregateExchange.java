package io.leat.compiler.physical;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan.Aggregate;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.physical.PhysicalOperator.CombineGroups;
import io.leat.compiler.physical.PhysicalOperator.MergeGroups;
import io.leat.compiler.physical.PhysicalOperator.Pipeline;
import io.leat.compiler.physical.Terminal.Input;
import io.leat.compiler.physical.Terminal.Slicing;
import io.leat.grammar.source.Origin;
import io.leat.runtime.job.NodeSpec.Distribution;
import io.leat.runtime.job.NodeSpec.Edge;
import io.leat.runtime.job.Pace;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Groups over an exchange: rows go to the worker that has their group. Whether they are late is decided before, where they still have
 * their partition's watermark; filters are applied before, too. Where it changes nothing but the number of rows that move, they are
 * grouped on both sides of it.
 */
final class AggregateExchange {
    private final HashAggregation aggregation;
    private final Operators operators;
    private final List<Expr> keys;
    private final List<Path> paths;
    private final Function<Path, Slicing> slicing;
    private final Origin at;

    private final SentInputs values;

    /**
     * @param inputs one per aggregate call
     * @param slicing how the rows of a path find their slice
     */
    AggregateExchange(
            Aggregate plan,
            HashAggregation aggregation,
            Operators operators,
            List<Expr> keys,
            List<Input> inputs,
            List<Path> paths,
            Function<Path, Slicing> slicing) {
        this.aggregation = aggregation;
        this.operators = operators;
        this.keys = keys;
        this.paths = paths;
        this.slicing = slicing;
        this.at = plan.at();
        this.values = new SentInputs(inputs, keys.size(), at);
    }

    /** Plans what stands on both sides of the exchange; answers with what feeds the groups. */
    int plan() {
        List<Field> fields = fields();
        Schema schema = new Schema(aggregation.weighted() ? Operators.weighted(fields) : fields);
        Distribution distribution = keys.isEmpty() ? Distribution.GATHER : Distribution.BY_KEY;
        List<Integer> sending = new ArrayList<>();
        for (Path path : paths) {
            Terminal send = new Terminal.EmitSliced(
                    keys, values.sent(), slicing.apply(path), aggregation.weighted(), schema, at);
            sending.add(operators.pipeline(path, send));
        }
        if (!canCombine() || !operators.shapes().choose(Shape.COMBINE_GROUPS)) {
            Pipeline update = update(operators.newId(), edges(sending, distribution), fields, schema);
            operators.add(update);
            return update.id();
        }
        List<Edge> local = edges(sending, Distribution.LOCAL);
        int combining = operators.newId();
        Pipeline update = update(operators.newId(), local, fields, schema);
        operators.add(new CombineGroups(combining, local, aggregation, update));
        operators.add(new MergeGroups(update.id(), edges(List.of(combining), distribution), aggregation, update));
        return update.id();
    }

    private static List<Edge> edges(List<Integer> from, Distribution distribution) {
        return from.stream().map(id -> new Edge(id, distribution)).toList();
    }

    /** Where each change of a group is told, each row has to arrive. */
    private boolean canCombine() {
        return !aggregation.changes() && aggregation.isMergeable();
    }

    private List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            fields.add(
                    new Field("key" + (i + 1), keys.get(i).type(), keys.get(i).nullable()));
        }
        fields.addAll(values.fields());
        for (String name : List.of("$slice", "$first_end", "$hash")) {
            fields.add(Field.required(name, Type.BIGINT));
        }
        return fields;
    }

    /** Puts rows that were sent into groups. */
    private Pipeline update(int id, List<Edge> edges, List<Field> fields, Schema schema) {
        List<Expr> columns = Plans.columns(fields, at);
        int slice = keys.size() + values.sent().size();
        Terminal update = new Terminal.Update(
                aggregation,
                columns.subList(0, keys.size()),
                values.received(),
                new Slicing.Decided(columns.get(slice), columns.get(slice + 1)),
                at);
        return new Pipeline(
                id,
                edges,
                schema,
                aggregation.weighted(),
                false,
                Pace.OF_ROWS,
                false,
                operators.statements(),
                List.of(),
                update);
    }
}
