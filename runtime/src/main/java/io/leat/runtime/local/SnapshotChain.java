package io.leat.runtime.local;

import io.leat.runtime.connector.Hashes;
import io.leat.runtime.local.Snapshot.Place;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the last snapshot of a chain has, by way of those before it: the first one has everything, each of the others what is different. One
 * thread.
 */
final class SnapshotChain {
    /** In place of the hashes of the blocks of a place that has several sections, or of which they are not known. */
    static final List<byte[]> UNKNOWN = List.of();

    private Map<Place, List<byte[]>> hashes = new HashMap<>();
    private Set<Part> parts = new HashSet<>();
    private boolean begun;

    /** What writes sections by itself. */
    record Part(String name, int worker) {
        static Part of(Place place) {
            return new Part(place.name(), place.worker());
        }
    }

    /** The next snapshot has everything again. */
    void restart() {
        hashes = new HashMap<>();
        parts = new HashSet<>();
        begun = false;
    }

    /** The next snapshot follows one that was read, which has something in these places. */
    void resume(Collection<Place> places) {
        restart();
        places.forEach(place -> {
            hashes.put(place, UNKNOWN);
            parts.add(Part.of(place));
        });
        begun = true;
    }

    /** Whether there is a snapshot that the next one follows. */
    boolean isBegun() {
        return begun;
    }

    boolean has(Part part) {
        return parts.contains(part);
    }

    Set<Place> places() {
        return hashes.keySet();
    }

    /** The hashes of the blocks that a place has in the last snapshot, if they are known. */
    Optional<List<byte[]>> blocks(Place place) {
        return Optional.ofNullable(hashes.get(place)).filter(known -> !known.isEmpty());
    }

    static byte[] hash(byte[] bytes, int length) {
        MessageDigest digest = Hashes.digest();
        digest.update(bytes, 0, length);
        return digest.digest();
    }

    /** Another snapshot is the last one now. */
    void add(Map<Place, List<byte[]>> newHashes, Set<Part> newParts) {
        hashes = newHashes;
        parts = newParts;
        begun = true;
    }
}
