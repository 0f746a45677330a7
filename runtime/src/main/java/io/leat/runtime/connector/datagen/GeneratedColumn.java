package io.leat.runtime.connector.datagen;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.Column;
import io.leat.runtime.connector.OptionException;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/** Fills one leaf of a batch, for the rows of one partition. */
final class GeneratedColumn {
    private final int leaf;
    private final int parent;
    private final double nullRate;
    private final Draws nulls;
    private final Draws values;
    /** For the number of a row, whether there is a value. */
    private final LongPredicate present;
    /** Null for a row, which is only present or not. */
    private final ValueMaker maker;

    private GeneratedColumn(
            int leaf, int parent, double nullRate, Draws nulls, Draws values, LongPredicate present, ValueMaker maker) {
        this.leaf = leaf;
        this.parent = parent;
        this.nullRate = nullRate;
        this.nulls = nulls;
        this.values = values;
        this.present = present;
        this.maker = maker;
    }

    /** All leaves of a schema, rows before their fields. */
    static List<GeneratedColumn> of(Schema schema, DatagenOptions options, int partition) {
        List<GeneratedColumn> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            collect(schema.field(i), "", schema.firstLeaf(i), -1, options, partition, columns);
        }
        return columns;
    }

    private static void collect(
            Field field,
            String prefix,
            int leaf,
            int parent,
            DatagenOptions options,
            int partition,
            List<GeneratedColumn> columns) {
        String path = prefix + field.name();
        FieldSettings settings = options.field(path);
        if (settings.nullRate() > 0 && !field.nullable()) {
            throw new OptionException(
                    FieldSettings.key(path, "null-rate"), "'" + path + "' is NOT NULL and has no NULLs", "");
        }
        LongPredicate present = number -> true;
        String drawnAs;
        ValueMaker maker;
        if (options.nexmark()) {
            NexmarkTemplate.Part part = NexmarkTemplate.part(options.eventTime(), field.type(), path);
            present = part.present();
            drawnAs = part.drawnAs();
            maker = part.maker();
        } else {
            maker = maker(field.type(), path, parent < 0, settings, options);
            drawnAs = maker instanceof EventTime ? EventTime.DRAWN_AS : path;
        }
        columns.add(new GeneratedColumn(
                leaf,
                parent,
                settings.nullRate(),
                new Draws(options.seed(), partition, path + " is null"),
                new Draws(options.seed(), partition, drawnAs),
                present,
                maker));
        if (field.type() instanceof Type.RowType row) {
            int next = leaf + 1;
            for (Field inner : row.fields()) {
                collect(inner, path + ".", next, leaf, options, partition, columns);
                next += Schema.leafCount(inner.type());
            }
        }
    }

    private static ValueMaker maker(
            Type type, String path, boolean top, FieldSettings settings, DatagenOptions options) {
        if (type instanceof Type.RowType) {
            return null;
        }
        if (type instanceof Type.ArrayType) {
            throw new OptionException(
                    "connector",
                    "datagen makes no values of '" + path + "', which is an " + type.sql(),
                    "generate the elements as columns, and write ARRAY[a, b] in a query");
        }
        if (type instanceof Type.TimestampType timestamp) {
            boolean isEventTime =
                    options.eventTime().column().map(path::equalsIgnoreCase).orElse(top && settings.isPlain());
            if (isEventTime) {
                return new EventTime(options.eventTime(), timestamp);
            }
        }
        if (!settings.values().isEmpty()) {
            return ListedMaker.of(type, settings);
        }
        return settings.sequence() ? SequenceMaker.of(type, settings) : RandomMakers.of(type, settings);
    }

    /** About how many bytes a value takes beyond its fixed width. */
    int bytes() {
        return maker == null ? 0 : maker.bytes();
    }

    /**
     * Fills rows of a batch from its first one on.
     *
     * @param from the row of the partition that comes first
     * @param firstNumber of that row over all partitions; rows that follow are {@code stride} apart
     */
    void fill(Batch batch, int rows, long from, long firstNumber, int stride) {
        Column column = batch.column(leaf);
        for (int row = 0; row < rows; row++) {
            long number = firstNumber + (long) row * stride;
            boolean absent = (parent >= 0 && batch.column(parent).isNull(row))
                    || !present.test(number)
                    || nulls.at(from + row).chance(nullRate);
            if (absent) {
                column.putNull(row);
            } else if (maker == null) {
                column.putPresent(row);
            } else {
                maker.make(number, values.at(from + row), column, row);
            }
        }
    }
}
