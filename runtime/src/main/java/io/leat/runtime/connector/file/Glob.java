package io.leat.runtime.connector.file;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A path with wildcards: {@code *} and {@code ?} stand for characters of a name, {@code [a-z]} and {@code [!a-z]} for one of a
 * set, <code>{a,b}</code> for alternatives, {@code **} as a whole name for any directories, none included; {@code \} takes the
 * meaning from the character behind it. A wildcard at the start of a name does not match names that begin with {@code _} or
 * {@code .}.
 */
final class Glob {
    private static final int MAX_ALTERNATIVES = 1_000;
    private static final String SPECIAL = "*?[{";

    private final List<List<Segment>> alternatives;
    private final boolean absolute;

    private Glob(List<List<Segment>> alternatives, boolean absolute) {
        this.alternatives = alternatives;
        this.absolute = absolute;
    }

    /** One name of a path: a plain one, a pattern, or any directories. */
    private sealed interface Segment {
        record Plain(String name) implements Segment {}

        record Wild(Pattern pattern, boolean matchesHidden) implements Segment {}

        record AnyDirectories() implements Segment {}
    }

    /**
     * The glob, if the path has wildcards.
     *
     * @throws IllegalArgumentException if it is not well-formed
     */
    static Optional<Glob> parse(String path) {
        if (path.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0)) {
            return Optional.empty();
        }
        List<List<Segment>> alternatives = new ArrayList<>();
        for (String alternative : GlobText.alternatives(path, MAX_ALTERNATIVES)) {
            List<Segment> segments = new ArrayList<>();
            for (String name : alternative.split("/", -1)) {
                if (!name.isEmpty()) {
                    segments.add(segment(name));
                }
            }
            alternatives.add(segments);
        }
        return Optional.of(new Glob(alternatives, path.startsWith("/")));
    }

    private static Segment segment(String name) {
        if (name.equals("**")) {
            return new Segment.AnyDirectories();
        }
        if (name.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0 || c == '\\')) {
            return new Segment.Plain(name);
        }
        boolean matchesHidden = DataFiles.isHidden(name.startsWith("\\") ? name.substring(1) : name);
        try {
            return new Segment.Wild(Pattern.compile(GlobText.regex(name), Pattern.DOTALL), matchesHidden);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("the set of characters in '" + name + "' is none", e);
        }
    }

    /** The files and directories that match, some perhaps more than once. */
    List<Path> find(Disk disk) throws IOException {
        List<Path> found = new ArrayList<>();
        for (List<Segment> segments : alternatives) {
            find(disk, Path.of(absolute ? "/" : ""), segments, found);
        }
        return found;
    }

    private static void find(Disk disk, Path at, List<Segment> rest, List<Path> found) throws IOException {
        if (rest.isEmpty()) {
            found.add(at);
            return;
        }
        List<Segment> next = rest.subList(1, rest.size());
        if (rest.get(0) instanceof Segment.Plain plain) {
            Path child = at.resolve(plain.name());
            // Directories on the way may be none that the job may look at.
            if (!next.isEmpty() || disk.exists(child)) {
                find(disk, child, next, found);
            }
        } else if (rest.get(0) instanceof Segment.Wild wild) {
            for (Path child : entries(disk, at)) {
                String name = child.getFileName().toString();
                if ((wild.matchesHidden() || !DataFiles.isHidden(name))
                        && wild.pattern().matches(name)) {
                    find(disk, child, next, found);
                }
            }
        } else {
            findInAnyDirectory(disk, at, rest, found);
        }
    }

    private static void findInAnyDirectory(Disk disk, Path at, List<Segment> rest, List<Path> found)
            throws IOException {
        if (!disk.isDirectory(at)) {
            return;
        }
        List<Segment> next = rest.subList(1, rest.size());
        if (next.isEmpty()) {
            found.add(at); // a directory stands for the files in it, however deep
            return;
        }
        for (Path directory : DataFiles.directories(disk, at)) {
            find(disk, directory, next, found);
        }
    }

    private static List<Path> entries(Disk disk, Path directory) throws IOException {
        return disk.isDirectory(directory) ? disk.list(directory) : List.of();
    }
}
