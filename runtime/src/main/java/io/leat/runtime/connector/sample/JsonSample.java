package io.leat.runtime.connector.sample;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.leat.runtime.connector.FoundColumns;
import io.leat.runtime.type.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Records of JSON, an object per line. One thread. */
public final class JsonSample {
    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(100_000)
                            .build())
                    .build())
            .build()
            .reader();

    private final ValueKinds records = new ValueKinds();
    private int objects;

    /**
     * Adds the records of these lines. What is no JSON, or no object, is passed over: when the file is read, it is rejected and told.
     *
     * @param limit how many records are looked at, at most
     */
    public void add(byte[] lines, int limit) {
        int looked = 0;
        for (String line : (Iterable<String>) new String(lines, StandardCharsets.UTF_8).lines()::iterator) {
            if (looked == limit) {
                return;
            }
            if (!line.isBlank()) {
                looked++;
                add(line);
            }
        }
    }

    private void add(String line) {
        try {
            JsonNode node = READER.readTree(line);
            if (node.isObject()) {
                objects++;
                addObject(node, records);
            }
        } catch (JsonProcessingException e) {
            // A bad line tells nothing of the others.
        }
    }

    /** How many of the records were objects. */
    public int objects() {
        return objects;
    }

    /** Whether there are more names than a table has columns. */
    public boolean isTooWide() {
        return records.isTooWide();
    }

    /** The columns of these records. */
    public FoundColumns columns() {
        List<String> notes = new ArrayList<>();
        List<Field> fields = records.fields("", 0, notes);
        return new FoundColumns(fields, Map.of(), notes);
    }

    private static void addObject(JsonNode object, ValueKinds values) {
        object.properties()
                .forEach(member -> values.member(member.getKey()).ifPresent(of -> add(member.getValue(), of)));
    }

    private static void add(JsonNode value, ValueKinds values) {
        switch (value.getNodeType()) {
            case BOOLEAN -> values.add(ValueKind.BOOLEAN);
            case NUMBER -> values.add(number(value));
            case STRING -> values.addText(ValueKind.ofText(value.textValue()), value.textValue());
            case OBJECT -> {
                values.add(ValueKind.OBJECT);
                addObject(value, values);
            }
            case ARRAY -> {
                values.add(ValueKind.ARRAY);
                value.forEach(element -> add(element, values.elements()));
            }
            default -> {
                // NULL says nothing of a type.
            }
        }
    }

    private static ValueKind number(JsonNode value) {
        if (!value.isIntegralNumber()) {
            return Double.isInfinite(value.doubleValue()) ? ValueKind.TEXT : ValueKind.NUMBER;
        }
        return ValueKind.ofWhole(value.asText());
    }
}
