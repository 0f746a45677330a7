package io.leat.runtime.type;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The columns of a table or batch, in order.
 *
 * <p>A batch stores <em>leaves</em>: a column of a plain type is one leaf; a {@code ROW} column is a presence leaf (bits, no
 * data) followed by the leaves of its fields. Generated code knows leaves only. A field of an absent row is itself NULL, so
 * reading {@code a.b.c} needs the leaf of {@code c} and no other.
 */
public final class Schema {
    /** The first column of rows that come and go: how many times a row comes, or goes. */
    public static final String WEIGHT = "$weight";

    private final List<Field> fields;
    private final List<Leaf> leaves;
    private final int[] firstLeaf;

    /** One column of storage. {@code path} is the dotted name; {@code type} is a {@code RowType} for a presence leaf. */
    public record Leaf(String path, Type type, boolean nullable) {}

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Schema(List<Field> fields) {
        this.fields = List.copyOf(fields);
        this.firstLeaf = new int[fields.size() + 1];
        List<Leaf> collected = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            firstLeaf[i] = collected.size();
            collectLeaves("", fields.get(i), false, collected);
        }
        firstLeaf[fields.size()] = collected.size();
        this.leaves = List.copyOf(collected);
    }

    private static void collectLeaves(String prefix, Field field, boolean parentNullable, List<Leaf> into) {
        boolean nullable = field.nullable() || parentNullable;
        into.add(new Leaf(prefix + field.name(), field.type(), nullable));
        if (field.type() instanceof Type.RowType row) {
            row.fields().forEach(child -> collectLeaves(prefix + field.name() + ".", child, nullable, into));
        }
    }

    @JsonValue
    public List<Field> fields() {
        return fields;
    }

    /** Whether rows come and go. */
    public boolean isWeighted() {
        return !fields.isEmpty() && fields.get(0).name().equals(WEIGHT);
    }

    public Field field(int index) {
        return fields.get(index);
    }

    public int size() {
        return fields.size();
    }

    public List<Leaf> leaves() {
        return leaves;
    }

    /** The first leaf of the column at {@code index}; its last one is before {@code firstLeaf(index + 1)}. */
    public int firstLeaf(int index) {
        return firstLeaf[index];
    }

    /** How many leaves a value of this type takes. */
    public static int leafCount(Type type) {
        int count = 1;
        if (type instanceof Type.RowType row) {
            for (Field field : row.fields()) {
                count += leafCount(field.type());
            }
        }
        return count;
    }

    /** The columns as they stand in a {@code CREATE TABLE}. */
    public String sql() {
        return fields.stream().map(Field::sql).collect(Collectors.joining(", "));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Schema schema && schema.fields.equals(fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return "(" + sql() + ")";
    }
}
