package io.leat.lake.parquet;

import io.leat.runtime.connector.FoundColumns;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The columns of a file as a table has them that declares none: each of the narrowest type that holds all its values. */
final class ListedColumns {
    private final List<String> notes = new ArrayList<>();

    private ListedColumns() {}

    static FoundColumns of(FileSchema schema) {
        ListedColumns columns = new ListedColumns();
        return new FoundColumns(columns.fields(schema.root()), Map.of(), columns.notes);
    }

    /** Another file of the same table may have no value where this one always has one, so each column may be NULL. */
    private List<Field> fields(FileColumn group) {
        List<Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (FileColumn child : group.children()) {
            String name = child.element().getName();
            if (names.add(name.toLowerCase(Locale.ROOT))) {
                type(child).ifPresent(type -> fields.add(Field.nullable(name, type)));
            } else {
                notes.add("'" + child.name() + "' becomes no column: capital letters alone tell it from another one");
            }
        }
        return fields;
    }

    private Optional<Type> type(FileColumn column) {
        // Lists and maps are groups around what is repeated.
        boolean around =
                column.children().size() == 1 && column.children().get(0).repeated();
        if (column.repeated() || around) {
            notes.add("'" + column.name() + "' becomes no column: it is a list or a map");
            return Optional.empty();
        }
        if (column.isGroup()) {
            List<Field> fields = fields(column);
            return fields.isEmpty() ? Optional.empty() : Optional.of(new Type.RowType(fields));
        }
        FoundType found = FoundType.of(column.element());
        Optional<Type> type = type(found);
        if (type.isEmpty()) {
            notes.add("'" + column.name() + "' becomes no column: no type holds all values of " + found.text());
        }
        return type;
    }

    private static Optional<Type> type(FoundType found) {
        return switch (found.kind()) {
            case PLAIN -> plain(found);
            case INTEGER -> integer(found.signed() ? found.bits() : found.bits() * 2);
            case DECIMAL ->
                isDecimal(found)
                        ? Optional.of(new Type.DecimalType(found.precision(), found.scale()))
                        : Optional.empty();
            case TEXT -> Optional.of(Type.VARCHAR);
            case DATE -> Optional.of(Type.DATE);
            case TIME -> Optional.of(new Type.TimeType(Math.min(digits(found), Type.TimeType.MAX_PRECISION)));
            case TIMESTAMP -> Optional.of(new Type.TimestampType(digits(found), found.utc()));
            case OTHER -> Optional.empty();
        };
    }

    private static Optional<Type> plain(FoundType found) {
        return switch (found.stored()) {
            case BOOLEAN -> Optional.of(Type.BOOLEAN);
            case INT32 -> Optional.of(Type.INT);
            case INT64 -> Optional.of(Type.BIGINT);
            case FLOAT -> Optional.of(Type.REAL);
            case DOUBLE -> Optional.of(Type.DOUBLE);
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> Optional.of(Type.VARBINARY);
            case INT96 -> Optional.empty();
        };
    }

    private static boolean isDecimal(FoundType found) {
        return found.precision() >= 1
                && found.precision() <= Type.DecimalType.MAX_PRECISION
                && found.scale() >= 0
                && found.scale() <= found.precision();
    }

    /** The type of whole numbers with so many bits, sign included. */
    private static Optional<Type> integer(int bits) {
        return bits > Long.SIZE ? Optional.empty() : Optional.of(new Type.IntegerType(bits));
    }

    private static int digits(FoundType found) {
        return found.ticks() == 1_000 ? 3 : found.ticks() == 1_000_000 ? 6 : 9;
    }
}
