package io.leat.runtime.connector.sample;

import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The values of one column so far, and the type that nearly all of them have. */
final class ValueKinds {
    /** Objects with more names than this are rather maps, whose names are data. */
    static final int MAX_MEMBERS = 1_000;

    /** Records that do not have the kind of value that so many have are bad ones, which are rejected. */
    private static final double NEARLY_ALL = 0.9;

    private static final int MAX_DEPTH = 16;
    private static final int MICROS = 6;
    private static final int NANOS = 9;
    /** Whole years whose nanoseconds since 1970 a {@code long} holds. */
    private static final int FIRST_YEAR_OF_NANOS = 1678;

    private static final int LAST_YEAR_OF_NANOS = 2261;

    private final Map<ValueKind, Long> seen = new EnumMap<>(ValueKind.class);
    private final Map<String, ValueKinds> members = new LinkedHashMap<>();
    private Optional<ValueKinds> elements = Optional.empty();
    private boolean nanos;
    private boolean far;

    void add(ValueKind kind) {
        seen.merge(kind, 1L, Long::sum);
    }

    /** Adds a text; of a time it counts how fine it is, and whether nanoseconds reach so far. */
    void addText(ValueKind kind, String text) {
        add(kind);
        if (kind != ValueKind.TIMESTAMP && kind != ValueKind.INSTANT && kind != ValueKind.DATE) {
            return;
        }
        int year = Integer.parseInt(text.substring(0, 4));
        far |= year < FIRST_YEAR_OF_NANOS || year > LAST_YEAR_OF_NANOS;
        int point = text.indexOf('.');
        if (point >= 0) {
            int end = point + 1;
            while (end < text.length() && Character.isDigit(text.charAt(end))) {
                end++;
            }
            nanos |= end - point - 1 > MICROS;
        }
    }

    /** The values of a field of objects, or nothing if there are too many names. */
    Optional<ValueKinds> member(String name) {
        ValueKinds member = members.get(name);
        if (member == null && members.size() <= MAX_MEMBERS) {
            member = new ValueKinds();
            members.put(name, member);
        }
        return Optional.ofNullable(member);
    }

    boolean isTooWide() {
        return members.size() > MAX_MEMBERS;
    }

    /** The values in arrays. */
    ValueKinds elements() {
        if (elements.isEmpty()) {
            elements = Optional.of(new ValueKinds());
        }
        return elements.get();
    }

    /**
     * The type that these values have, nearly all of them.
     *
     * @param name of the column, with dots between names, for what is said
     * @param notes takes what has no type, and what has values that its type does not hold
     */
    Optional<Type> type(String name, List<String> notes) {
        return type(name, 0, notes);
    }

    /** For records of plain texts: the type that all of them can be read as, which is that of texts at the worst. */
    Type typeOfTexts() {
        return families().size() > 1
                ? Type.VARCHAR
                : type("", 0, new ArrayList<>()).orElse(Type.VARCHAR);
    }

    private Optional<Type> type(String name, int depth, List<String> notes) {
        if (seen.isEmpty()) {
            return Optional.of(Type.VARCHAR); // nothing but NULL
        }
        Map<ValueKind.Family, Long> families = families();
        long all = families.values().stream().mapToLong(Long::longValue).sum();
        Map.Entry<ValueKind.Family, Long> most = Collections.max(families.entrySet(), Map.Entry.comparingByValue());
        if (most.getValue() < all * NEARLY_ALL) {
            notes.add("'" + name + "' becomes no column: it is "
                    + families.entrySet().stream()
                            .map(each -> each.getKey().one() + " in " + each.getValue())
                            .collect(Collectors.joining(", "))
                    + " of " + all + " records");
            return Optional.empty();
        }
        if (depth == MAX_DEPTH) {
            notes.add("'" + name + "' becomes no column: it is nested more than " + MAX_DEPTH + " deep");
            return Optional.empty();
        }
        Optional<Type> type = switch (most.getKey()) {
            case BOOLEANS -> Optional.of(Type.BOOLEAN);
            case NUMBERS -> Optional.of(number());
            case TEXTS -> Optional.of(text());
            case OBJECTS -> row(name, depth, notes);
            case ARRAYS -> elements().type(name + "[]", depth + 1, notes).map(Type.ArrayType::new);
        };
        if (families.size() > 1 && type.isPresent()) {
            notes.add("'" + name + "' is " + most.getKey().one() + " in " + most.getValue() + " of " + all
                    + " records: the others are rejected");
        }
        return type;
    }

    private Map<ValueKind.Family, Long> families() {
        Map<ValueKind.Family, Long> counts = new EnumMap<>(ValueKind.Family.class);
        seen.forEach((kind, count) -> counts.merge(kind.family(), count, Long::sum));
        return counts;
    }

    private Type number() {
        if (seen.containsKey(ValueKind.NUMBER)) {
            return Type.DOUBLE;
        }
        return seen.containsKey(ValueKind.LARGE_INTEGER) ? new Type.DecimalType(38, 0) : Type.BIGINT;
    }

    private Type text() {
        int precision = nanos && !far ? NANOS : MICROS;
        Set<ValueKind> kinds = EnumSet.copyOf(seen.keySet());
        kinds.removeIf(kind -> kind.family() != ValueKind.Family.TEXTS);
        if (kinds.equals(Set.of(ValueKind.DATE))) {
            return Type.DATE;
        }
        if (kinds.equals(Set.of(ValueKind.TIME))) {
            return new Type.TimeType(MICROS);
        }
        if (kinds.equals(Set.of(ValueKind.INSTANT))) {
            return new Type.TimestampType(precision, true);
        }
        return Set.of(ValueKind.DATE, ValueKind.TIMESTAMP).containsAll(kinds)
                ? new Type.TimestampType(precision, false)
                : Type.VARCHAR;
    }

    private Optional<Type> row(String name, int depth, List<String> notes) {
        if (isTooWide()) {
            notes.add("'" + name + "' becomes no column: its objects have more than " + MAX_MEMBERS + " names");
            return Optional.empty();
        }
        List<Field> fields = fields(name + ".", depth + 1, notes);
        if (fields.isEmpty()) {
            notes.add("'" + name + "' becomes no column: its objects have no fields");
            return Optional.empty();
        }
        return Optional.of(new Type.RowType(fields));
    }

    /** The members that have a type, in the order in which they came. Of names that differ in capital letters alone the first one counts. */
    List<Field> fields(String prefix, int depth, List<String> notes) {
        List<Field> fields = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        members.forEach((member, values) -> {
            String other = names.putIfAbsent(member.toLowerCase(Locale.ROOT), member);
            if (other == null) {
                values.type(prefix + member, depth, notes).ifPresent(type -> fields.add(Field.nullable(member, type)));
            } else {
                notes.add("'" + prefix + member + "' becomes no column: capital letters alone tell it from '" + prefix
                        + other + "'");
            }
        });
        return fields;
    }
}
