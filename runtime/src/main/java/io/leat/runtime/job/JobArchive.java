package io.leat.runtime.job;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.platform.Disk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Job jars: a manifest that says for which runtime, the graph and the line maps as JSON, and the classes. */
final class JobArchive {
    private static final String FORMAT = "1";
    private static final String FORMAT_KEY = "Leat-Job-Format";
    private static final String RUNTIME_KEY = "Leat-Runtime";
    private static final String GRAPH = "leat/job.json";
    private static final String LINES = "leat/lines.json";
    private static final String CLASS_SUFFIX = ".class";
    private static final int MAX_ENTRY_BYTES = 256 << 20;
    /** 1980-01-01T00:00Z, the first time that a jar can hold: entries say nothing of when they were written. */
    private static final long ENTRY_TIME = 315_532_800_000L;

    private JobArchive() {}

    private static ObjectMapper mapper() {
        return JsonMapper.builder()
                .addModule(new Jdk8Module())
                .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, SerializationFeature.INDENT_OUTPUT)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    static void save(CompiledJob job, Path path, Disk disk) {
        try {
            byte[] bytes = bytes(job);
            Path temporary = path.resolveSibling("." + path.getFileName() + ".tmp");
            disk.delete(temporary);
            try (OutputStream out = disk.create(temporary)) {
                out.write(bytes);
            }
            disk.move(temporary, path);
        } catch (IOException e) {
            throw new ConnectorException(Kind.IO, "cannot write " + path + ": " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(CompiledJob job) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue(FORMAT_KEY, FORMAT);
        attributes.putValue(RUNTIME_KEY, RuntimeVersion.CURRENT);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            ByteArrayOutputStream manifestBytes = new ByteArrayOutputStream();
            manifest.write(manifestBytes);
            add(jar, "META-INF/MANIFEST.MF", manifestBytes.toByteArray());
            for (Map.Entry<String, byte[]> type : job.classes().entrySet()) {
                add(jar, type.getKey().replace('.', '/') + CLASS_SUFFIX, type.getValue());
            }
            ObjectMapper mapper = mapper();
            add(jar, GRAPH, mapper.writeValueAsBytes(job.graph()));
            add(jar, LINES, mapper.writeValueAsBytes(job.lines()));
        }
        return bytes.toByteArray();
    }

    private static void add(JarOutputStream jar, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(ENTRY_TIME);
        jar.putNextEntry(entry);
        jar.write(bytes);
        jar.closeEntry();
    }

    static CompiledJob load(Path path, Disk disk) {
        try (InputStream in = disk.read(path);
                JarInputStream jar = new JarInputStream(in)) {
            checkManifest(path, jar.getManifest());
            return read(path, jar);
        } catch (NoSuchFileException e) {
            throw new ConnectorException(Kind.INPUT_MISSING, "no file " + path, e);
        } catch (IOException e) {
            throw new JobFormatException("cannot read " + path + " as a job jar: " + e.getMessage(), e);
        }
    }

    private static void checkManifest(Path path, Manifest manifest) {
        String format = manifest == null ? null : manifest.getMainAttributes().getValue(FORMAT_KEY);
        if (format == null) {
            throw new JobFormatException(
                    path + " is not a job jar: write one with 'leat compile query.sql -o job.jar'");
        }
        String runtime = manifest.getMainAttributes().getValue(RUNTIME_KEY);
        if (!format.equals(FORMAT) || !RuntimeVersion.runs(runtime)) {
            throw new JobFormatException(path + " was compiled for Leat " + runtime + " and this is Leat "
                    + RuntimeVersion.CURRENT + ": compile the query again, or run it with Leat " + runtime);
        }
    }

    private static CompiledJob read(Path path, JarInputStream jar) throws IOException {
        ObjectMapper mapper = mapper();
        JobGraph graph = null;
        Map<String, LineMap> lines = new TreeMap<>();
        Map<String, byte[]> classes = new TreeMap<>();
        for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
            byte[] bytes = jar.readNBytes(MAX_ENTRY_BYTES);
            String name = entry.getName();
            if (name.equals(GRAPH)) {
                graph = mapper.readValue(bytes, JobGraph.class);
            } else if (name.equals(LINES)) {
                lines = mapper.readValue(
                        bytes, mapper.getTypeFactory().constructMapType(TreeMap.class, String.class, LineMap.class));
            } else if (name.endsWith(CLASS_SUFFIX)) {
                classes.put(
                        name.substring(0, name.length() - CLASS_SUFFIX.length()).replace('/', '.'), bytes);
            }
        }
        if (graph == null) {
            throw new JobFormatException(path + " is a job jar without a job");
        }
        return new CompiledJob(graph, classes, lines);
    }
}
