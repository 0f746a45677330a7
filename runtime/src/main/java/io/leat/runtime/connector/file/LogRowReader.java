package io.leat.runtime.connector.file;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.SourceReader;
import java.util.List;
import java.util.Map;

/** Reads the files of a log that hold rows by column as one partition. */
final class LogRowReader implements SourceReader.Rows {
    private final LogFiles<ColumnarReader> files;

    LogRowReader(LogFiles<ColumnarReader> files) {
        this.files = files;
    }

    @Override
    public Status poll(Batch batch) {
        return files.poll(reader -> reader.poll(batch));
    }

    @Override
    public List<RefusedRow> refused() {
        return files.current() == null ? List.of() : files.current().refused();
    }

    @Override
    public void seek(String from) {
        files.seek(from);
    }

    @Override
    public String position() {
        return files.position();
    }

    @Override
    public String identity() {
        return files.identity();
    }

    @Override
    public long remaining() {
        return files.remaining();
    }

    @Override
    public Map<String, Object> constants() {
        return files.constants();
    }

    @Override
    public void close() {
        files.close();
    }
}
