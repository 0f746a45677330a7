package io.leat.compiler.codegen;

import io.leat.compiler.codegen.Code.Block;
import io.leat.compiler.physical.HashAggregation.DistinctValues;
import io.leat.compiler.physical.Positions;
import java.util.List;

/** Writes a set of values by group. */
final class DistinctSetEmitter {
    private static final String SKELETON = """
            // distinct values of groups
            public final class {{name}} extends DistinctSet {
                public {{name}}(TableLayout layout, BufferAllocator allocator) {
                    super(layout, allocator);
                }

                public boolean add(int group{{parameters}}) {
                    final long hash = Hashing.combine(Hashing.hashInt64(group), {{hash}});
                    int slot = (int) hash & mask;
                    long found = Memory.getLong(index + ((long) slot << 3));
                    while (found != 0L) {
                        if ((int) (found >>> 32) == (int) (hash >>> 32)) {
                            final long entry = entries + ((int) found - 1) * {{width}}L;
                            if (Memory.getInt(entry + 16L) == group && ({{matches}})) {
                                return false;
                            }
                        }
                        slot = slot + 1 & mask;
                        found = Memory.getLong(index + ((long) slot << 3));
                    }
                    final long entry = insert(hash);
                    Memory.putInt(entry + 16L, group);
                    {{write}}
                    inserted(entry);
                    return (Memory.getInt(entry + 8L) & TableLayout.STORED) == 0;
                }
            }
            """;

    private DistinctSetEmitter() {}

    static GeneratedClass emit(DistinctValues plan, String name, Positions places) {
        ClassFrame frame = new ClassFrame(places);
        MethodSplitter splitter = new MethodSplitter(places);
        KeyMethods keys = new KeyMethods(plan.layout(), 1);
        Block write = new Block();
        keys.write("entry", write);
        splitter.settle(List.of(write));
        JavaWriter writeLines = new JavaWriter(0);
        splitter.write(write, writeLines);
        Template.Source source = new Template(SKELETON)
                .word("name", name)
                .word("parameters", keys.parameters())
                .word("hash", HashEmitter.hash(List.of(Slots.parameter(plan.type(), false, "key0"))))
                .word("width", Integer.toString(plan.layout().width()))
                .word("matches", keys.matches("entry"))
                .lines("write", writeLines)
                .fill();
        return Sources.finish(name, source, frame);
    }
}
