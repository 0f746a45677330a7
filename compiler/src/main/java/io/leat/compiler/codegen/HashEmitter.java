package io.leat.compiler.codegen;

import io.leat.runtime.type.Type;
import java.util.List;

/** Writes the hash of a key: the same for the same values wherever it is computed, since rows find their worker and group by it. */
final class HashEmitter {
    private HashEmitter() {}

    /** A Java expression. NULL is a value of its own. */
    static String hash(List<Fragment> keys) {
        String hash = "Hashing.NULL_HASH";
        for (int i = 0; i < keys.size(); i++) {
            String value = hash(keys.get(i));
            hash = i == 0 ? value : "Hashing.combine(" + hash + ", " + value + ")";
        }
        return hash;
    }

    private static String hash(Fragment key) {
        if (key.alwaysNull()) {
            return "Hashing.NULL_HASH";
        }
        String value = "Hashing." + kernel(key.type()) + "(" + key.arguments() + ")";
        return key.neverNull() ? value : key.isNull() + " ? Hashing.NULL_HASH : " + value;
    }

    private static String kernel(Type type) {
        return switch (type.physical()) {
            case BOOL -> "hashBoolean";
            case INT8, INT16, INT32, INT64 -> "hashInt64";
            case FLOAT32 -> "hashFloat32";
            case FLOAT64 -> "hashFloat64";
            case INT128 -> "hashInt128";
            case BYTES -> "hashBytes";
            case ROW -> throw new IllegalArgumentException("a row is no key");
        };
    }
}
