package io.leat.runtime.connector.file;

import io.leat.runtime.connector.ConnectorRun;
import io.leat.runtime.connector.Drained;
import io.leat.runtime.connector.Sink;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.connector.TestClock;
import io.leat.runtime.connector.TestDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Writes files with sinks and reads them back: the base of tests of file sinks. */
abstract class WrittenFiles {
    @TempDir
    Path directory;

    final TestDisk disk = new TestDisk();
    final TestClock clock = new TestClock();
    final ConnectorRun run = new ConnectorRun(new FileConnector(), disk.platform(clock));

    @AfterEach
    void close() {
        run.close();
    }

    String path(String name) {
        return directory.resolve(name).toString();
    }

    /** All files below the directory, hidden ones too. */
    List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    List<String> rows(String name, String format) {
        List<String> rows = new ArrayList<>();
        try (Source source = run.source("path", path(name), "format", format)) {
            for (Source.Partition partition : source.partitions()) {
                try (SourceReader reader = source.reader(partition)) {
                    rows.addAll(Drained.toEnd(reader, run.allocator()).records());
                }
            }
        }
        return rows;
    }

    static List<String> json(int from, int to) {
        List<String> lines = new ArrayList<>();
        for (int id = from; id < to; id++) {
            lines.add("{\"id\":" + id + ",\"name\":\"name " + id + "\"}");
        }
        return lines;
    }

    /** Writes rows in one go; answers the summary. */
    String insert(boolean replace, int from, int to, String... options) {
        try (Sink sink = run.sink(replace, options)) {
            run.write(sink, from, to);
            sink.endEpoch(1);
            sink.finish();
            return sink.summary();
        }
    }
}
