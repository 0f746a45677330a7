package io.leat.compiler.decode;

import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.Column;
import io.leat.runtime.connector.FormatSpec;
import io.leat.runtime.decode.DecoderContext;
import io.leat.runtime.decode.RecordChunk;
import io.leat.runtime.decode.RecordDecoder;
import io.leat.runtime.decode.RejectReason;
import io.leat.runtime.decode.UnknownFields;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobClassLoader;
import io.leat.runtime.job.SourceSpec;
import io.leat.runtime.kernel.Zone;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.RowType;
import io.leat.runtime.type.Type.VarbinaryType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * The decoder that the compiler generates for a table, fed with bytes. What comes out is text: a row as its values in braces, a
 * rejected record as {@code !REASON}.
 */
final class DecoderRun implements AutoCloseable {
    private static final QueryCompiler COMPILER = new QueryCompiler();

    private final BufferAllocator allocator = new RootAllocator();
    private final UnknownFields unknown = new UnknownFields();
    private final RecordChunk chunk = new RecordChunk(allocator);
    private final JobClassLoader loader;
    private final SourceSpec source;
    private final FormatSpec format;

    /**
     * @param selected what is read of it
     * @param options its format with all options of that
     */
    DecoderRun(String columns, String selected, String options) {
        String sql = "CREATE TABLE t (" + columns + ") WITH ('connector'='filesystem', 'path'='x', " + options
                + "); SELECT " + selected + " FROM t;";
        CompiledJob job = COMPILER.compile(new SourceText("decode.sql", sql), CompileOptions.defaults())
                .job();
        this.loader = new JobClassLoader(job);
        this.source = job.graph().sources().get(0);
        this.format = source.decoding().orElseThrow().value();
    }

    private RecordDecoder newDecoder(boolean lines) {
        Map<String, String> settings = new HashMap<>(format.settings());
        settings.put("lines", Boolean.toString(lines));
        List<String> declared =
                source.declared().fields().stream().map(Field::name).toList();
        DecoderContext context =
                new DecoderContext(source.schema(), declared, settings, Zone.of(ZoneId.of("UTC")), unknown, allocator);
        return loader.create(
                source.decoding().orElseThrow().decoder(),
                RecordDecoder.class,
                new Class<?>[] {DecoderContext.class},
                context);
    }

    /** Decodes a file, read in one piece. */
    List<String> decodeLines(byte[] file, int batchRows) {
        boolean csv = format.name().equals("csv");
        byte delimiter = (byte) format.setting("field-delimiter", ",").charAt(0);
        byte quote = (byte) format.setting("quote-character", "\"").charAt(0);
        chunk.beginCsv(0, csv ? delimiter : 0, csv ? quote : 0);
        chunk.append(file, 0, file.length);
        if (file.length > 0 && file[file.length - 1] != '\n') {
            chunk.append(new byte[] {'\n'}, 0, 1);
        }
        chunk.size(chunk.size());
        return decode(true, batchRows);
    }

    /** Decodes values of records with bounds. */
    List<String> decodeRecords(List<byte[]> values, int batchRows) {
        chunk.beginRecords();
        for (int i = 0; i < values.size(); i++) {
            chunk.addRecord(values.get(i), null, i, 0);
        }
        chunk.endRecords();
        return decode(false, batchRows);
    }

    /** What was counted of names that no column has, in all that was decoded. */
    UnknownFields.Counts unknownFields() {
        return unknown.counted();
    }

    private List<String> decode(boolean lines, int batchRows) {
        Collector collector = new Collector();
        try (RecordDecoder decoder = newDecoder(lines);
                Batch batch = new Batch(source.schema(), batchRows, allocator)) {
            decoder.beginPartition();
            while (!chunk.isExhausted()) {
                batch.reset();
                collector.begin(batch);
                decoder.decode(chunk, batch, collector);
                collector.end();
            }
        }
        return collector.all;
    }

    /** Puts rows and rejected records in the order in which they stand in the file. */
    private static final class Collector implements RecordDecoder.Listener {
        private final List<String> all = new ArrayList<>();
        private Batch batch;
        private int taken;

        void begin(Batch next) {
            batch = next;
            taken = 0;
        }

        void end() {
            for (; taken < batch.rows(); taken++) {
                all.add(row(batch, taken));
            }
        }

        @Override
        public void decoded(int row, int origin) {
            end();
        }

        @Override
        public void rejected(RecordChunk chunk, int origin, RejectReason why, String reason) {
            end();
            all.add("!" + reason.substring(0, reason.indexOf(':')).replaceAll("\\(.*", ""));
        }

        @Override
        public void absent(int origin) {
            end();
            all.add("absent");
        }
    }

    private static String row(Batch batch, int row) {
        return fields(batch, 0, batch.schema().fields(), row);
    }

    private static String fields(Batch batch, int firstLeaf, List<Field> fields, int row) {
        StringBuilder text = new StringBuilder("{");
        int leaf = firstLeaf;
        for (Field field : fields) {
            text.append(text.length() == 1 ? "" : ", ").append(value(batch, leaf, field.type(), row));
            leaf += Schema.leafCount(field.type());
        }
        return text.append('}').toString();
    }

    private static String value(Batch batch, int leaf, Type type, int row) {
        Column column = batch.column(leaf);
        if (column.isNull(row)) {
            return "NULL";
        }
        if (type instanceof RowType rowType) {
            return fields(batch, leaf + 1, rowType.fields(), row);
        }
        if (type instanceof Type.DecimalType) {
            return column.getDecimal(row).toPlainString();
        }
        if (type instanceof VarbinaryType) {
            return HexFormat.of().formatHex(column.getBytes(row));
        }
        return switch (type.physical()) {
            case BOOL -> Boolean.toString(column.getBoolean(row));
            case BYTES -> '\'' + column.getText(row) + '\'';
            case FLOAT32 -> Float.toString(column.getFloat(row));
            case FLOAT64 -> Double.toString(column.getDouble(row));
            default -> Long.toString(column.getLong(row));
        };
    }

    @Override
    public void close() {
        chunk.close();
        allocator.close();
    }
}
