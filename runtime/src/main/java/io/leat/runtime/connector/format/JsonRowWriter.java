package io.leat.runtime.connector.format;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.batch.Column;
import io.leat.runtime.kernel.ArrayElement;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** Writes rows as JSON lines. Nothing is allocated per value. */
final class JsonRowWriter implements RowWriter {
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .rootValueSeparator((String) null)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .build();

    private final JsonGenerator generator;
    private final ValuePrinter printer;
    private final List<Integer> columns;
    private final List<Member> members = new ArrayList<>();
    private final List<ArrayElement> arrays = new ArrayList<>();
    private byte[] bytes = new byte[256];
    private final char[] digits = new char[64];

    /**
     * A column or a field inside one: what is known of it before there are rows.
     *
     * @param elements reads the elements of an array; null for anything else
     */
    private record Member(
            SerializableString name, ValuePrinter.Shape shape, int leaf, List<Member> fields, ArrayElement elements) {}

    JsonRowWriter(Schema schema, List<Integer> columns, ZoneId zone, BufferAllocator allocator, OutputStream out) {
        this.columns = List.copyOf(columns);
        this.printer = new ValuePrinter(zone, allocator);
        for (int i = 0; i < schema.size(); i++) {
            members.add(member(schema.field(i), schema.firstLeaf(i), allocator));
        }
        try {
            generator = FACTORY.createGenerator(out);
        } catch (IOException e) {
            throw new UncheckedIOException("a generator that writes nothing failed", e);
        }
    }

    private Member member(Field field, int leaf, BufferAllocator allocator) {
        List<Member> fields = new ArrayList<>();
        ArrayElement elements = null;
        if (field.type() instanceof Type.RowType row) {
            int next = leaf + 1;
            for (Field inner : row.fields()) {
                fields.add(member(inner, next, allocator));
                next += Schema.leafCount(inner.type());
            }
        } else if (field.type() instanceof Type.ArrayType array) {
            elements = new ArrayElement(array.element(), allocator);
            arrays.add(elements);
            fields.add(member(Field.nullable("element", array.element()), 0, allocator));
        }
        return new Member(new SerializedString(field.name()), ValuePrinter.shape(field.type()), leaf, fields, elements);
    }

    @Override
    public void header() {
        // Every object names its members.
    }

    @Override
    public void write(Batch batch, int row) throws IOException {
        generator.writeStartObject();
        for (int i = 0; i < columns.size(); i++) {
            Member member = members.get(columns.get(i));
            generator.writeFieldName(member.name());
            write(batch, member, row);
        }
        generator.writeEndObject();
        generator.writeRaw('\n');
    }

    /** Writes the value of one column, without a line end. */
    void writeValue(Batch batch, int column, int row) throws IOException {
        write(batch, members.get(column), row);
    }

    private void write(Batch batch, Member member, int row) throws IOException {
        Column column = batch.column(member.leaf());
        if (member.shape() == ValuePrinter.Shape.ROW && !column.isNull(row)) {
            writeRow(batch, member, row);
        } else {
            write(column, member, row);
        }
    }

    private void write(Column column, Member member, int row) throws IOException {
        if (column.isNull(row)) {
            generator.writeNull();
            return;
        }
        switch (member.shape()) {
            case NOTHING -> generator.writeNull();
            case BOOLEAN -> generator.writeBoolean(column.getBoolean(row));
            case INTEGER -> generator.writeNumber(column.getLong(row));
            case NUMBER -> writeDigits(printer.print(column, row));
            case SIMPLE_TEXT -> writeSimpleText(printer.print(column, row));
            case TEXT -> {
                int length = load(column.bytesAddress(row), column.bytesLength(row));
                generator.writeUTF8String(bytes, 0, length);
            }
            case BINARY -> {
                int length = load(column.bytesAddress(row), column.bytesLength(row));
                generator.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, bytes, 0, length);
            }
            case ARRAY -> writeArray(member, column.bytesAddress(row), column.bytesLength(row));
            case ROW -> throw new IllegalArgumentException("a row inside an array");
        }
    }

    private void writeArray(Member member, long address, int length) throws IOException {
        generator.writeStartArray();
        for (long at = address; at < address + length; ) {
            at = member.elements().read(at);
            write(member.elements().column(), member.fields().get(0), 0);
        }
        generator.writeEndArray();
    }

    private void writeRow(Batch batch, Member member, int row) throws IOException {
        generator.writeStartObject();
        for (Member field : member.fields()) {
            generator.writeFieldName(field.name());
            write(batch, field, row);
        }
        generator.writeEndObject();
    }

    private void writeDigits(BytesResult number) throws IOException {
        for (int i = 0; i < number.length(); i++) {
            digits[i] = (char) Memory.getByte(number.address() + i);
        }
        generator.writeNumber(digits, 0, number.length());
    }

    private void writeSimpleText(BytesResult text) throws IOException {
        int length = load(text.address(), text.length());
        generator.writeRawUTF8String(bytes, 0, length);
    }

    private int load(long address, int length) {
        if (length > bytes.length) {
            bytes = new byte[Math.max(length, (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 64))];
        }
        Memory.copy(address, bytes, 0, length);
        return length;
    }

    @Override
    public void flush() throws IOException {
        generator.flush();
    }

    @Override
    public void close() {
        printer.close();
        arrays.forEach(ArrayElement::close);
        try {
            generator.close();
        } catch (IOException e) {
            // The stream refuses the rest; who needs it has flushed and knows.
        }
    }
}
