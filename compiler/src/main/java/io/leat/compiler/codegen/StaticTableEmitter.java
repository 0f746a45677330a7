package io.leat.compiler.codegen;

import io.leat.compiler.codegen.Code.Block;
import io.leat.compiler.codegen.MethodSplitter.Piece;
import io.leat.compiler.physical.PhysicalOperator.BuildTable;
import io.leat.compiler.physical.Positions;
import io.leat.runtime.state.TableLayout;
import io.leat.runtime.state.TableLayout.ColumnSlot;
import java.util.ArrayList;
import java.util.List;

/** Writes the table of a static join: how rows come in, and how those with a key are found. */
final class StaticTableEmitter {
    private static final String SKELETON = """
            // static table {{id}}
            public final class {{name}} extends StaticTable {
                {{fields}}

                public {{name}}(TableLayout layout, BufferAllocator allocator) {
                    super(layout, allocator);
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
                    return 0L;
                }

                public void add(Batch in) {
                    {{prologue}}
                    for (int row = 0, rows = in.rows(); row < rows; row++) {
                        {{row}}
                    }
                }
                {{methods}}
            }
            """;

    private StaticTableEmitter() {}

    static GeneratedClass emit(BuildTable plan, String name, Positions places, Budget budget) {
        ClassFrame frame = new ClassFrame(places);
        MethodSplitter splitter = new MethodSplitter(places);
        TableLayout layout = plan.layout();
        KeyMethods keys = new KeyMethods(layout, 0);
        Block prologue = new Block();
        Block row = row(plan, frame, prologue);
        UnusedVariables.remove(List.of(prologue, row));
        Block cutPrologue = splitter.cut(new Piece(prologue, "Batch in", "in", budget.batch() / 2, budget.batch()));
        Block cutRow = splitter.cut(new Piece(row, "int row", "row", budget.batch() / 2, budget.row()));
        splitter.settle(List.of(cutPrologue, cutRow));
        JavaWriter fields = new JavaWriter(0);
        splitter.fields().forEach((field, type) -> fields.line("private " + type + " " + field + ";"));
        JavaWriter methods = new JavaWriter(0);
        splitter.writeMethods(methods);
        JavaWriter prologueLines = new JavaWriter(0);
        splitter.write(cutPrologue, prologueLines);
        JavaWriter rowLines = new JavaWriter(0);
        splitter.write(cutRow, rowLines);
        Template.Source source = new Template(SKELETON)
                .word("id", Integer.toString(plan.id()))
                .word("name", name)
                .lines("fields", fields)
                .word("parameters", keys.parameters())
                .word("width", Integer.toString(layout.width()))
                .word("matches", keys.matches("entry"))
                .lines("prologue", prologueLines)
                .lines("row", rowLines)
                .lines("methods", methods)
                .fill();
        return Sources.finish(name, source, frame);
    }

    private static Block row(BuildTable plan, ClassFrame frame, Block prologue) {
        ExpressionEmitter expressions = new ExpressionEmitter(frame);
        BatchColumns columns = new BatchColumns(expressions, plan.schema(), 0, prologue);
        Block block = new Block();
        Scope scope = new Scope(block);
        TableLayout layout = plan.layout();
        List<Fragment> keys = new ArrayList<>();
        for (int i = 0; i < layout.keys().size(); i++) {
            keys.add(columns.column(i, scope));
        }
        String isNull = expressions.anyNull(keys, scope);
        Scope present = isNull.isEmpty() ? scope : scope.inside(block.when("!" + isNull));
        Block inner = present.block();
        List<Fragment> values =
                keys.stream().map(key -> key.withNull(Fragment.NEVER)).toList();
        inner.declare("final long", "hash", HashEmitter.hash(values));
        inner.declare("final long", "first", "find(hash, " + NodeEmitter.arguments(values) + ")");
        inner.declare("final long", "entry", "first == 0L ? inserted(insert(hash)) : insertBehind(first, hash)");
        for (int i = 0; i < values.size(); i++) {
            Slots.write(layout.keys().get(i), "entry", "arena", values.get(i), inner);
        }
        List<Fragment> leaves = new ArrayList<>();
        for (int i = layout.keys().size(); i < plan.schema().size(); i++) {
            addLeaves(columns.column(i, present), leaves);
        }
        for (int i = 0; i < leaves.size(); i++) {
            ColumnSlot slot = layout.columns().get(i);
            Slots.writeNullable(slot, "entry", "arena", leaves.get(i), inner);
        }
        return block;
    }

    private static void addLeaves(Fragment value, List<Fragment> into) {
        into.add(value);
        value.fields().forEach(field -> addLeaves(field, into));
    }
}
