package io.leat.runtime.epoch;

import io.leat.runtime.connector.StagedPart;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an attempt at an epoch was, as it is written down before it is decided.
 *
 * @param job whose epoch it is
 * @param parent the hash of the preparation that was decided for the epoch before; empty for the first
 * @param last whether nothing follows it: the job has come to its end
 * @param fingerprints of the query
 * @param states the files of the state at its end: one with everything, and what is different, in the order of epochs
 * @param transaction where it is decided; empty for a slot of the state directory
 * @param parts files whose rows are shown when it is decided
 */
public record Preparation(
        String job,
        Attempt attempt,
        String parent,
        boolean last,
        Fingerprints fingerprints,
        List<StateFile> states,
        String transaction,
        List<StagedPart> parts) {
    private static final String KIND = "epoch";
    private static final String NOTHING = "-";

    public Preparation {
        states = List.copyOf(states);
        parts = List.copyOf(parts);
    }

    byte[] toBytes() {
        StateLines lines = StateLines.write(KIND)
                .put("job", job)
                .put("epoch", attempt.epoch())
                .put("generation", attempt.generation())
                .put("parent", parent.isEmpty() ? NOTHING : parent)
                .put("last", last)
                .put("query", fingerprints.toLine());
        states.forEach(state -> lines.put("state", state.toText()));
        if (!transaction.isEmpty()) {
            lines.put("transaction", transaction);
        }
        for (StagedPart part : parts) {
            lines.put(
                    "part",
                    text(part.sink()) + " " + text(part.staged().toString()) + " "
                            + part.target().map(path -> text(path.toString())).orElse(NOTHING) + " " + part.rows() + " "
                            + part.bytes() + " " + Integer.toHexString(part.checksum()));
        }
        return lines.toBytes();
    }

    static Preparation of(Path file, byte[] bytes) {
        StateLines lines = StateLines.read(file, KIND, bytes);
        String job = lines.get("job");
        Attempt attempt = new Attempt(lines.getLong("epoch"), lines.getLong("generation"));
        String parent = lines.get("parent");
        boolean last = Boolean.parseBoolean(lines.get("last"));
        Fingerprints fingerprints = Fingerprints.ofLine(lines.get("query"));
        List<StateFile> states = new ArrayList<>();
        while (lines.isNext("state")) {
            states.add(StateFile.of(lines.get("state")));
        }
        String transaction = lines.isNext("transaction") ? lines.get("transaction") : "";
        List<StagedPart> parts = new ArrayList<>();
        while (lines.isNext("part")) {
            parts.add(part(lines.get("part").split(" ", -1)));
        }
        return new Preparation(
                job, attempt, parent.equals(NOTHING) ? "" : parent, last, fingerprints, states, transaction, parts);
    }

    private static StagedPart part(String[] fields) {
        return new StagedPart(
                plain(fields[0]),
                Path.of(plain(fields[1])),
                fields[2].equals(NOTHING) ? Optional.empty() : Optional.of(Path.of(plain(fields[2]))),
                Long.parseLong(fields[3]),
                Long.parseLong(fields[4]),
                Integer.parseUnsignedInt(fields[5], 16));
    }

    /** Without blanks and line ends. */
    private static String text(String plain) {
        return URLEncoder.encode(plain, StandardCharsets.UTF_8);
    }

    private static String plain(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
