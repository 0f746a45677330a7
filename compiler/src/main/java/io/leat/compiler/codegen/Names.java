package io.leat.compiler.codegen;

import java.util.HashSet;
import java.util.Set;

/** Names for generated code. What a user wrote gets in only as {@code [A-Za-z0-9_]} behind a prefix. */
final class Names {
    private static final int MAX_LENGTH = 40;

    private final Set<String> used = new HashSet<>();
    private int numbers;

    /** A variable for a column: {@code c_} and its name, or a number if the name has other characters. */
    String column(String name, int position) {
        String wish = isPlain(name) ? "c_" + name : "c" + position;
        String unique = wish;
        for (int suffix = 2; !used.add(unique); suffix++) {
            unique = wish + "_" + suffix;
        }
        return unique;
    }

    /** A number that no other variable of the class has. */
    int number() {
        return numbers++;
    }

    static boolean isPlain(String name) {
        return name.length() <= MAX_LENGTH && name.matches("[A-Za-z0-9_]+");
    }

    /** The class name for a query file: its name in capital-first letters and digits. */
    static String className(String queryName) {
        StringBuilder name = new StringBuilder();
        boolean upper = true;
        for (char c : queryName.toCharArray()) {
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!plain) {
                upper = true;
                continue;
            }
            name.append(upper ? Character.toUpperCase(c) : c);
            upper = false;
        }
        if (name.length() == 0 || name.length() > MAX_LENGTH || Character.isDigit(name.charAt(0))) {
            return "Query";
        }
        return name.toString();
    }
}
