package io.leat.runtime.platform;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Files. Every method may be called from any thread; an open file belongs to one thread at a time.
 *
 * <p>What is done is seen by all at once. What a loss of power leaves of it is another matter: bytes of a file survive that was synced, names in
 * a directory that was; of the rest anything may be gone, or be there again. A rename is one step even then.
 *
 * <p>Errors are {@link IOException}: {@code NoSuchFileException} for a file that is not there, {@code
 * FileAlreadyExistsException} for one that is.
 */
public interface Disk {

    boolean exists(Path path);

    boolean isDirectory(Path path);

    /** Whether the path is a regular file: one with a size and positions, unlike a pipe or a terminal. */
    boolean isFile(Path path);

    /** The entries of a directory, sorted by name. */
    List<Path> list(Path directory) throws IOException;

    long size(Path path) throws IOException;

    /** Last modification, in microseconds since 1970-01-01T00:00Z. */
    long modifiedMicros(Path path) throws IOException;

    /** The path with links followed and {@code ..} resolved; the file must exist. */
    Path realPath(Path path) throws IOException;

    ReadFile open(Path path) throws IOException;

    InputStream read(Path path) throws IOException;

    /** Creates a file that must not exist yet. */
    OutputStream create(Path path) throws IOException;

    /**
     * Makes the contents of a file, or the names in a directory, survive a power loss. A failure here must end the process: the next try
     * would lie.
     */
    void sync(Path path) throws IOException;

    /** Renames within a file system, replacing the target, in one step. */
    void move(Path from, Path to) throws IOException;

    void delete(Path path) throws IOException;

    /** Creates what is missing of a path, so that it survives a power loss. */
    default void createDirectories(Path directory) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        Path there = directory.toAbsolutePath();
        while (!isDirectory(there)) {
            missing.push(there);
            there = there.getParent();
        }
        // Whoever made the last one that is there may not have come to its sync.
        syncName(there);
        for (Path each : missing) {
            try {
                createDirectory(each);
            } catch (FileAlreadyExistsException e) {
                if (!isDirectory(each)) {
                    throw e;
                }
            }
            syncName(each);
        }
    }

    private void syncName(Path directory) throws IOException {
        try {
            if (directory.getParent() != null) {
                sync(directory.getParent());
            }
        } catch (AccessDeniedException e) {
            // A directory that may not be read cannot be synced.
        }
    }

    /** Creates a directory that must not exist yet, in one step: of several who try, one does. */
    void createDirectory(Path directory) throws IOException;

    /** Gives a file another name, which must not exist yet, in one step: of several who try, one does. */
    void link(Path file, Path name) throws IOException;

    /**
     * Takes a file, which is created if there is none, until it is closed or the process ends, however that ends. Empty if somebody has
     * it: another process, or another part of this one.
     */
    Optional<Closeable> lock(Path file) throws IOException;

    /** A new empty file that is deleted with {@link #delete} by whoever asked for it. */
    Path temporaryFile(String prefix) throws IOException;

    /** What this process was given as standard input, and where its data goes. */
    InputStream standardInput();

    OutputStream standardOutput();

    /** A file open for reading at any position. */
    interface ReadFile extends Closeable {
        long size() throws IOException;

        /** Fills the buffer from the position on; returns how many bytes there were, fewer than asked only at the end. */
        int read(long position, ByteBuffer into) throws IOException;
    }

    static Disk system() {
        return SystemDisk.INSTANCE;
    }

    /** The file systems of this machine with other standard streams, for a program that has its own. */
    static Disk system(InputStream standardInput, OutputStream standardOutput) {
        return new SystemDisk(standardInput, standardOutput);
    }

    /** Why an operation on a file failed, in words that go behind its path. */
    static String reason(IOException error) {
        if (error instanceof NoSuchFileException) {
            return "it does not exist";
        }
        if (error instanceof FileAlreadyExistsException) {
            return "it exists already";
        }
        if (error instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (error instanceof NotDirectoryException) {
            return "it is not a directory";
        }
        if (error instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return error.getMessage() == null ? "input or output failed" : error.getMessage();
    }
}
