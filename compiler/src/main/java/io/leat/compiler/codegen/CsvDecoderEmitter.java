package io.leat.compiler.codegen;

import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.util.List;

/** Writes the decoder of CSV records for the columns that are used; fields of others are passed over. */
final class CsvDecoderEmitter {
    private static final String SKELETON = """
            // CSV decoder
            public final class {{name}} extends CsvDecoder {
                {{fields}}

                public {{name}}(DecoderContext context) {
                    super(context);
                }

                protected void bind(Batch batch) {
                    {{bind}}
                }

                protected long fields(long address, int row) {
                    {{read}}
                    return lineEnd(at);
                }
                {{methods}}
            }
            """;

    private CsvDecoderEmitter() {}

    /**
     * @param order for each field of a record the column of the schema that it fills, or -1
     */
    static GeneratedClass emit(String name, Schema schema, List<Integer> order, Budget budget) {
        MethodSplitter splitter = new MethodSplitter(origin -> "");
        Code.Block bind = new Code.Block();
        Code.Block read = new Code.Block();
        JavaWriter fields = new JavaWriter(0);
        Names names = new Names();
        read.declare("long", "at", "address");
        for (int i = 0; i < order.size(); i++) {
            if (i > 0) {
                read.line("at = comma(at);");
            }
            int column = order.get(i);
            if (column < 0) {
                read.line("at = skip(at);");
                continue;
            }
            int leaf = schema.firstLeaf(column);
            String field = names.column(schema.leaves().get(leaf).path(), leaf);
            fields.line("private Column " + field + ";");
            bind.line(field + " = batch.column(" + leaf + ");");
            Type type = schema.field(column).type();
            read.line("at = " + DecoderReads.read("at", type, field, leaf) + ";");
            if (!schema.field(column).nullable()) {
                read.line("at = required(at, row, " + field + ", " + leaf + ");");
            }
        }
        Code.Block cutBind =
                splitter.cut(new MethodSplitter.Piece(bind, "Batch batch", "batch", budget.batch(), budget.batch()));
        Code.Block cutRead = splitter.cut(
                new MethodSplitter.Piece(read, "long address, int row", "address, row", budget.row(), budget.row()));
        splitter.settle(List.of(cutBind, cutRead));
        splitter.use("at", 0);
        splitter.fields().forEach((field, type) -> fields.line("private " + type + " " + field + ";"));
        JavaWriter bindLines = new JavaWriter(0);
        splitter.write(cutBind, bindLines);
        JavaWriter readLines = new JavaWriter(0);
        splitter.write(cutRead, readLines);
        JavaWriter methods = new JavaWriter(0);
        splitter.writeMethods(methods);
        Template.Source source = new Template(SKELETON)
                .word("name", name)
                .lines("fields", fields)
                .lines("bind", bindLines)
                .lines("read", readLines)
                .lines("methods", methods)
                .fill();
        return Sources.finish(name, source, new ClassFrame(origin -> ""));
    }

    /** Whether CSV can carry a type. */
    static boolean carries(Type type) {
        return type.physical() != Physical.ROW;
    }
}
