package io.leat.runtime.connector.file;

import io.leat.runtime.platform.Disk;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A file that is opened when it is first read, and again after each {@link #rest} if too many others are open. */
class DataFile implements Closeable {
    private final Disk disk;
    private final Path path;
    private final OpenFiles openFiles;
    private Disk.ReadFile file;
    private boolean stays;

    DataFile(Disk disk, Path path, OpenFiles openFiles) {
        this.disk = disk;
        this.path = path;
        this.openFiles = openFiles;
    }

    /** Fills the buffer from the position on, less only at the end of the file. */
    int read(long position, ByteBuffer into) throws IOException {
        if (file == null) {
            file = open();
            stays = openFiles.tryAcquire();
        }
        return file.read(position, into);
    }

    /** Goes on with a look whether all of it is as it was written; true when there is no more to do. For files that are not read in their order. */
    boolean check() throws IOException {
        return true;
    }

    /** Opens it: at first, and again where it did not stay open. */
    Disk.ReadFile open() throws IOException {
        return disk.open(path);
    }

    /** It will not be read for a while. */
    void rest() throws IOException {
        if (!stays) {
            close();
        }
    }

    @Override
    public void close() throws IOException {
        if (file == null) {
            return;
        }
        Disk.ReadFile closing = file;
        file = null;
        if (stays) {
            openFiles.release();
            stays = false;
        }
        closing.close();
    }
}
