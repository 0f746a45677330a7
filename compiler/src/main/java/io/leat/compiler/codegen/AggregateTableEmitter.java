package io.leat.compiler.codegen;

import io.leat.compiler.codegen.Code.Block;
import io.leat.compiler.codegen.MethodSplitter.Piece;
import io.leat.compiler.physical.HashAggregation;
import io.leat.compiler.physical.HashAggregation.OutputColumn;
import io.leat.compiler.physical.Positions;
import io.leat.runtime.state.TableLayout.ColumnSlot;
import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;

/** Writes the table of an aggregate: how a group is found, merged and emitted, with its layout as constants. */
final class AggregateTableEmitter {
    private static final String SKELETON = """
            // groups of aggregate {{id}}
            public final class {{name}} extends AggregateTable {
                private final TableLayout[] layouts;
                private final BufferAllocator allocator;
                {{fields}}

                public {{name}}(TableLayout[] layouts, BufferAllocator allocator) {
                    super(layouts[0], allocator, {{newSets}});
                    this.layouts = layouts;
                    this.allocator = allocator;
                    {{setUp}}
                }

                public AggregateTable create() {
                    return new {{name}}(layouts, allocator);
                }

                public long find(long hash{{parameters}}) {
                    int slot = (int) hash & mask;
                    long found = Memory.getLong(index + ((long) slot << 3));
                    while (found != 0L) {
                        if ((int) (found >>> 32) == (int) (hash >>> 32)) {
                            final long entry = entries + ((int) found - 1) * {{width}}L;
                            if ({{matches}}) {
                                return entry;
                            }
                        }
                        slot = slot + 1 & mask;
                        found = Memory.getLong(index + ((long) slot << 3));
                    }
                    return add(hash{{passedOn}});
                }

                private long add(long hash{{parameters}}) {
                    final long entry = insert(hash);
                    {{writeKey}}
                    return inserted(entry);
                }

                public long findLike(AggregateTable other, long entry) {
                    return find(Memory.getLong(entry){{readKey}});
                }

                public void mergeValues(long entry, AggregateTable other, long otherEntry) {
                    {{merge}}
                }

                public void emit(long entry, long windowStart, long windowEnd, Batch out, int row) {
                    {{emit}}
                }
                {{methods}}
            }
            """;

    private final HashAggregation plan;
    private final List<String> setNames;
    private final ClassFrame frame;
    private final MethodSplitter splitter;
    private final KeyMethods keys;

    /**
     * @param setNames the generated classes of its sets, in order
     */
    AggregateTableEmitter(HashAggregation plan, List<String> setNames, Positions places) {
        this.plan = plan;
        this.setNames = setNames;
        this.frame = new ClassFrame(places);
        this.splitter = new MethodSplitter(places);
        this.keys = new KeyMethods(plan.layout(), 0);
    }

    GeneratedClass emit(String name, Budget budget) {
        Block writeKey = new Block();
        keys.write("entry", writeKey);
        Block merge = splitter.cut(new Piece(
                mergeValues(),
                "long entry, AggregateTable other, long otherEntry",
                "entry, other, otherEntry",
                budget.row(),
                budget.row()));
        Block emit = splitter.cut(new Piece(
                emitRow(),
                "long entry, long windowStart, long windowEnd, Batch out, int row",
                "entry, windowStart, windowEnd, out, row",
                budget.row(),
                budget.row()));
        splitter.settle(List.of(writeKey, merge, emit));

        List<String> newSets = new ArrayList<>();
        JavaWriter fields = new JavaWriter(0);
        JavaWriter setUp = new JavaWriter(0);
        for (int i = 0; i < setNames.size(); i++) {
            newSets.add("new " + setNames.get(i) + "(layouts[" + (i + 1) + "], allocator)");
            fields.line("public final " + setNames.get(i) + " set" + i + ";");
            setUp.line("set" + i + " = (" + setNames.get(i) + ") set(" + i + ");");
        }
        frame.fields().forEach((field, type) -> fields.line(type + " " + field + ";"));
        splitter.fields().forEach((field, type) -> fields.line("private " + type + " " + field + ";"));
        frame.setUp().forEach(setUp::line);
        JavaWriter methods = new JavaWriter(0);
        writeFindEmpty(methods);
        writeIsGone(methods);
        writeMergeSets(methods);
        splitter.writeMethods(methods);
        Template.Source source = new Template(SKELETON)
                .word("id", Integer.toString(plan.id()))
                .word("name", name)
                .lines("fields", fields)
                .word(
                        "newSets",
                        newSets.isEmpty()
                                ? "new DistinctSet[0]"
                                : "new DistinctSet[] {" + String.join(", ", newSets) + "}")
                .lines("setUp", setUp)
                .word("parameters", keys.parameters())
                .word("passedOn", keys.passedOn())
                .word("matches", keys.matches("entry"))
                .word("width", Integer.toString(plan.layout().width()))
                .lines("writeKey", written(writeKey))
                .word("readKey", keys.readFrom("entry", "other.arena()"))
                .lines("merge", written(merge))
                .lines("emit", written(emit))
                .lines("methods", methods)
                .fill();
        return Sources.finish(name, source, frame);
    }

    private JavaWriter written(Block block) {
        JavaWriter out = new JavaWriter(0);
        splitter.write(block, out);
        return out;
    }

    private Block mergeValues() {
        Block block = new Block();
        for (HashAggregation.Call call : plan.calls()) {
            if (call.set() < 0) {
                block.line(Accumulators.merge(call, "entry", "otherEntry"));
            }
        }
        if (plan.rowsAt() != HashAggregation.NOT_COUNTED) {
            String rows = Slots.plus("entry", plan.rowsAt());
            block.line("Count.merge(" + rows + ", " + Slots.plus("otherEntry", plan.rowsAt()) + ");");
        }
        block.line("touch(entry);");
        return block;
    }

    private void writeMergeSet(JavaWriter out) {
        out.line("");
        out.block("public void mergeSet(int set, AggregateTable other)");
        for (int set = 0; set < setNames.size(); set++) {
            out.block("if (set == " + set + ")")
                    .line("mergeSet" + set + "(other);")
                    .end();
        }
        out.end();
    }

    /** Without keys there is one group, even over no rows. */
    private void writeFindEmpty(JavaWriter out) {
        if (plan.layout().keys().isEmpty()) {
            out.line("");
            out.block("public void findEmpty()");
            out.line("find(Hashing.NULL_HASH);");
            out.end();
        }
    }

    /** Groups that all rows have left are there no more; the one group without keys or window always is. */
    private void writeIsGone(JavaWriter out) {
        if (plan.weighted() && !plan.isSingle()) {
            out.line("");
            out.block("public boolean isGone(long entry)");
            out.line("return Count.result(" + Slots.plus("entry", plan.rowsAt()) + ") == 0L;");
            out.end();
        }
    }

    private void writeMergeSets(JavaWriter out) {
        if (!setNames.isEmpty()) {
            writeMergeSet(out);
        }
        for (int set = 0; set < setNames.size(); set++) {
            String type = setNames.get(set);
            ColumnSlot slot = plan.sets().get(set).layout().keys().get(1);
            List<String> value = Slots.read(slot, "value", "values.arena()");
            out.line("");
            out.block("private void mergeSet" + set + "(AggregateTable other)");
            out.line("final " + type + " values = (" + type + ") other.set(" + set + ");");
            out.block("for (int i = 0; i < values.size(); i++)");
            out.line("final long value = values.entry(i);");
            out.line("final long entry = findLike(other, other.entry(Memory.getInt(value + 16L)));");
            out.block("if (set" + set + ".add(ordinal(entry), " + String.join(", ", value) + "))");
            out.line("touch(entry);");
            for (HashAggregation.Call call : plan.calls()) {
                if (call.set() == set) {
                    Fragment read = new Fragment(slot.type(), value, Fragment.NEVER, List.of());
                    out.line(Accumulators.add(call, "arena", "entry", read));
                }
            }
            out.end().end().end();
        }
    }

    private Block emitRow() {
        Block block = new Block();
        BatchWriter writer = new BatchWriter("out", "row");
        writer.skip(plan.changes() ? 1 : 0);
        List<Fragment> unpacked = plan.packed() ? unpack(block) : List.of();
        String wide =
                plan.calls().stream().anyMatch(call -> call.function().result().physical() == Physical.INT128)
                        ? frame.int128Result()
                        : "";
        for (OutputColumn column : plan.columns()) {
            if (column instanceof OutputColumn.Key key) {
                writer.put(plan.packed() ? unpacked.get(key.index()) : key(key.index(), block), block);
            } else if (column instanceof OutputColumn.Result result) {
                HashAggregation.Call call = plan.calls().get(result.call());
                writer.put(Accumulators.result(call, "entry", wide, block, frame.names()), block);
            } else if (column instanceof OutputColumn.WindowStart) {
                writer.put(Fragment.of(Type.BIGINT, "windowStart", Fragment.NEVER), block);
            } else if (column instanceof OutputColumn.WindowEnd) {
                writer.put(Fragment.of(Type.BIGINT, "windowEnd", Fragment.NEVER), block);
            } else if (column instanceof OutputColumn.WindowTime time) {
                String value = "windowEnd - " + JavaTypes.literal(time.unit());
                writer.put(Fragment.of(Type.BIGINT, value, Fragment.NEVER), block);
            }
        }
        return block;
    }

    private Fragment key(int index, Block block) {
        ColumnSlot slot = plan.layout().keys().get(index);
        String isNull = Fragment.NEVER;
        if (slot.nullBit() >= 0) {
            isNull = "isNull" + frame.names().number();
            block.declare("final boolean", isNull, Slots.nullTest(slot, "entry"));
        }
        return new Fragment(slot.type(), Slots.read(slot, "entry", "arena"), isNull, List.of());
    }

    /** Walks along a packed key; each column begins where the one before it ends. */
    private List<Fragment> unpack(Block block) {
        ColumnSlot slot = plan.layout().keys().get(0);
        String at = "at" + frame.names().number();
        block.declare("long", at, Slots.read(slot, "entry", "arena").get(0));
        List<Fragment> columns = new ArrayList<>();
        for (Type type : plan.keyTypes()) {
            String start = "start" + frame.names().number();
            String isNull = "isNull" + frame.names().number();
            block.declare("final long", start, at);
            block.declare("final boolean", isNull, "PackedKey.isNull(" + start + ")");
            block.line(at + " = PackedKey.next(" + start + ", " + width(type) + ");");
            columns.add(new Fragment(type, packedParts(type, start), isNull, List.of()));
        }
        return columns;
    }

    /** As it was put: small numbers as an {@code int}. */
    private static int width(Type type) {
        return switch (type.physical()) {
            case BYTES -> -1;
            case INT8, INT16 -> Integer.BYTES;
            default -> type.physical().width();
        };
    }

    private static List<String> packedParts(Type type, String start) {
        if (type.physical() == Physical.BYTES) {
            return List.of(start + " + 5L", "Memory.getInt(" + start + " + 1L)");
        }
        return Slots.read(new ColumnSlot("", type, 1, -1), start, "");
    }
}
