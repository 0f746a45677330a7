package io.leat.compiler.codegen;

import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;

/** Writes the decoder of records that are one value. */
final class RawDecoderEmitter {
    private static final String SKELETON = """
            // raw decoder
            public final class {{name}} extends RawDecoder {
                private Column column;

                public {{name}}(DecoderContext context) {
                    super(context);
                }

                protected void bind(Batch batch) {
                    {{bind}}
                }

                protected long record(long address, int row) {
                    {{read}}
                }
            }
            """;

    private RawDecoderEmitter() {}

    /**
     * @param column the column of the schema that the record fills, or -1 if nobody uses it
     */
    static GeneratedClass emit(String name, Schema schema, int column) {
        String read = "return skip(address);";
        String bind = "";
        if (column >= 0) {
            boolean text = schema.field(column).type() instanceof Type.VarcharType;
            read = "return " + (text ? "readText" : "readBinary") + "(address, row, column);";
            bind = "column = batch.column(" + schema.firstLeaf(column) + ");";
        }
        Template.Source source = new Template(SKELETON)
                .word("name", name)
                .word("bind", bind)
                .word("read", read)
                .fill();
        return Sources.finish(name, source, new ClassFrame(origin -> ""));
    }
}
