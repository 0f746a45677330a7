package io.leat.grammar.tree;

import io.leat.grammar.source.Origin;
import java.util.List;

/**
 * A type as written. {@code name} is in capitals and has one spelling per type: {@code VARCHAR}, {@code DOUBLE},
 * {@code TIMESTAMP}, {@code TIMESTAMP_LTZ}, {@code INTERVAL_MONTHS}, {@code INTERVAL_MICROS}, {@code ROW}, {@code ARRAY},
 * {@code MAP} …; an unknown name is kept as it was written, in capitals.
 *
 * @param arguments the numbers in parentheses
 * @param fields the fields of a {@code ROW}
 * @param elements the element type of an {@code ARRAY}, key and value type of a {@code MAP}
 */
public record TypeName(
        String name, List<Long> arguments, List<FieldDefinition> fields, List<TypeName> elements, Origin at)
        implements Node {
    public TypeName {
        arguments = List.copyOf(arguments);
        fields = List.copyOf(fields);
        elements = List.copyOf(elements);
    }

    /** {@code name TYPE [NOT NULL]}. */
    public record FieldDefinition(Identifier name, TypeName type, boolean notNull, Origin at) implements Node {}
}
