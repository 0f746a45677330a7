package io.leat.compiler.oracle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Functions of arrays, which are lists here. */
final class ArrayCalls {
    private ArrayCalls() {}

    static Optional<Object> call(String name, List<Object> values) {
        if (values.isEmpty() || !(values.get(0) instanceof List<?> array)) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                switch (name) {
                    case "CARDINALITY", "ARRAY_LENGTH", "LEN" -> (long) array.size();
                    case "ARRAY_CONTAINS", "LIST_CONTAINS" -> position(array, values.get(1)) > 0;
                    case "ARRAY_POSITION", "LIST_POSITION" -> position(array, values.get(1));
                    case "ARRAY_CONCAT", "LIST_CONCAT", "ARRAY_APPEND", "LIST_APPEND" -> {
                        List<Object> both = new ArrayList<>(array);
                        both.addAll((List<?>) values.get(1));
                        yield both;
                    }
                    case "ARRAY_REVERSE" -> {
                        List<Object> reversed = new ArrayList<>(array);
                        Collections.reverse(reversed);
                        yield reversed;
                    }
                    case "ARRAY_SLICE" -> slice(array, (Long) values.get(1), (Long) values.get(2));
                    case "ARRAY_JOIN", "ARRAY_TO_STRING" -> {
                        Object instead = values.size() > 2 ? values.get(2) : null;
                        yield array.stream()
                                .map(element -> element == null ? instead : element)
                                .filter(Objects::nonNull)
                                .map(Object::toString)
                                .collect(Collectors.joining((String) values.get(1)));
                    }
                    default -> null;
                });
    }

    private static long position(List<?> array, Object wanted) {
        return array.indexOf(((List<?>) wanted).get(0)) + 1;
    }

    private static List<Object> slice(List<?> array, long from, long to) {
        long first = from < 0 ? array.size() + from + 1 : from;
        long last = to < 0 ? array.size() + to + 1 : to;
        List<Object> slice = new ArrayList<>();
        for (int position = 1; position <= array.size(); position++) {
            if (position >= first && position <= last) {
                slice.add(array.get(position - 1));
            }
        }
        return slice;
    }
}
