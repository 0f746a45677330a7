package io.leat.runtime.operator.join;

import io.leat.runtime.connector.LookupCache;
import java.util.ArrayList;
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
    private final Map<LookupKey, Answer> answers = new LinkedHashMap<>(16, 0.75f, true);
    private long rows;
    private long now;

    /** The rows of a key, as bytes. */
    static final class Answer {
        private final List<byte[]> rows = new ArrayList<>(1);
        private boolean complete;
        private long micros;

        /** Adds a row, unless it comes behind the request for this key, which it does not belong to. */
        void add(byte[] row) {
            if (!complete) {
                rows.add(row);
            }
        }

        /** No more rows belong to it. */
        void complete() {
            complete = true;
        }

        int size() {
            return rows.size();
        }

        byte[] row(int number) {
            return rows.get(number);
        }

        private long counted() {
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

    /** What is remembered of a key; null if nothing is. */
    Answer find(LookupKey key) {
        Answer answer = answers.get(key);
        if (answer == null) {
            return null;
        }
        boolean isOld = bound.expireMicros() > 0 && now - answer.micros >= bound.expireMicros();
        if (isOld) {
            answers.remove(key);
            rows -= answer.counted();
            return null;
        }
        return answer;
    }

    /** Remembers the answer to a key that is not known. */
    void add(LookupKey key, Answer answer) {
        if (answer.counted() > bound.maxRows() || answer.rows.isEmpty() && !bound.missing()) {
            return;
        }
        answer.micros = now;
        answers.put(key, answer);
        rows += answer.counted();
        Iterator<Answer> oldest = answers.values().iterator();
        while (rows > bound.maxRows()) {
            rows -= oldest.next().counted();
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
