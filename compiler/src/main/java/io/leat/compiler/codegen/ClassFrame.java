package io.leat.compiler.codegen;

import io.leat.compiler.physical.Positions;
import io.leat.grammar.source.Origin;
import io.leat.runtime.job.Constant;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What belongs to a generated class as a whole: its fields, what its constructor sets, its constants and positions. */
final class ClassFrame {
    private final Names names = new Names();
    private final Positions places;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final List<String> setUp = new ArrayList<>();
    private final Map<Constant, String> constantFields = new LinkedHashMap<>();
    private final List<Constant> constants = new ArrayList<>();
    private final Map<String, Integer> positionNumbers = new LinkedHashMap<>();

    ClassFrame(Positions places) {
        this.places = places;
    }

    Names names() {
        return names;
    }

    /** A field with a value that the constructor gives it. */
    String field(String type, String prefix, String value) {
        String name = prefix + names.number();
        fields.put(name, "private final " + type);
        setUp.add(name + " = " + value + ";");
        return name;
    }

    /** A field that holds where a kernel puts text. */
    String bytesResult() {
        return field("BytesResult", "result", "bytesResult()");
    }

    String int128Result() {
        return field("Int128Result", "result", "new Int128Result()");
    }

    /** A field that holds a kernel object of this call site. */
    String kernel(String owner, boolean needsAllocator) {
        return field(owner, "kernel", "new " + owner + "(" + (needsAllocator ? "context.allocator()" : "") + ")");
    }

    /** A field that holds a constant; equal constants share one. */
    String constant(String type, Constant constant) {
        return constantFields.computeIfAbsent(constant, key -> {
            constants.add(key);
            return field(type, "constant", "(" + type + ") context.constants().get(" + (constants.size() - 1) + ")");
        });
    }

    String text(String value) {
        return constant("BytesConstant", new Constant.Bytes(value.getBytes(StandardCharsets.UTF_8)));
    }

    List<Constant> constants() {
        return List.copyOf(constants);
    }

    /** The number of a place in the query, for errors. */
    int position(Origin origin) {
        return positionNumbers.computeIfAbsent(places.position(origin), key -> positionNumbers.size());
    }

    List<String> positions() {
        return List.copyOf(positionNumbers.keySet());
    }

    Map<String, String> fields() {
        return fields;
    }

    List<String> setUp() {
        return setUp;
    }
}
