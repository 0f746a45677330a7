package io.leat.runtime.job;

import io.leat.runtime.platform.Disk;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A query compiled: what it does, and the classes that do it. The one hand-over from compiler to runtime. Immutable; any thread may use it.
 *
 * <p>Its classes are loaded with the first job, stay as long as somebody holds the compiled job or runs a job of it, and serve all of
 * them: who runs it again finds machine code where the JVM has made some.
 */
public final class CompiledJob {
    private final JobGraph graph;
    private final Map<String, byte[]> classes;
    private final Map<String, LineMap> lines;
    /** Made when it is asked for first. */
    private JobClassLoader loader;

    /**
     * @param graph tables, operators and the connections between them
     * @param classes class files by binary name
     * @param lines for each class the part of the query that its lines come from
     */
    public CompiledJob(JobGraph graph, Map<String, byte[]> classes, Map<String, LineMap> lines) {
        this.graph = graph;
        this.classes = new TreeMap<>(classes);
        this.lines = new TreeMap<>(lines);
    }

    /** Tables, operators and the connections between them. */
    public JobGraph graph() {
        return graph;
    }

    /** Class files by binary name. */
    public Map<String, byte[]> classes() {
        return classes;
    }

    /** For each class the part of the query that its lines come from. */
    public Map<String, LineMap> lines() {
        return lines;
    }

    /**
     * What makes objects of its classes, the same each time. Generated classes keep nothing in static fields, so that jobs share none of
     * what they do.
     *
     * @throws IllegalArgumentException if a class refers to something that generated code must not touch
     */
    public synchronized JobClassLoader loader() {
        if (loader == null) {
            loader = new JobClassLoader(this);
        }
        return loader;
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
