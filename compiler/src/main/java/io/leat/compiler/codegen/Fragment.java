package io.leat.compiler.codegen;

import io.leat.runtime.type.Type;
import java.util.List;

/**
 * A value in generated code: names of variables or literals, to be read any number of times.
 *
 * @param parts one for most values; address and length of text and bytes; high and low half of a wide decimal; none for a row
 * @param isNull the variable that says whether it is NULL; empty if it never is, {@code true} if it always is
 * @param fields the fields of a row
 */
record Fragment(Type type, List<String> parts, String isNull, List<Fragment> fields) {
    static final String NEVER = "";
    static final String ALWAYS = "true";

    Fragment {
        parts = List.copyOf(parts);
        fields = List.copyOf(fields);
    }

    static Fragment of(Type type, String value, String isNull) {
        return new Fragment(type, List.of(value), isNull, List.of());
    }

    static Fragment bytes(Type type, String address, String length, String isNull) {
        return new Fragment(type, List.of(address, length), isNull, List.of());
    }

    static Fragment wide(Type type, String high, String low, String isNull) {
        return new Fragment(type, List.of(high, low), isNull, List.of());
    }

    String value() {
        return parts.get(0);
    }

    String address() {
        return parts.get(0);
    }

    String length() {
        return parts.get(1);
    }

    String high() {
        return parts.get(0);
    }

    String low() {
        return parts.get(1);
    }

    /** All parts as arguments of a call. */
    String arguments() {
        return String.join(", ", parts);
    }

    boolean neverNull() {
        return isNull.equals(NEVER);
    }

    boolean alwaysNull() {
        return isNull.equals(ALWAYS);
    }

    Fragment withNull(String newIsNull) {
        return new Fragment(type, parts, newIsNull, fields);
    }

    Fragment withType(Type newType) {
        return new Fragment(newType, parts, isNull, fields);
    }
}
