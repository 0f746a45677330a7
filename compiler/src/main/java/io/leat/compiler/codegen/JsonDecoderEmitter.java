package io.leat.compiler.codegen;

import io.leat.runtime.type.Field;
import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes the decoder of JSON objects for the columns that are used. Members have numbers. A name that is not the one expected in its
 * place is told first by its length, then by its bytes, eight at a time; a name that no column has is counted and
 * passed over.
 */
final class JsonDecoderEmitter {
    private static final String SKELETON = """
            // JSON decoder
            public final class {{name}} extends JsonDecoder {
                {{fields}}

                public {{name}}(DecoderContext context) {
                    super(context);
                }

                protected void bind(Batch batch) {
                    {{bind}}
                }
                {{edges}}
                {{methods}}
            }
            """;

    /** What a case with a call takes of a method, at most. */
    private static final int CALL_BYTES = 26;

    private final Schema schema;
    private final Set<Integer> columns;
    private final Budget budget;
    private final boolean strict;
    private final Code.Block bind = new Code.Block();
    private final Code.Block begin = new Code.Block();
    private final Code.Block end = new Code.Block();
    private final List<String> fields = new ArrayList<>();
    private final JavaWriter methods = new JavaWriter(0);
    private final MethodSplitter splitter = new MethodSplitter(origin -> "");
    private final Names columnNaming = new Names();
    private final Map<Integer, String> columnNames = new HashMap<>();
    private int objects;
    private boolean bindsBatch;

    /**
     * A member of an object that has a column, or is declared and not used.
     *
     * @param type what is read of it
     * @param declared what it may have, more than that if it is a row of which not all is used
     */
    private record Member(String name, Type type, Type declared, int leaf) {
        static Member unused(String name, Type declared) {
            return new Member(name, Type.NULL, declared, -1);
        }

        boolean isUsed() {
            return leaf >= 0;
        }
    }

    /**
     * @param schema of the batch
     * @param columns which of its columns this decoder fills
     * @param strict whether a record that has the name of a column twice is no row
     */
    JsonDecoderEmitter(Schema schema, List<Integer> columns, Budget budget, boolean strict) {
        this.schema = schema;
        this.columns = new HashSet<>(columns);
        this.budget = budget;
        this.strict = strict;
    }

    /**
     * @param declared what the table says of its records, used or not
     */
    GeneratedClass emit(String name, List<Field> declared) {
        List<Field> used = new ArrayList<>();
        List<Integer> leaves = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            if (columns.contains(i)) {
                used.add(schema.field(i));
                leaves.add(schema.firstLeaf(i));
            }
        }
        List<Member> members = members(used, leaves, declared);
        for (int i = 0; i < schema.size(); i++) {
            if (columns.contains(i)) {
                prepare(i);
            }
        }
        writeObject(members, -1);
        MethodSplitter.Piece bound =
                new MethodSplitter.Piece(bind, "Batch batch", "batch", budget.batch(), budget.batch());
        Code.Block cutBind = splitter.cut(bound);
        Code.Block cutBegin =
                splitter.cut(new MethodSplitter.Piece(begin, "int row", "row", budget.row(), budget.row()));
        splitter.settle(List.of(cutBind, cutBegin, end));
        JavaWriter fieldLines = new JavaWriter(0);
        if (objects > 1) {
            fieldLines.line("private Batch out;");
        }
        fields.forEach(field -> fieldLines.line("private Column " + field + ";"));
        for (int i = 0; i < objects; i++) {
            fieldLines.line("private final MemberOrder order" + (i == 0 ? "" : i) + " = new MemberOrder();");
            if (strict) {
                fieldLines.line("private final MembersSeen seen" + (i == 0 ? "" : i) + " = new MembersSeen();");
            }
        }
        splitter.writeMethods(methods);
        Template.Source source = new Template(SKELETON)
                .word("name", name)
                .lines("fields", fieldLines)
                .lines("bind", written(cutBind))
                .lines("edges", edges(cutBegin))
                .lines("methods", methods)
                .fill();
        return Sources.finish(name, source, new ClassFrame(origin -> ""));
    }

    /** Members of an object: those that are used, each with its first leaf, then those that are declared besides. */
    private static List<Member> members(List<Field> used, List<Integer> leaves, List<Field> declared) {
        Map<String, Type> types = new LinkedHashMap<>();
        declared.forEach(field -> types.put(field.name(), field.type()));
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < used.size(); i++) {
            Field field = used.get(i);
            Type whole = types.getOrDefault(field.name(), field.type());
            members.add(new Member(field.name(), field.type(), whole, leaves.get(i)));
            types.remove(field.name());
        }
        types.forEach((name, type) -> members.add(Member.unused(name, type)));
        return members;
    }

    /** What happens at the start and the end of a row, if anything does. */
    private JavaWriter edges(Code.Block cutBegin) {
        JavaWriter out = new JavaWriter(0);
        if (!cutBegin.isEmpty()) {
            out.line("");
            out.block("protected void begin(int row)");
            splitter.write(cutBegin, out);
            out.end();
        }
        if (!end.isEmpty()) {
            out.line("");
            out.block("protected boolean end(int row)");
            splitter.write(end, out);
            out.line("return true;");
            out.end();
        }
        return out;
    }

    private JavaWriter written(Code.Block block) {
        JavaWriter out = new JavaWriter(0);
        splitter.write(block, out);
        return out;
    }

    /** Fields for the leaves of a column, and what happens to them at the start and end of a row. */
    private void prepare(int column) {
        if (schema.field(column).type() instanceof Type.RowType) {
            bindsBatch();
        }
        for (int leaf = schema.firstLeaf(column); leaf < schema.firstLeaf(column + 1); leaf++) {
            String name = name(leaf);
            fields.add(name);
            bind.line(name + " = batch.column(" + leaf + ");");
            Type type = schema.leaves().get(leaf).type();
            if (type.physical() == Physical.BYTES) {
                begin.line(name + ".putNull(row);");
            }
        }
        if (!schema.field(column).nullable()) {
            int leaf = schema.firstLeaf(column);
            Code.Block missing = end.when(name(leaf) + ".isNull(row)");
            missing.line("missing(" + leaf + ");");
            missing.line("return false;");
        }
    }

    private void bindsBatch() {
        if (!bindsBatch) {
            bind.line("out = batch;");
        }
        bindsBatch = true;
    }

    /** The field that holds the column of a leaf. */
    private String name(int leaf) {
        return columnNames.computeIfAbsent(
                leaf, key -> columnNaming.column(schema.leaves().get(key).path().replace('.', '_'), key));
    }

    /**
     * Writes the method that reads an object and the methods that tell its members apart; answers with what their names end in:
     * nothing for the record, a number for an object inside.
     *
     * @param leaf that says whether the object is there; -1 for the record
     */
    private String writeObject(List<Member> members, int leaf) {
        String number = objects == 0 ? "" : Integer.toString(objects);
        objects++;
        String order = "order" + number;
        List<String> calls = calls(members);
        int unknown = calls.size() - 1;
        methods.line("");
        methods.block(
                (number.isEmpty() ? "protected" : "private") + " long object" + number + "(long address, int row)");
        methods.line("long at = Memory.getByte(address) > ' ' ? address : space(address);");
        methods.block("if (Memory.getByte(at) == '}')").line("return at + 1L;").end();
        methods.line(order + ".begin();");
        if (strict) {
            methods.line("seen" + number + ".begin();");
        }
        methods.block("while (true)");
        methods.line("int member = " + order + ".next(at);");
        methods.block("if (member >= 0)")
                .line("at = behindColon(at + " + order + ".nameBytes());")
                .next("else");
        methods.line("final long quote = at;");
        methods.line("at = name(at);");
        methods.block("if (at < 0L)").line("return at;").end();
        methods.line("member = member" + number + "(nameAt, nameBytes);");
        methods.block("if (member == " + unknown + ")")
                .line("member += unknownName(" + leaf + ");")
                .end();
        methods.line(order + ".learn(quote, nameAt, nameBytes, member);");
        methods.end();
        if (strict) {
            methods.block("if (member < " + unknown + " && seen" + number + ".twice(member))")
                    .line("return duplicate();")
                    .end();
        }
        methods.line("at = value" + number + "(member, at, row);");
        methods.block("if (at < 0L)").line("return at;").end();
        methods.block("if (Memory.getByte(at) <= ' ')").line("at = space(at);").end();
        methods.block("if (Memory.getByte(at) == '}')").line("return at + 1L;").end();
        methods.line("at = comma(at);");
        methods.block("if (at < 0L)").line("return at;").end();
        methods.end().end();
        writeNumbers(number, members, unknown);
        writeValues("value" + number, calls, 0);
        return number;
    }

    /**
     * What reads the value of each number: used members in their order, all others, then names that no column has, each of which has a
     * number of its own. Where names must not come twice, every member has one.
     */
    private List<String> calls(List<Member> members) {
        List<String> calls = new ArrayList<>();
        for (Member member : members) {
            if (member.isUsed() || strict) {
                calls.add(member.isUsed() ? call(member) : "skip(at)");
            }
        }
        if (!strict) {
            calls.add("skip(at)");
        }
        calls.add("unknown(member - " + calls.size() + ", at)");
        return calls;
    }

    /** Writes the method that tells a member's number by its name: used ones in their order, then all others, then unknown ones. */
    private void writeNumbers(String object, List<Member> members, int unknown) {
        Map<Integer, Map<String, Integer>> byLength = new TreeMap<>();
        int next = 0;
        for (Member member : members) {
            int length = member.name().getBytes(StandardCharsets.UTF_8).length;
            byLength.computeIfAbsent(length, key -> new LinkedHashMap<>())
                    .put(member.name(), member.isUsed() || strict ? next++ : unknown - 1);
        }
        byLength.forEach((length, same) -> writeNames(named(object, length), same, length, unknown));
        methods.line("");
        methods.block("private int member" + object + "(long name, int length)");
        methods.block("switch (length)");
        byLength.keySet().forEach(length -> {
            methods.line("case " + length + ":");
            methods.line("    return " + named(object, length) + "(name);");
        });
        methods.line("default:");
        methods.line("    return " + unknown + ";");
        methods.end().end();
    }

    private static String named(String object, int length) {
        return "member" + object + "_" + length;
    }

    /** Writes a method that tells names of one length apart; with many, several that call each other. */
    private void writeNames(String method, Map<String, Integer> numbers, int length, int unknown) {
        int perMethod = Math.max(1, budget.row() / (20 + 10 * (length / 8)));
        List<String> all = List.copyOf(numbers.keySet());
        for (int from = 0; from < all.size(); from += perMethod) {
            boolean last = from + perMethod >= all.size();
            methods.line("");
            methods.block("private int " + method + (from == 0 ? "" : "_" + from) + "(long name)");
            for (String name : all.subList(from, Math.min(all.size(), from + perMethod))) {
                if (Names.isPlain(name)) {
                    methods.comment("c_" + name);
                }
                methods.block("if (" + NameTest.of(name) + ")")
                        .line("return " + numbers.get(name) + ";")
                        .end();
            }
            methods.line(last ? "return " + unknown + ";" : "return " + method + "_" + (from + perMethod) + "(name);");
            methods.end();
        }
    }

    /** Writes a method that reads the value of a member by its number; with many members, a tree of methods. */
    private void writeValues(String method, List<String> calls, int first) {
        // A tree that does not branch would never end.
        int perMethod = Math.max(2, budget.row() / CALL_BYTES);
        int size = 1;
        while (size * perMethod < calls.size()) {
            size *= perMethod;
        }
        methods.line("");
        methods.block("private long " + method + "(int member, long at, int row)");
        methods.block(size == 1 ? "switch (member)" : "switch ((member - " + first + ") / " + size + ")");
        int last = calls.size() - 1;
        for (int i = 0; i <= last; i += size) {
            methods.line(i + size > last ? "default:" : "case " + (size == 1 ? first + i : i / size) + ":");
            methods.line(
                    "    return " + (size == 1 ? calls.get(i) : method + "_" + i / size + "(member, at, row)") + ";");
        }
        methods.end().end();
        for (int i = 0; i <= last && size > 1; i += size) {
            writeValues(method + "_" + i / size, calls.subList(i, Math.min(last + 1, i + size)), first + i);
        }
    }

    /** What reads the value of a member. */
    private String call(Member member) {
        if (member.type() instanceof Type.RowType row) {
            return "row" + writeRow(row, (Type.RowType) member.declared(), member.leaf()) + "(at, row)";
        }
        return DecoderReads.read("at", member.type(), name(member.leaf()), member.leaf());
    }

    private String writeRow(Type.RowType row, Type.RowType declared, int leaf) {
        List<Integer> leaves = new ArrayList<>();
        int next = leaf + 1;
        for (Field field : row.fields()) {
            leaves.add(next);
            next += Schema.leafCount(field.type());
        }
        String object = writeObject(members(row.fields(), leaves, declared.fields()), leaf);
        methods.line("");
        methods.block("private long row" + object + "(long address, int row)");
        methods.line("final long at = readRow(address, row, out, " + leaf + ", " + Schema.leafCount(row) + ");");
        methods.line("return at > 0L ? object" + object + "(at, row) : at < 0L ? at : address + 4L;");
        methods.end();
        return object;
    }
}
