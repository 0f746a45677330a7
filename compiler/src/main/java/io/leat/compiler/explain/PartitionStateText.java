package io.leat.compiler.explain;

import io.leat.compiler.physical.Bound;
import io.leat.compiler.physical.PhysicalOperator.EvaluateWindows;
import io.leat.compiler.physical.PhysicalOperator.RankRows;
import io.leat.grammar.source.Origin;
import io.leat.runtime.job.PartitionSpec;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Schema.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is kept of partitions: rows in order. */
final class PartitionStateText {
    /** Lengths of two parts of the key, and how often the row is there. */
    private static final int BEFORE_ROW = 4 + 4 + 8;

    private final StateText state;
    private final Lines out;

    PartitionStateText(StateText state, Lines out) {
        this.state = state;
        this.out = out;
    }

    void write(RankRows rank) {
        boolean grows = rank.rows().weighted();
        String kept = grows ? "all rows of each partition" : "the first " + rank.limit() + " rows of each partition";
        String fewer = grows ? "" : "bounded by the number of partitions: ";
        partitions(rank.id() + " first rows: " + kept, rank.rows(), rank.bound(), fewer, rank.at());
    }

    void write(EvaluateWindows over) {
        String title = over.id() + " window functions: all rows of each partition";
        partitions(title, over.rows(), over.bound(), "", over.at());
    }

    private void partitions(String title, PartitionSpec rows, Bound bound, String fewer, Origin at) {
        out.add(0, title);
        out.add(1, freed(rows, bound, fewer, at));
        Schema input = rows.input();
        List<Field> fields = input.fields();
        List<Leaf> leaves = input.leaves();
        List<Leaf> key = new ArrayList<>(
                leaves.subList(input.firstLeaf(rows.firstKey()), input.firstLeaf(rows.firstKey() + rows.keys())));
        StringBuilder names = new StringBuilder("partition");
        fields.subList(rows.firstKey(), rows.firstKey() + rows.keys())
                .forEach(field -> names.append(", ").append(field.name()));
        rows.order().forEach(by -> {
            names.append(", ").append(fields.get(by.column()).name());
            key.addAll(leaves.subList(input.firstLeaf(by.column()), input.firstLeaf(by.column() + 1)));
        });
        out.add(1, "key of " + KeyedBytes.key(key) + ": " + names);
        List<Leaf> row = leaves.subList(input.firstLeaf(rows.firstKey()), leaves.size() - 1);
        out.add(
                1,
                "value of " + KeyedBytes.value(BEFORE_ROW, row) + ": "
                        + fields.subList(rows.firstKey(), fields.size() - 1).stream()
                                .map(field -> field.name() + " " + field.type().sql())
                                .collect(Collectors.joining(", ")));
    }

    private String freed(PartitionSpec rows, Bound bound, String fewer, Origin at) {
        if (rows.windowed()) {
            return "freed when the watermark passes the end of their window";
        }
        return state.freed(
                bound,
                fewer,
                at,
                "put the start and end of a window into PARTITION BY, or let the rows EXPIRE AFTER a time");
    }
}
