package io.leat.runtime.job;

import io.leat.runtime.platform.Disk;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A query compiled: what it does, and the classes that do it. The one hand-over from compiler to runtime. Immutable.
 *
 * @param graph tables, operators and the connections between them
 * @param classes class files by binary name
 * @param lines for each class the part of the query that its lines come from
 */
public record CompiledJob(JobGraph graph, Map<String, byte[]> classes, Map<String, LineMap> lines) {
    public CompiledJob {
        classes = new TreeMap<>(classes);
        lines = new TreeMap<>(lines);
    }

    /**
     * Writes the job as a jar: the same job gives the same bytes.
     *
     * @throws io.leat.runtime.connector.ConnectorException if the file cannot be written
     */
    public void save(Path path) {
        JobArchive.save(this, path, Disk.system());
    }

    /**
     * Reads a job that {@link #save} wrote.
     *
     * @throws JobFormatException if it is no job jar, or one for another version of the runtime
     * @throws io.leat.runtime.connector.ConnectorException if the file cannot be read
     */
    public static CompiledJob load(Path path) {
        return JobArchive.load(path, Disk.system());
    }
}
