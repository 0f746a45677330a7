package io.leat.compiler.codegen;

import io.leat.compiler.codegen.Code.Block;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Schema.Leaf;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;

/** The columns of the batch that a pipeline works on, read at raw addresses that are taken once per batch. */
final class BatchColumns implements Columns {
    private final ExpressionEmitter expressions;
    private final Schema schema;
    private final int firstField;
    private final Block prologue;
    private final String[] names;

    /**
     * @param firstField how many fields of the batch come before the columns that expressions know
     * @param prologue runs once per batch
     */
    BatchColumns(ExpressionEmitter expressions, Schema schema, int firstField, Block prologue) {
        this.expressions = expressions;
        this.schema = schema;
        this.firstField = firstField;
        this.prologue = prologue;
        this.names = new String[schema.leaves().size()];
    }

    @Override
    public Fragment column(int index, Scope scope) {
        int field = firstField + index;
        return value(schema.field(field).type(), schema.firstLeaf(field), scope);
    }

    @Override
    public Fragment field(int index, List<Integer> path, Scope scope) {
        int field = firstField + index;
        Type type = schema.field(field).type();
        int leaf = schema.firstLeaf(field);
        for (int step : path) {
            List<Field> fields = ((Type.RowType) type).fields();
            leaf++;
            for (int i = 0; i < step; i++) {
                leaf += Schema.leafCount(fields.get(i).type());
            }
            type = fields.get(step).type();
        }
        return value(type, leaf, scope);
    }

    private Fragment value(Type type, int leaf, Scope scope) {
        Object key = List.of(this, leaf);
        Fragment known = scope.find(key);
        if (known == null) {
            known = type instanceof Type.RowType row ? row(row, leaf, scope) : load(leaf, scope);
            scope.remember(key, known);
        }
        return known;
    }

    private Fragment row(Type.RowType type, int leaf, Scope scope) {
        List<Fragment> fields = new ArrayList<>();
        int next = leaf + 1;
        for (Field field : type.fields()) {
            fields.add(value(field.type(), next, scope));
            next += Schema.leafCount(field.type());
        }
        return new Fragment(type, List.of(), nullFlag(leaf, scope), fields);
    }

    private String nullFlag(int leaf, Scope scope) {
        if (!schema.leaves().get(leaf).nullable()) {
            return Fragment.NEVER;
        }
        String name = name(leaf);
        scope.block().declare("final boolean", name + "_null", name + "_nulls && !Bits.isSet(" + name + "_valid, row)");
        return name + "_null";
    }

    private Fragment load(int leaf, Scope scope) {
        Leaf column = schema.leaves().get(leaf);
        String name = name(leaf);
        String isNull = nullFlag(leaf, scope);
        Block block = scope.block();
        String data = name + "_data";
        switch (column.type().physical()) {
            case BYTES -> {
                String offsets = name + "_offsets + ((long) row << 2)";
                block.declare("final int", name + "_from", "Memory.getInt(" + offsets + ")");
                block.declare("final long", name + "_at", data + " + " + name + "_from");
                block.declare("final int", name + "_bytes", "Memory.getInt(" + offsets + " + 4L) - " + name + "_from");
                return Fragment.bytes(column.type(), name + "_at", name + "_bytes", isNull);
            }
            case INT128 -> {
                String at = data + " + ((long) row << 4)";
                block.declare("final long", name + "_low", "Memory.getLong(" + at + ")");
                block.declare("final long", name + "_high", "Memory.getLong(" + at + " + 8L)");
                return Fragment.wide(column.type(), name + "_high", name + "_low", isNull);
            }
            default -> {
                String type = JavaTypes.of(column.type().physical());
                block.declare("final " + type, name, value(column.type(), data));
                return Fragment.of(column.type(), name, isNull);
            }
        }
    }

    private static String value(Type type, String data) {
        if (type instanceof Type.DecimalType) {
            return "Memory.getLong(" + data + " + ((long) row << 4))";
        }
        return switch (type.physical()) {
            case BOOL -> "Bits.isSet(" + data + ", row)";
            case INT8 -> "Memory.getByte(" + data + " + row)";
            case INT16 -> "Memory.getShort(" + data + " + ((long) row << 1))";
            case INT32 -> "Memory.getInt(" + data + " + ((long) row << 2))";
            case FLOAT32 -> "Memory.getFloat(" + data + " + ((long) row << 2))";
            case FLOAT64 -> "Memory.getDouble(" + data + " + ((long) row << 3))";
            default -> "Memory.getLong(" + data + " + ((long) row << 3))";
        };
    }

    /** The variables' common name; what they need is put into the prologue at the first use. */
    private String name(int leaf) {
        if (names[leaf] != null) {
            return names[leaf];
        }
        Leaf column = schema.leaves().get(leaf);
        String name = expressions.frame().names().column(column.path().replace('.', '_'), leaf);
        names[leaf] = name;
        if (column.nullable()) {
            prologue.declare("final boolean", name + "_nulls", "in.hasNulls(" + leaf + ")");
            prologue.declare("final long", name + "_valid", "in.validity(" + leaf + ")");
        }
        if (!(column.type() instanceof Type.RowType)) {
            prologue.declare("final long", name + "_data", "in.data(" + leaf + ")");
        }
        if (column.type().physical() == Physical.BYTES) {
            prologue.declare("final long", name + "_offsets", "in.offsets(" + leaf + ")");
        }
        return name;
    }
}
