package io.leat.runtime.connector.file;

import com.github.luben.zstd.ZstdIOException;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.platform.Disk;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.ZipException;

/** Says in words what went wrong with a file. */
final class FileErrors {
    private FileErrors() {}

    static ConnectorException reading(String path, IOException error) {
        return new ConnectorException(Kind.IO, "cannot read '" + path + "': " + reason(error), error);
    }

    static ConnectorException writing(String path, IOException error) {
        return new ConnectorException(Kind.IO, "cannot write '" + path + "': " + reason(error), error);
    }

    private static String reason(IOException error) {
        boolean damaged =
                error instanceof EOFException || error instanceof ZipException || error instanceof ZstdIOException;
        return damaged ? "its compressed data is cut off or damaged" : Disk.reason(error);
    }
}
