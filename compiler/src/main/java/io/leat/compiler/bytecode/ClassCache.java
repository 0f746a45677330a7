package io.leat.compiler.bytecode;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Class files by the source they come from. Equal plans have equal sources, and texts are not part of them, so a query that comes again
 * with other texts of the same length finds its classes here; one with other numbers does not. Bounded; safe from any thread.
 */
public final class ClassCache {
    private final Map<String, byte[]> classes;

    /**
     * @param capacity how many classes are kept
     */
    public ClassCache(int capacity) {
        this.classes = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
                return size() > capacity;
            }
        };
    }

    synchronized byte[] find(String source) {
        return classes.get(source);
    }

    synchronized void put(String source, byte[] bytes) {
        classes.put(source, bytes);
    }

    /** How many classes are kept now. */
    public synchronized int size() {
        return classes.size();
    }
}
