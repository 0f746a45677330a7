package io.leat.compiler.codegen;

import io.leat.compiler.codegen.Code.Block;
import io.leat.compiler.physical.HashAggregation;
import io.leat.compiler.physical.Terminal.Input;
import io.leat.compiler.physical.Terminal.Slicing;
import io.leat.compiler.physical.Terminal.Update;
import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Type;
import io.leat.runtime.window.Closing;
import java.util.ArrayList;
import java.util.List;

/** Writes the update of a row's group: find it in the table of the row's slice, then add to its accumulators. */
final class UpdateEmitter {
    private static final String VALUES = "values";

    private final PipelineParts parts;
    private final Update plan;
    private final HashAggregation aggregation;
    private final ExpressionEmitter expressions;
    private final String tableType;
    private boolean countsValues;

    UpdateEmitter(PipelineParts parts, Update plan) {
        this.parts = parts;
        this.plan = plan;
        this.aggregation = plan.aggregation();
        this.expressions = parts.expressions();
        this.tableType = parts.classNames().get(aggregation.id());
    }

    void emit(Columns columns, Scope scope, Scope effective) {
        List<Fragment> keys = new ArrayList<>();
        plan.keys().forEach(key -> keys.add(normal(expressions.emit(key, columns, scope), scope)));
        List<Fragment> inputs = new ArrayList<>();
        plan.inputs().forEach(input -> inputs.add(input(input, columns, scope)));
        effective.block().at(plan.at(), "aggregate");
        new SliceEmitter(parts, effective.block())
                .emit(plan.slicing(), columns, effective, (slice, firstEnd, inner) -> {
                    update(keys, inputs, table(slice, firstEnd, inner.block()), slice, inner);
                    parts.mark("TAKEN", inner.block());
                });
        if (aggregation.changes()) {
            EmitEmitter.finish(parts);
        }
    }

    /** Numbers that are equal must have equal bytes: there are two zeros. */
    private Fragment normal(Fragment key, Scope scope) {
        Physical physical = key.type().physical();
        if (physical == Physical.FLOAT64) {
            String value = expressions.declare("double", "value", key.value() + " + 0.0D", scope);
            return Fragment.of(key.type(), value, key.isNull());
        }
        if (physical == Physical.FLOAT32) {
            String value = expressions.declare("float", "value", key.value() + " + 0.0F", scope);
            return Fragment.of(key.type(), value, key.isNull());
        }
        return key;
    }

    /** The value that a call adds; NULL if it adds none. What a filter refuses is not even computed. */
    private Fragment input(Input input, Columns columns, Scope scope) {
        if (input.filter().isEmpty()) {
            return input.argument()
                    .map(argument -> expressions.emit(argument, columns, scope))
                    .orElse(Fragment.of(Type.BOOLEAN, "true", Fragment.NEVER));
        }
        Type type = input.argument().map(argument -> argument.type()).orElse(Type.BOOLEAN);
        Fragment value = expressions.variables(type, true, "true", scope);
        Scope taken = expressions.whenTrue(input.filter().get(), columns, scope);
        if (taken == scope) {
            taken = scope.inside(scope.block().when("true"));
        }
        Fragment computed = input.argument().isPresent()
                ? expressions.emit(input.argument().get(), columns, taken)
                : Fragment.of(Type.BOOLEAN, "true", Fragment.NEVER);
        expressions.assign(value, computed, taken);
        return value;
    }

    /** A variable with the table of the slice; the last one is kept, since rows come mostly in the order of time. */
    private String table(String slice, String firstEnd, Block block) {
        String table = "table" + parts.frame().names().number();
        if (plan.slicing() instanceof Slicing.None) {
            parts.prologue().declare("final " + tableType, table, "(" + tableType + ") state.slice(0L)");
            return table;
        }
        String of = "slice" + parts.frame().names().number();
        parts.prologue().declare(tableType, table, "null");
        parts.prologue().declare("long", of, "0L");
        Block whole = block;
        String target = table;
        if (!firstEnd.equals(SliceEmitter.ALL)) {
            target = "target" + parts.frame().names().number();
            block.declare(tableType, target, "null");
            Code.Branch branch = block.choose(firstEnd + " == " + SliceEmitter.ALL);
            branch.otherwise().line(target + " = (" + tableType + ") state.slice(" + slice + ", " + firstEnd + ");");
            whole = branch.body();
        }
        Block other = whole.when(table + " == null || " + of + " != " + slice);
        other.line(table + " = (" + tableType + ") state.slice(" + slice + ");");
        other.line(of + " = " + slice + ";");
        if (!target.equals(table)) {
            whole.line(target + " = " + table + ";");
        }
        return target;
    }

    private void update(List<Fragment> keys, List<Fragment> inputs, String table, String slice, Scope scope) {
        Block block = scope.block();
        String arguments = aggregation.packed() ? packed(keys, block) : arguments(keys);
        // As the exchange computes it, also for keys that are packed: a group belongs to the partition that its rows
        // are sent to.
        String hash = HashEmitter.hash(keys);
        String before = "before" + parts.frame().names().number();
        boolean always = aggregation.isSingle();
        if (aggregation.changes() && always) {
            block.declare("final int", before, table + ".size()");
        }
        String entry = "entry" + parts.frame().names().number();
        block.declare(
                "final long", entry, table + ".find(" + hash + (arguments.isEmpty() ? "" : ", ") + arguments + ")");
        String weight = "1L";
        if (aggregation.weighted()) {
            weight = "weight" + parts.frame().names().number();
            block.declare("final long", weight, parts.weight());
        }
        String counted = "Count.result(" + Slots.plus(entry, aggregation.rowsAt()) + ") != 0L";
        if (aggregation.changes()) {
            block.when(always ? before + " == " + table + ".size()" : counted)
                    .line(change("takeBack", table, entry, slice, weight));
        }
        block.line("AggregateTable.touch(" + entry + ");");
        if (aggregation.rowsAt() != HashAggregation.NOT_COUNTED) {
            block.line("Count.change(" + Slots.plus(entry, aggregation.rowsAt()) + ", " + weight + ");");
        }
        for (int i = 0; i < inputs.size(); i++) {
            add(aggregation.calls().get(i), inputs.get(i), table, entry, weight, block);
        }
        if (aggregation.changes()) {
            Block told = aggregation.weighted() && !always ? block.when(counted) : block;
            told.line(change("tell", table, entry, slice, weight));
        }
    }

    private String arguments(List<Fragment> keys) {
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            boolean nullable = aggregation.layout().keys().get(i).nullBit() >= 0;
            arguments.add(Slots.arguments(keys.get(i), nullable));
        }
        return String.join(", ", arguments);
    }

    /** Puts all key columns behind each other and answers with address and length. */
    private String packed(List<Fragment> keys, Block block) {
        String result = parts.frame().bytesResult();
        block.line(result + ".clear();");
        for (Fragment key : keys) {
            String put = "PackedKey.put(" + result + ", " + key.arguments() + ");";
            String putNull = "PackedKey.putNull(" + result + ");";
            if (key.neverNull()) {
                block.line(put);
            } else if (key.alwaysNull()) {
                block.line(putNull);
            } else {
                Code.Branch branch = block.choose(key.isNull());
                branch.body().line(putNull);
                branch.otherwise().line(put);
            }
        }
        return result + ".address(), " + result + ".length()";
    }

    private void add(
            HashAggregation.Call call, Fragment value, String table, String entry, String weight, Block block) {
        if (value.alwaysNull()) {
            return;
        }
        Block present = value.neverNull() ? block : block.when("!" + value.isNull());
        if (aggregation.weighted() && call.set() < 0) {
            present.line(Accumulators.change(call, table + ".arena()", entry, weight, value));
            return;
        }
        if (aggregation.weighted()) {
            count(call, value, table, entry, weight, present);
            return;
        }
        if (call.set() >= 0) {
            String isNew = "fresh" + parts.frame().names().number();
            boolean first = firstCallOf(call);
            if (!first) {
                return;
            }
            present.declare(
                    "final boolean",
                    isNew,
                    table + ".set" + call.set() + ".add(" + table + ".ordinal(" + entry + "), " + normalArguments(value)
                            + ")");
            Block fresh = present.when(isNew);
            for (HashAggregation.Call fed : aggregation.calls()) {
                if (fed.set() == call.set()) {
                    fresh.line(Accumulators.add(fed, table + ".arena()", entry, value));
                }
            }
            return;
        }
        present.line(Accumulators.add(call, table + ".arena()", entry, value));
    }

    /** Counts the value in its group, and tells the calls if it is new there, or gone. */
    private void count(
            HashAggregation.Call call, Fragment value, String table, String entry, String weight, Block block) {
        if (!firstCallOf(call)) {
            return;
        }
        if (!countsValues) {
            countsValues = true;
            parts.prologue().declare("final ValueCounts", VALUES, "state.values()");
        }
        String change = switch (value.type().physical()) {
            case BYTES -> "changeBytes";
            case INT128 -> "changeWide";
            default -> "change";
        };
        block.line(VALUES + ".of(" + table + ", " + entry + ", " + call.set() + ");");
        String fresh = "fresh" + parts.frame().names().number();
        block.declare(
                "final int",
                fresh,
                VALUES + "." + change + "(" + weight + ", " + Accumulators.wholeNumber(value) + ")");
        Block changed = block.when(fresh + " != 0");
        for (HashAggregation.Call fed : aggregation.calls()) {
            if (fed.set() == call.set()) {
                changed.line(Accumulators.follow(fed, table + ".arena()", entry, VALUES, fresh, value));
            }
        }
    }

    /** Calls that share a set see the same values, and the set answers once for all of them. */
    private boolean firstCallOf(HashAggregation.Call call) {
        for (HashAggregation.Call other : aggregation.calls()) {
            if (other.set() == call.set()) {
                return other == call;
            }
        }
        throw new IllegalStateException("a call that is not of its aggregate");
    }

    private static String normalArguments(Fragment value) {
        return switch (value.type().physical()) {
            case FLOAT64 -> value.value() + " + 0.0D";
            case FLOAT32 -> value.value() + " + 0.0F";
            default -> value.arguments();
        };
    }

    private String change(String method, String table, String entry, String slice, String weight) {
        // Slices of time are whole windows here: where windows overlap, groups are kept by their ends.
        String end = aggregation.closing() instanceof Closing.BySlice bySlice
                ? slice + " + " + JavaTypes.literal(bySlice.windowing().size())
                : slice;
        return method + "(" + table + ", " + entry + ", " + slice + ", " + end + ", " + weight + ", "
                + parts.frame().position(plan.at()) + ");";
    }
}
