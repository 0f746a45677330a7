package io.leat.runtime.local;

import io.leat.runtime.connector.Hashes;
import io.leat.runtime.local.Snapshot.Place;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the last snapshot of a chain has, by way of those before it: the first one has everything, each of the others what is different. One
 * thread.
 */
final class SnapshotChain {
    /** In place of the hash of a section that consists of several. */
    private static final byte[] SEVERAL = {};

    private Map<Place, byte[]> hashes = new HashMap<>();
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

    /** Whether these are the bytes that a place has in the last snapshot. */
    boolean isSame(Place place, byte[] hash) {
        return MessageDigest.isEqual(hashes.getOrDefault(place, SEVERAL), hash);
    }

    static byte[] hash(byte[] bytes) {
        return Hashes.digest().digest(bytes);
    }

    static byte[] hashOfSeveral() {
        return SEVERAL;
    }

    /** Another snapshot is the last one now. */
    void add(Map<Place, byte[]> newHashes, Set<Part> newParts) {
        hashes = newHashes;
        parts = newParts;
        begun = true;
    }
}
