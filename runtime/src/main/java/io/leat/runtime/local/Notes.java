package io.leat.runtime.local;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the user of a job should know beside its results, each sentence once. Safe from any thread. */
final class Notes {
    private final Set<String> sentences = new LinkedHashSet<>();

    synchronized void add(String sentence) {
        sentences.add(sentence);
    }

    /** All so far, in the order in which they came up. */
    synchronized List<String> all() {
        return List.copyOf(sentences);
    }
}
