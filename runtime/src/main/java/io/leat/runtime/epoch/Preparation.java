package io.leat.runtime.epoch;

import io.leat.runtime.connector.StagedPart;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What an attempt at an epoch was, as it is written down before it is decided.
 *
 * @param job whose epoch it is
 * @param parent the hash of the preparation that was decided for the epoch before; empty for the first
 * @param last whether nothing follows it: the job has come to its end
 * @param base the state at its end
 * @param parts files that show its rows when it is decided
 */
public record Preparation(String job, Attempt attempt, String parent, boolean last, Base base, List<StagedPart> parts) {
    private static final String KIND = "epoch";
    private static final String NOTHING = "-";

    public Preparation {
        parts = List.copyOf(parts);
    }

    /** A file of state. */
    public record Base(String name, long bytes, String hash) {}

    byte[] toBytes() {
        StateLines lines = StateLines.write(KIND)
                .put("job", job)
                .put("epoch", attempt.epoch())
                .put("generation", attempt.generation())
                .put("parent", parent.isEmpty() ? NOTHING : parent)
                .put("last", last)
                .put("base", base.name() + " " + base.bytes() + " " + base.hash());
        for (StagedPart part : parts) {
            lines.put(
                    "part",
                    text(part.staged()) + " " + text(part.target()) + " " + part.rows() + " " + part.bytes() + " "
                            + Integer.toHexString(part.checksum()));
        }
        return lines.toBytes();
    }

    static Preparation of(Path file, byte[] bytes) {
        StateLines lines = StateLines.read(file, KIND, bytes);
        String job = lines.get("job");
        Attempt attempt = new Attempt(lines.getLong("epoch"), lines.getLong("generation"));
        String parent = lines.get("parent");
        boolean last = Boolean.parseBoolean(lines.get("last"));
        Base base = base(lines.get("base"));
        List<StagedPart> parts = new ArrayList<>();
        while (lines.isNext("part")) {
            String[] fields = lines.get("part").split(" ", -1);
            parts.add(new StagedPart(
                    path(fields[0]),
                    path(fields[1]),
                    Long.parseLong(fields[2]),
                    Long.parseLong(fields[3]),
                    Integer.parseUnsignedInt(fields[4], 16)));
        }
        return new Preparation(job, attempt, parent.equals(NOTHING) ? "" : parent, last, base, parts);
    }

    private static Base base(String text) {
        String[] fields = text.split(" ", -1);
        return new Base(fields[0], Long.parseLong(fields[1]), fields[2]);
    }

    /** Without blanks and line ends. */
    private static String text(Path path) {
        return URLEncoder.encode(path.toString(), StandardCharsets.UTF_8);
    }

    private static Path path(String text) {
        return Path.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
    }
}
