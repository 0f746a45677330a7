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
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/** Job jars: a manifest that says for which runtime, the graph and the line maps as JSON, and the classes. */
final class JobArchive {
    private static final String FORMAT = "1";
    private static final String FORMAT_KEY = "Leat-Job-Format";
    private static final String RUNTIME_KEY = "Leat-Runtime";
    private static final String GRAPH = "leat/job.json";
    private static final String LINES = "leat/lines.json";
    private static final String CLASS_SUFFIX = ".class";
    private static final int MAX_BYTES = 256 << 20;
    private static final Pattern VISIBLE = Pattern.compile("[\\w.+-]{1,40}");
    /**
     * A time without a zone: entries say nothing of when and where they were written. At the very first time that a jar can hold, 1980
     * itself, the JDK would add the same time as an instant.
     */
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

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
        Path name = path.getFileName();
        Path directory = path.toAbsolutePath().getParent();
        if (name == null || name.toString().isEmpty() || disk.isDirectory(path)) {
            throw new ConnectorException(Kind.IO, "cannot write '" + path + "': it is a directory");
        }
        if (!disk.isDirectory(directory)) {
            throw new ConnectorException(
                    Kind.IO, "cannot write '" + path + "': there is no directory '" + directory + "'");
        }
        // Under another name first: whoever runs the job that was there before never sees half of this one.
        Path draft = path.resolveSibling("." + name + ".tmp");
        try {
            byte[] bytes = bytes(job);
            disk.delete(draft);
            try (OutputStream out = disk.create(draft)) {
                out.write(bytes);
            }
            disk.move(draft, path);
        } catch (IOException e) {
            throw new ConnectorException(Kind.IO, "cannot write '" + path + "': " + Disk.reason(e), e);
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
        entry.setTimeLocal(ENTRY_TIME);
        // Not compressed: how well a JDK compresses is its own business, and the bytes are to be the same on all.
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        entry.setCrc(checksum.getValue());
        jar.putNextEntry(entry);
        jar.write(bytes);
        jar.closeEntry();
    }

    static CompiledJob load(Path path, Disk disk) {
        byte[] bytes = bytes(path, disk);
        try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(bytes))) {
            checkManifest(path, jar.getManifest());
            return read(jar);
        } catch (JobFormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Bytes that anybody may have changed fail in many ways, each with a message for programmers.
            throw new JobFormatException("'" + path + "' is damaged: compile the query again", e);
        }
    }

    private static byte[] bytes(Path path, Disk disk) {
        try (InputStream in = disk.read(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new JobFormatException("'" + path + "' is no job jar: none is that long");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new ConnectorException(Kind.INPUT_MISSING, "there is no file '" + path + "'", e);
        } catch (IOException e) {
            throw new ConnectorException(Kind.IO, "cannot read '" + path + "': " + Disk.reason(e), e);
        }
    }

    private static void checkManifest(Path path, Manifest manifest) {
        String format = value(manifest, FORMAT_KEY);
        if (format.isEmpty()) {
            throw new JobFormatException(
                    "'" + path + "' is no job jar: write one with 'leat compile query.sql -o job.jar'");
        }
        String runtime = value(manifest, RUNTIME_KEY);
        if (runtime.isEmpty()) {
            throw new IllegalArgumentException("a job jar for no runtime");
        }
        if (!format.equals(FORMAT) || !RuntimeVersion.runs(runtime)) {
            throw new JobFormatException("'" + path + "' was compiled by Leat " + runtime + ", and this is Leat "
                    + RuntimeVersion.CURRENT + ", which does not run it: compile the query again");
        }
    }

    private static String value(Manifest manifest, String key) {
        String value = manifest == null ? null : manifest.getMainAttributes().getValue(key);
        return value == null ? "" : VISIBLE.matcher(value).matches() ? value : "of a strange version";
    }

    private static CompiledJob read(JarInputStream jar) throws IOException {
        ObjectMapper mapper = mapper();
        JobGraph graph = null;
        Map<String, LineMap> lines = Map.of();
        Map<String, byte[]> classes = new TreeMap<>();
        for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
            byte[] bytes = jar.readNBytes(MAX_BYTES);
            String name = entry.getName();
            if (name.equals(GRAPH)) {
                graph = mapper.readValue(bytes, JobGraph.class);
            } else if (name.equals(LINES)) {
                lines = mapper.readValue(
                        bytes, mapper.getTypeFactory().constructMapType(TreeMap.class, String.class, LineMap.class));
            } else if (name.endsWith(CLASS_SUFFIX)) {
                // Here rather than when the job starts: a jar from somewhere else is looked through before anything
                // runs.
                ClassBytes.read(bytes).checkAllowed();
                classes.put(
                        name.substring(0, name.length() - CLASS_SUFFIX.length()).replace('/', '.'), bytes);
            }
        }
        if (graph == null || !lines.keySet().equals(classes.keySet())) {
            throw new IllegalArgumentException("a job jar with parts missing");
        }
        return new CompiledJob(graph, classes, lines);
    }
}
