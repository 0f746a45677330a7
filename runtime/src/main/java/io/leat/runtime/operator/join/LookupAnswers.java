package io.leat.runtime.operator.join;

import io.leat.runtime.connector.LookupCache;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers to keys that are remembered: no more rows than there may be, those that were asked for last, and none that is too old. A key
 * without rows counts as one.
 */
final class LookupAnswers {
    private final LookupCache bound;
    private final Map<ByteBuffer, Answer> answers = new LinkedHashMap<>(16, 0.75f, true);
    private long rows;
    private long now;

    /** The rows of a key, as bytes, and when they were. */
    private record Answer(List<byte[]> rows, long micros) {
        long size() {
            return Math.max(1, rows.size());
        }
    }

    LookupAnswers(LookupCache bound) {
        this.bound = bound;
    }

    /** The clock of the epoch. */
    void now(long wallMicros) {
        now = wallMicros;
    }

    /** The rows of a key; null if they are not known. */
    List<byte[]> find(ByteBuffer key) {
        Answer answer = answers.get(key);
        if (answer == null) {
            return null;
        }
        boolean isOld = bound.expireMicros() > 0 && now - answer.micros() >= bound.expireMicros();
        if (isOld) {
            answers.remove(key);
            rows -= answer.size();
            return null;
        }
        return answer.rows();
    }

    /** Remembers the rows of a key that is not known. */
    void add(ByteBuffer key, List<byte[]> found) {
        Answer answer = new Answer(List.copyOf(found), now);
        if (answer.size() > bound.maxRows() || found.isEmpty() && !bound.missing()) {
            return;
        }
        answers.put(key, answer);
        rows += answer.size();
        Iterator<Answer> oldest = answers.values().iterator();
        while (rows > bound.maxRows()) {
            rows -= oldest.next().size();
            oldest.remove();
        }
    }

    void clear() {
        answers.clear();
        rows = 0;
    }

    /** How many rows are remembered. */
    long rows() {
        return rows;
    }
}
