package io.leat.lake.parquet;

import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** The types of a footer as the library's readers and writers of values have them. */
final class LibraryTypes {
    private LibraryTypes() {}

    /** What logical type the values have makes no difference to their bytes. */
    static PrimitiveType primitive(SchemaElement element) {
        PrimitiveTypeName name = switch (element.getType()) {
            case BOOLEAN -> PrimitiveTypeName.BOOLEAN;
            case INT32 -> PrimitiveTypeName.INT32;
            case INT64 -> PrimitiveTypeName.INT64;
            case INT96 -> PrimitiveTypeName.INT96;
            case FLOAT -> PrimitiveTypeName.FLOAT;
            case DOUBLE -> PrimitiveTypeName.DOUBLE;
            case BYTE_ARRAY -> PrimitiveTypeName.BINARY;
            case FIXED_LEN_BYTE_ARRAY -> PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
        };
        return Types.primitive(name, Repetition.OPTIONAL)
                .length(element.getType_length())
                .named(element.getName());
    }
}
