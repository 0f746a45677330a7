package io.leat.runtime.connector.kafka;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.FormatSpec;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.connector.format.CsvRows;
import io.leat.runtime.connector.format.CsvSettings;
import io.leat.runtime.connector.format.DebeziumEncoder;
import io.leat.runtime.connector.format.FormatOptions;
import io.leat.runtime.connector.format.JsonRows;
import io.leat.runtime.connector.format.RecordEncoder;
import io.leat.runtime.connector.format.RowFormat;
import io.leat.runtime.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which columns of a table make the value of a record, and which its key: those that {@code key.fields} names, or the primary key. A key
 * is JSON unless {@code key.format} says otherwise.
 *
 * @param keyColumns empty for records without key
 */
record RecordColumns(SinkContext context, List<Integer> valueColumns, List<Integer> keyColumns) {

    static RecordColumns of(SinkContext context) {
        List<Integer> named = positions(context, TopicOptions.keyFields(context.options()));
        List<Integer> keys = named.isEmpty() ? context.key() : named;
        List<Integer> values = new ArrayList<>(RowFormat.allColumns(context.schema()));
        if (context.marked()) {
            values.remove(0);
        }
        if (TopicOptions.leavesKeyOut(context.options())) {
            values.removeAll(keys);
        }
        RecordColumns columns = new RecordColumns(context, List.copyOf(values), keys);
        columns.check();
        return columns;
    }

    private static List<Integer> positions(SinkContext context, List<String> names) {
        return names.stream().map(name -> position(context, name)).toList();
    }

    private static int position(SinkContext context, String name) {
        Schema schema = context.schema();
        for (int i = context.marked() ? 1 : 0; i < schema.size(); i++) {
            if (schema.field(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        throw new ConnectorException(
                Kind.CONFIGURATION,
                "option 'key.fields' names '" + name + "', but " + context.table() + " has no such column");
    }

    private void check() {
        if (valueColumns.isEmpty()) {
            throw new ConnectorException(
                    Kind.CONFIGURATION, "no column of " + context.table() + " is left for the value of a record");
        }
        checkRaw(TopicOptions.value(context.options()), valueColumns, "format");
        TopicOptions.key(context.options()).ifPresent(key -> checkRaw(key, keyColumns, "key.format"));
    }

    private void checkRaw(FormatSpec format, List<Integer> columns, String option) {
        boolean possible = columns.size() == 1 && RecordEncoder.canBeRaw(context.schema(), columns.get(0));
        if (format.name().equals("raw") && !possible) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    "option '" + option + "' is 'raw', which takes one column of type VARCHAR or VARBINARY");
        }
    }

    /** Whether a value tells a change with all there is to say of it. */
    boolean isDebezium() {
        return FormatOptions.VALUE.isDebezium(context.options());
    }

    RecordEncoder values() {
        return isDebezium()
                ? new DebeziumEncoder(context.schema(), valueColumns, context.zone(), context.allocator())
                : encoder(TopicOptions.value(context.options()), FormatOptions.VALUE, valueColumns);
    }

    /** The encoder of keys; null for records without key. */
    RecordEncoder keys() {
        if (keyColumns.isEmpty()) {
            return null;
        }
        Optional<FormatSpec> key = TopicOptions.key(context.options());
        return key.isEmpty()
                ? RecordEncoder.of(new JsonRows(), context.schema(), keyColumns, context.zone(), context.allocator())
                : encoder(key.get(), FormatOptions.KEY, keyColumns);
    }

    private RecordEncoder encoder(FormatSpec format, FormatOptions options, List<Integer> columns) {
        if (format.name().equals("raw")) {
            return RecordEncoder.raw(context.schema(), columns.get(0));
        }
        RowFormat lines = format.name().equals("json")
                ? new JsonRows()
                : new CsvRows(options.csv(context.options(), CsvSettings.COMMA), false);
        return RecordEncoder.of(lines, context.schema(), columns, context.zone(), context.allocator());
    }
}
