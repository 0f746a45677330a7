package io.leat.runtime.local;

import java.util.ArrayList;
import java.util.List;

/** The first few rejected rows of a source, for the closing report. Safe from any thread. */
final class RejectSamples {
    private static final int KEPT = 3;

    private final List<String> samples = new ArrayList<>();

    void add(String partition, long offset, String reason) {
        if (samples.size() < KEPT) {
            synchronized (this) {
                if (samples.size() < KEPT) {
                    samples.add(partition + (offset < 0 ? "" : " at " + offset) + ": " + reason);
                }
            }
        }
    }

    synchronized void restore(List<String> saved) {
        samples.addAll(saved);
    }

    synchronized List<String> all() {
        return List.copyOf(samples);
    }
}
