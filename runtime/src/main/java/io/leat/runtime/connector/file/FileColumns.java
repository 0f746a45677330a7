package io.leat.runtime.connector.file;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.FoundColumns;
import io.leat.runtime.connector.OptionException;
import io.leat.runtime.connector.Options;
import io.leat.runtime.connector.format.ColumnarFormat;
import io.leat.runtime.connector.sample.CsvSample;
import io.leat.runtime.connector.sample.JsonSample;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The columns of a table of files that declares none: those that the files themselves list, or those that the first records of some files
 * show.
 */
final class FileColumns {
    private static final int MAX_FILES = 16;
    private static final int MAX_RECORDS = 20_480;
    private static final int MAX_BYTES = 16 << 20;

    private final Options options;
    private final Disk disk;
    private final TablePath path;

    private FileColumns(Options options, Disk disk) {
        this.options = options;
        this.disk = disk;
        this.path = FileOptions.path(options);
    }

    /**
     * @throws OptionException if such a table has to declare its columns
     * @throws ConnectorException if there is no file, or none that shows columns
     */
    static FoundColumns find(Options options, Disk disk) {
        return new FileColumns(options, disk).find();
    }

    private FoundColumns find() {
        if (path.isStandard()) {
            throw toDeclare("path", "standard input is read only once");
        }
        if (FileOptions.hasLog(options)) {
            throw toDeclare("log", "files of a table with a log are none before its first epoch");
        }
        List<Path> files = DataFiles.find(disk, path);
        if (files.isEmpty()) {
            throw new ConnectorException(
                    Kind.CONFIGURATION, "'" + path.text() + "' has no files that would show its columns");
        }
        Optional<ColumnarFormat> columnar = FileOptions.columnar(options);
        if (columnar.isPresent()) {
            return listed(columnar.get(), files.get(0));
        }
        String format = FileOptions.reading(options).name();
        return switch (format) {
            case "json" -> ofJson(files);
            case "csv" -> ofCsv(files);
            default -> throw toDeclare("format", "records of '" + format + "' do not show their columns");
        };
    }

    private static OptionException toDeclare(String key, String why) {
        return new OptionException(
                key, "the columns have to be declared: " + why, "CREATE TABLE t (id BIGINT, name STRING) …");
    }

    private FoundColumns listed(ColumnarFormat format, Path file) {
        try (DataFile data = new DataFile(disk, file, new OpenFiles())) {
            return format.columns(new DataInput(InputFile.inspect(disk, file), data));
        } catch (IOException e) {
            throw FileErrors.reading(file.toString(), e);
        }
    }

    // ---- samples

    private FoundColumns ofJson(List<Path> files) {
        JsonSample sample = new JsonSample();
        List<Path> some = some(files);
        for (Path file : some) {
            byte[] records = beginning(file, some.size());
            refuseOneArray(file, records);
            sample.add(records, MAX_RECORDS / some.size());
        }
        FoundColumns columns = sample.columns();
        if (sample.isTooWide()) {
            throw undeclared("its records have more than a thousand names: declare those that are needed");
        }
        if (columns.fields().isEmpty()) {
            throw undeclared(
                    sample.objects() == 0
                            ? "there is no JSON object in it, one a line"
                            : "no field has a type: " + String.join("; ", columns.notes()));
        }
        return columns;
    }

    private FoundColumns ofCsv(List<Path> files) {
        CsvSample sample = new CsvSample(FileOptions.csv(options), FileOptions.header(options));
        List<Path> some = some(files);
        List<String> names = List.of();
        for (Path file : some) {
            List<String> first = sample.add(beginning(file, some.size()), MAX_RECORDS / some.size());
            if (names.isEmpty()) {
                names = first;
            } else if (!first.isEmpty() && sample.isNamed() && !first.equals(names)) {
                throw undeclared("its files differ: one has the columns " + names + ", and '" + file + "' " + first);
            }
        }
        FoundColumns columns = sample.columns();
        if (columns.fields().isEmpty()) {
            throw undeclared("there is no record in it");
        }
        return columns;
    }

    private ConnectorException undeclared(String why) {
        return new ConnectorException(Kind.CONFIGURATION, "'" + path.text() + "' does not show its columns: " + why);
    }

    /** Files from all over the list: what changes over the years shows. */
    private static List<Path> some(List<Path> files) {
        if (files.size() <= MAX_FILES) {
            return files;
        }
        Path[] chosen = new Path[MAX_FILES];
        for (int i = 0; i < MAX_FILES; i++) {
            chosen[i] = files.get((int) ((long) i * (files.size() - 1) / (MAX_FILES - 1)));
        }
        return List.of(chosen);
    }

    /** Whole lines from the beginning of a file. */
    private byte[] beginning(Path file, int files) {
        if (!disk.isFile(file)) {
            throw toDeclare("path", "'" + file + "' is read only once");
        }
        int limit = MAX_BYTES / files;
        try (InputStream in = Compression.of(file).decompress(disk.read(file))) {
            byte[] bytes = in.readNBytes(limit);
            int end = bytes.length;
            while (bytes.length == limit && end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            return end == bytes.length ? bytes : Arrays.copyOf(bytes, end);
        } catch (IOException e) {
            throw FileErrors.reading(file.toString(), e);
        }
    }

    private void refuseOneArray(Path file, byte[] records) {
        for (byte each : records) {
            if (each == '[') {
                throw undeclared("'" + file
                        + "' is one JSON array, and records are objects, one a line: jq -c '.[]' makes lines of it");
            }
            if (!Character.isWhitespace(each)) {
                return;
            }
        }
    }
}
