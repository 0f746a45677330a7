package io.leat.grammar.tree;

/** Prints types in the spelling that the standard has for each. */
final class TypePrinter {
    private TypePrinter() {}

    static String print(TypeName type) {
        return switch (type.name()) {
            case "INTERVAL_MONTHS" -> "INTERVAL YEAR TO MONTH";
            case "INTERVAL_MICROS" -> "INTERVAL DAY TO SECOND";
            case "ROW" -> "ROW<" + NamePrinter.list(type.fields(), TypePrinter::field) + ">";
            case "ARRAY", "MAP" -> type.name() + "<" + NamePrinter.list(type.elements(), TypePrinter::print) + ">";
            case "TIME", "TIMESTAMP", "TIMESTAMP_LTZ", "INTERVAL" -> type.name() + arguments(type);
            default -> (Words.isType(type.name()) ? type.name() : NamePrinter.quoted(type.name())) + arguments(type);
        };
    }

    private static String arguments(TypeName type) {
        return type.arguments().isEmpty() ? "" : "(" + NamePrinter.list(type.arguments(), String::valueOf) + ")";
    }

    private static String field(TypeName.FieldDefinition field) {
        String notNull = field.notNull() ? " NOT NULL" : "";
        return NamePrinter.identifier(field.name()) + " " + print(field.type()) + notNull;
    }
}
