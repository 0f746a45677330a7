package io.leat.runtime.connector.file;

import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file as it was at the start.
 *
 * @param size in bytes, or -1 for one that has none, such as a pipe
 */
record InputFile(Path path, boolean isStandard, long size, long modifiedMicros) {
    static InputFile standard() {
        return new InputFile(Path.of("-"), true, -1, 0);
    }

    static InputFile inspect(Disk disk, Path path) {
        try {
            long size = disk.size(path);
            return new InputFile(path, false, disk.isFile(path) ? size : -1, disk.modifiedMicros(path));
        } catch (IOException e) {
            throw FileErrors.reading(path.toString(), e);
        }
    }

    String name() {
        return path.toString();
    }

    /** Whether it has positions; otherwise it is read once, as it comes. */
    boolean isRegular() {
        return size >= 0;
    }

    Map<String, Object> metadata() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("file.path", name());
        metadata.put("file.name", path.getFileName().toString());
        if (isRegular()) {
            metadata.put("file.size", size);
            metadata.put("file.modification-time", modifiedMicros);
        }
        return metadata;
    }
}
