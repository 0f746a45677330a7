package io.leat.compiler.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeCreator;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.leat.compiler.catalog.Table;
import io.leat.compiler.catalog.Table.TableColumn;
import io.leat.compiler.expr.ByteText;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.ArrayType;
import io.leat.runtime.type.Type.RowType;
import io.leat.runtime.type.Type.TimestampType;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A row of a case as a line of text, for the decoders to read. */
enum TextForm {
    JSON {
        @Override
        String record(List<Object> values, List<TableColumn> columns, int number) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            for (int i = 0; i < values.size(); i++) {
                // A NULL may be written, or the column left out.
                if (values.get(i) != null || number % 2 == 0) {
                    put(
                            node,
                            columns.get(i).name(),
                            values.get(i),
                            columns.get(i).type());
                }
            }
            return node.toString();
        }
    },

    CSV {
        @Override
        String record(List<Object> values, List<TableColumn> columns, int number) {
            List<String> fields = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                fields.add(
                        values.get(i) == null
                                ? ""
                                : field(text(values.get(i), columns.get(i).type())));
            }
            return String.join(",", fields);
        }

        private static String field(String text) {
            boolean plain = !text.isEmpty()
                    && text.chars().noneMatch(c -> "\",\r\n".indexOf(c) >= 0)
                    && text.equals(text.strip());
            return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
        }
    };

    /** The text of a record, whether it is a row or not, without line end. */
    String line(Table table, TableData.Row row, int number) {
        return row.isBroken() ? row.broken() : record(row.values(), table.physicalColumns(), number);
    }

    /** The text of a row, without line end. */
    abstract String record(List<Object> values, List<TableColumn> columns, int number);

    private static void put(ObjectNode node, String name, Object value, Type type) {
        node.set(name, json(node, value, type));
    }

    private static JsonNode json(JsonNodeCreator nodes, Object value, Type type) {
        if (value == null) {
            return nodes.nullNode();
        }
        if (type instanceof ArrayType array) {
            ArrayNode node = nodes.arrayNode();
            ((List<?>) value).forEach(element -> node.add(json(nodes, element, array.element())));
            return node;
        }
        if (type instanceof RowType row) {
            ObjectNode node = nodes.objectNode();
            List<?> values = (List<?>) value;
            for (int i = 0; i < values.size(); i++) {
                Field field = row.fields().get(i);
                node.set(field.name(), json(nodes, values.get(i), field.type()));
            }
            return node;
        }
        if (value instanceof Boolean truth) {
            return nodes.booleanNode(truth);
        }
        boolean isTime =
                type instanceof Type.DateType || type instanceof Type.TimeType || type instanceof TimestampType;
        return value instanceof Number && !isTime
                ? nodes.rawValueNode(new RawValue(value.toString()))
                : nodes.textNode(text(value, type));
    }

    private static String text(Object value, Type type) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof ByteText bytes) {
            return Base64.getEncoder().encodeToString(bytes.bytes());
        }
        String text = CellText.print(value, type);
        if (type instanceof TimestampType timestamp) {
            String full = text.contains("T") ? text : "1970-01-01T" + text;
            return timestamp.local() ? full + "Z" : full;
        }
        return text;
    }
}
