package io.leat.lake.parquet;

import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.DecimalType;
import io.leat.runtime.type.Type.IntegerType;
import io.leat.runtime.type.Type.TimestampType;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.NanoSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeType;
import org.apache.parquet.format.TimeUnit;

/**
 * A column of a file that is written.
 *
 * @param path its name behind those of the rows that it is in
 * @param type of its values
 * @param optional leaves of the batch from the outside in that may be NULL, its own last; a value has the level of as many as are there
 * @param leaf of the batch
 */
record WrittenColumn(List<String> path, Type type, SchemaElement element, List<Integer> optional, int leaf) {
    /** Digits that fit 32 bits, whatever they are. */
    private static final int INT_DIGITS = 9;

    /** Bytes of a decimal that is too large for 64 bits. */
    static final int DECIMAL_BYTES = 16;

    int levels() {
        return optional.size();
    }

    /**
     * The columns of a file in their order.
     *
     * @param elements where what the footer lists is added
     */
    static List<WrittenColumn> of(Schema schema, List<Integer> columns, List<SchemaElement> elements) {
        List<WrittenColumn> written = new ArrayList<>();
        elements.add(new SchemaElement("schema").setNum_children(columns.size()));
        for (int column : columns) {
            add(schema.field(column), schema.firstLeaf(column), List.of(), List.of(), elements, written);
        }
        return written;
    }

    private static int add(
            Field field,
            int leaf,
            List<String> path,
            List<Integer> optional,
            List<SchemaElement> elements,
            List<WrittenColumn> written) {
        List<String> ownPath = new ArrayList<>(path);
        ownPath.add(field.name());
        List<Integer> ownOptional = new ArrayList<>(optional);
        if (field.nullable()) {
            ownOptional.add(leaf);
        }
        SchemaElement element = new SchemaElement(field.name())
                .setRepetition_type(field.nullable() ? FieldRepetitionType.OPTIONAL : FieldRepetitionType.REQUIRED);
        elements.add(element);
        if (!(field.type() instanceof Type.RowType row)) {
            describe(element, field.type());
            written.add(new WrittenColumn(ownPath, field.type(), element, ownOptional, leaf));
            return leaf + 1;
        }
        element.setNum_children(row.fields().size());
        int next = leaf + 1;
        for (Field child : row.fields()) {
            next = add(child, next, ownPath, ownOptional, elements, written);
        }
        return next;
    }

    private static void describe(SchemaElement element, Type type) {
        element.setType(stored(type));
        if (type instanceof IntegerType integer && integer.bits() < 32) {
            element.setLogicalType(LogicalType.INTEGER(new IntType((byte) integer.bits(), true)));
            element.setConverted_type(integer.bits() == 8 ? ConvertedType.INT_8 : ConvertedType.INT_16);
        } else if (type instanceof DecimalType decimal) {
            element.setLogicalType(LogicalType.DECIMAL(
                    new org.apache.parquet.format.DecimalType(decimal.scale(), decimal.precision())));
            element.setConverted_type(ConvertedType.DECIMAL);
            element.setPrecision(decimal.precision());
            element.setScale(decimal.scale());
            if (element.getType() == org.apache.parquet.format.Type.FIXED_LEN_BYTE_ARRAY) {
                element.setType_length(DECIMAL_BYTES);
            }
        } else if (type instanceof Type.VarcharType) {
            element.setLogicalType(LogicalType.STRING(new StringType()));
            element.setConverted_type(ConvertedType.UTF8);
        } else if (type instanceof Type.DateType) {
            element.setLogicalType(LogicalType.DATE(new DateType()));
            element.setConverted_type(ConvertedType.DATE);
        } else if (type instanceof Type.TimeType) {
            element.setLogicalType(LogicalType.TIME(new TimeType(false, TimeUnit.MICROS(new MicroSeconds()))));
        } else if (type instanceof TimestampType timestamp) {
            TimeUnit unit = timestamp.nanos() ? TimeUnit.NANOS(new NanoSeconds()) : TimeUnit.MICROS(new MicroSeconds());
            element.setLogicalType(
                    LogicalType.TIMESTAMP(new org.apache.parquet.format.TimestampType(timestamp.local(), unit)));
            // Readers that know no logical types take this for a moment.
            if (timestamp.local() && !timestamp.nanos()) {
                element.setConverted_type(ConvertedType.TIMESTAMP_MICROS);
            }
        }
    }

    private static org.apache.parquet.format.Type stored(Type type) {
        if (type instanceof DecimalType decimal) {
            return decimal.precision() <= INT_DIGITS
                    ? org.apache.parquet.format.Type.INT32
                    : decimal.precision() <= DecimalType.MAX_LONG_PRECISION
                            ? org.apache.parquet.format.Type.INT64
                            : org.apache.parquet.format.Type.FIXED_LEN_BYTE_ARRAY;
        }
        return switch (type.physical()) {
            case BOOL -> org.apache.parquet.format.Type.BOOLEAN;
            case INT8, INT16, INT32 -> org.apache.parquet.format.Type.INT32;
            case INT64 -> org.apache.parquet.format.Type.INT64;
            case FLOAT32 -> org.apache.parquet.format.Type.FLOAT;
            case FLOAT64 -> org.apache.parquet.format.Type.DOUBLE;
            case BYTES -> org.apache.parquet.format.Type.BYTE_ARRAY;
            case INT128, ROW -> throw new IllegalStateException(type.sql() + " has no value of its own in a file");
        };
    }
}
