package io.leat.runtime.connector.file;

import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.decode.RecordChunk;
import java.util.Map;

/** Reads the files of a log that hold records as one partition. */
final class LogReader implements SourceReader.Records {
    private final LogFiles<PlainFileReader> files;

    LogReader(LogFiles<PlainFileReader> files) {
        this.files = files;
    }

    @Override
    public Status poll(RecordChunk chunk) {
        return files.poll(reader -> reader.poll(chunk));
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
