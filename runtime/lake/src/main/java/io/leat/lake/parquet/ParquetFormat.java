package io.leat.lake.parquet;

import io.leat.runtime.connector.FoundColumns;
import io.leat.runtime.connector.format.ColumnarFile;
import io.leat.runtime.connector.format.ColumnarFormat;
import io.leat.runtime.connector.format.ColumnarInput;
import io.leat.runtime.connector.format.RowFormat;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.io.IOException;
import java.util.Optional;

/** {@code 'format' = 'parquet'}. */
public final class ParquetFormat implements ColumnarFormat {

    @Override
    public String name() {
        return "parquet";
    }

    @Override
    public Optional<String> refusal(Type type) {
        if (type instanceof Type.IntervalType) {
            return Optional.of("an INTERVAL is neither read from parquet nor written to it");
        }
        if (type instanceof Type.ArrayType) {
            return Optional.of("an ARRAY is neither read from parquet nor written to it yet");
        }
        if (type instanceof Type.RowType row) {
            return row.fields().stream()
                    .map(Field::type)
                    .map(this::refusal)
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return Optional.empty();
    }

    @Override
    public RowFormat writing() {
        return new ParquetRows();
    }

    @Override
    public FoundColumns columns(ColumnarInput input) throws IOException {
        return ListedColumns.of(
                new FileSchema(input, FileFooter.read(input).data().getSchema()));
    }

    @Override
    public ColumnarFile open(ColumnarInput input, Schema schema) throws IOException {
        return new ParquetReader(input, FileFooter.read(input), schema);
    }
}
