package io.leat.cli;

import io.leat.grammar.source.SourceText;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A file named on the command line, or standard input.
 *
 * @param name as messages call it
 * @param bytes as many as could be a query, and one more
 */
record QueryFile(String name, byte[] bytes) {
    /** The name that stands for standard input. */
    static final String STANDARD_INPUT = "-";

    /** Far beyond what the parser takes, which says so itself. */
    private static final int MAX_MEBIBYTES = 8;

    private static final int MAX_BYTES = MAX_MEBIBYTES << 20;
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final List<String> FIRST_WORDS = List.of("SELECT", "FROM", "CREATE", "WITH", "INSERT", "SET");

    /**
     * Reads the file.
     *
     * @throws CommandException if there is no such file, or it cannot be read
     */
    static QueryFile read(String name, Console console) {
        Disk disk = console.platform().disk();
        try {
            if (name.equals(STANDARD_INPUT)) {
                return new QueryFile("stdin", console.input().readNBytes(MAX_BYTES + 1));
            }
            if (name.isEmpty()) {
                throw new NoSuchFileException(name);
            }
            if (disk.isDirectory(Path.of(name))) {
                throw new CommandException(ExitCode.INPUT_OUTPUT, "'" + name + "' is a directory", "name a file in it");
            }
            try (InputStream in = disk.read(Path.of(name))) {
                return new QueryFile(name, in.readNBytes(MAX_BYTES + 1));
            }
        } catch (NoSuchFileException | InvalidPathException e) {
            throw new CommandException(ExitCode.INPUT_MISSING, "there is no file '" + name + "'", help(name, disk));
        } catch (IOException e) {
            throw new CommandException(ExitCode.INPUT_OUTPUT, "cannot read '" + name + "': " + Disk.reason(e), "");
        }
    }

    private static String help(String name, Disk disk) {
        String[] words = name.strip().split("\\s+", 2);
        if (words.length > 1 && FIRST_WORDS.contains(words[0].toUpperCase(Locale.ROOT))) {
            return "a query that is no file is run with 'leat query', or read from standard input if the file is -";
        }
        try {
            return disk.exists(Path.of(name + ".sql")) ? "did you mean '" + name + ".sql'?" : "";
        } catch (InvalidPathException e) {
            return "";
        }
    }

    /** Whether it is a jar rather than text, or at least says so. */
    boolean isJar() {
        return isArchive() || name.endsWith(".jar");
    }

    /** Whether nothing is lost when a jar takes its place. */
    boolean isReplaceable() {
        return bytes.length == 0 || isArchive();
    }

    private boolean isArchive() {
        return Arrays.mismatch(bytes, ZIP) == ZIP.length;
    }

    /**
     * The text of the query.
     *
     * @throws CommandException if it is no text
     */
    SourceText text() {
        if (isJar()) {
            throw new CommandException(
                    ExitCode.NOT_COMPILED,
                    "'" + name + "' is a jar, not the text of a query",
                    "'leat run' takes a job jar by its file name");
        }
        if (bytes.length > MAX_BYTES) {
            throw new CommandException(
                    ExitCode.NOT_COMPILED, "'" + name + "' is longer than " + MAX_MEBIBYTES + " MiB, no query is", "");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new SourceText(name, text);
        } catch (CharacterCodingException e) {
            throw new CommandException(
                    ExitCode.NOT_COMPILED, "'" + name + "' is not text in UTF-8", "save it as UTF-8");
        }
    }
}
