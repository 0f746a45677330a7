package io.leat.runtime.connector.file;

import io.leat.runtime.connector.OptionException;
import io.leat.runtime.platform.Disk;
import io.leat.runtime.platform.Roots;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path of a table.
 *
 * @param text without {@code file://}; may be a glob
 * @param glob what it matches, if it has wildcards
 */
record TablePath(String text, Path path, Optional<Glob> glob) {
    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]+):(?://([^/]*)(/.*)?|(/.*))");
    /** What stands for a part of the path that is known only when the job starts. */
    private static final Pattern PARAMETER = Pattern.compile("\\$\\{[^{}]*\\}");

    private static final Pattern WILDCARD = Pattern.compile("[*?\\[{\\\\]");
    private static final String STANDARD = "-";
    private static final List<String> DATA_SUFFIXES =
            List.of(".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".txt", ".parquet");

    /**
     * @param key of the option that it comes from
     * @throws OptionException if it is no path
     */
    static TablePath parse(String key, String given) {
        String text = withoutScheme(key, given);
        if (text.isEmpty()) {
            throw new OptionException(key, "option '" + key + "' is empty", "");
        }
        try {
            // The braces of a parameter are no alternatives.
            return new TablePath(
                    text, Path.of(text), Glob.parse(PARAMETER.matcher(text).replaceAll("x")));
        } catch (IllegalArgumentException e) {
            throw new OptionException(key, "'" + given + "' is no path: " + e.getMessage(), "");
        }
    }

    private static String withoutScheme(String key, String given) {
        Matcher uri = SCHEME.matcher(given);
        if (!uri.matches()) {
            return given;
        }
        if (!uri.group(1).equalsIgnoreCase("file")) {
            throw new OptionException(
                    key,
                    "this connector reads local files, not " + uri.group(1) + ":",
                    "a path, or a URI that begins with file://");
        }
        String host = uri.group(2) == null ? "" : uri.group(2);
        if (!host.isEmpty() && !host.equals("localhost")) {
            throw new OptionException(key, "'" + given + "' names a file of another host", "file:///absolute/path");
        }
        try {
            String path = uri.group(4) != null ? uri.group(4) : uri.group(3) == null ? "" : uri.group(3);
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new OptionException(key, "'" + given + "' is no URI", "a % stands in front of two hex digits");
        }
    }

    /** Whether it means standard input or output. */
    boolean isStandard() {
        return text.equals(STANDARD);
    }

    void refusePattern() {
        if (glob.isPresent()) {
            throw new OptionException("path", "rows cannot be written to a pattern", "a file or a directory");
        }
    }

    /**
     * Checks that it leads to one of these directories. Of a pattern that is its beginning; files that it matches are looked at when they
     * are found.
     *
     * @throws OptionException if it does not
     */
    void confine(String key, Roots roots) {
        Path plain = path;
        if (glob.isPresent()) {
            int wildcard = WILDCARD.splitAsStream(text).findFirst().orElse("").length();
            plain = Path.of(text.substring(0, text.lastIndexOf('/', wildcard) + 1));
        }
        if (!isStandard() && !roots.contain(plain)) {
            throw new OptionException(
                    key,
                    "'" + text + "' is outside of the directories that queries may use",
                    "files may be in " + roots);
        }
    }

    /** Whether rows are written to one file of this name, and not to files in a directory of this name. */
    boolean isOneFile(Disk disk) {
        return isNameOfFile() && !disk.isDirectory(path);
    }

    /** Whether it is called like a file. */
    boolean isNameOfFile() {
        return !dataSuffix().isEmpty() && !text.endsWith("/");
    }

    /** The suffix that says what is in the file, without that of its compression; empty if it is none that we know. */
    String dataSuffix() {
        String name = Compression.of(path).without(text);
        return DATA_SUFFIXES.stream().filter(name::endsWith).findFirst().orElse("");
    }
}
