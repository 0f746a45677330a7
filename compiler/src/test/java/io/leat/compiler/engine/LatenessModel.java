package io.leat.compiler.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The lateness guide, written down row by row. Times are milliseconds; a partition's watermark is the greatest event time so far minus
 * the delay, and {@link Long#MIN_VALUE} before the first row.
 */
final class LatenessModel {
    /**
     * A row of a partition.
     *
     * @param time null for none
     * @param divisor 0 makes the expression of a statement fail
     */
    record Row(int id, int key, Long time, int divisor) {}

    /**
     * A windowed count.
     *
     * @param size of windows, or the gap of sessions
     * @param slide 0 for sessions; otherwise how far the ends of windows are apart
     * @param cumulates whether windows begin together and grow
     * @param leastKey rows with smaller keys are filtered out before
     * @param patience how long behind its end a window still takes rows
     */
    record Statement(long size, long slide, boolean cumulates, int leastKey, long patience) {
        Statement(long size, long slide, boolean cumulates, int leastKey) {
            this(size, slide, cumulates, leastKey, 0);
        }

        private boolean isSession() {
            return slide == 0;
        }

        /** Start and end of each window that holds a time, the last first. */
        private List<long[]> windows(long time) {
            List<long[]> windows = new ArrayList<>();
            long begins = cumulates ? size : slide;
            for (long start = Math.floorDiv(time, begins) * begins; start > time - size; start -= begins) {
                for (long end = start + size; cumulates ? end > time : end == start + size; end -= slide) {
                    windows.add(new long[] {start, end});
                }
            }
            return windows;
        }
    }

    private final List<Statement> statements;
    private final boolean stream;
    private final boolean keepsNullTimes;
    private final long delay;
    private final long newest;

    private final List<Map<String, Long>> windows = new ArrayList<>();
    /** Times of the rows that sessions took, by key. */
    private final List<Map<Integer, List<Long>>> sessions = new ArrayList<>();

    private final List<String> late = new ArrayList<>();
    private final List<String> rejected = new ArrayList<>();
    private long refusedWindows;
    private long onTime;
    private long filtered;

    /**
     * @param newest event times beyond this do not move a watermark
     */
    LatenessModel(List<Statement> statements, boolean stream, boolean keepsNullTimes, long delay, long newest) {
        this.statements = statements;
        this.stream = stream;
        this.keepsNullTimes = keepsNullTimes;
        this.delay = delay;
        this.newest = newest;
        statements.forEach(statement -> {
            windows.add(new TreeMap<>());
            sessions.add(new TreeMap<>());
        });
    }

    void read(List<Row> partition) {
        long watermark = Long.MIN_VALUE;
        for (Row row : partition) {
            if (row.time() == null && !keepsNullTimes) {
                rejected.add(row.id() + "|" + text(watermark));
                continue;
            }
            judge(row, watermark);
            if (stream && row.time() != null && row.time() <= newest) {
                watermark = Math.max(watermark, row.time() - delay);
            }
        }
    }

    private void judge(Row row, long watermark) {
        boolean anyRejected = false;
        boolean anyLate = false;
        boolean anyTaken = false;
        for (int i = 0; i < statements.size(); i++) {
            Statement statement = statements.get(i);
            if (row.key() < statement.leastKey()) {
                continue;
            }
            // Rows without time are filtered out before sessions, and nothing is computed for them.
            if (row.time() == null && statement.isSession()) {
                continue;
            }
            if (row.divisor() == 0) {
                anyRejected = true;
                continue;
            }
            if (row.time() == null) {
                continue;
            }
            if (statement.isSession()) {
                if (watermark != Long.MIN_VALUE && row.time() < watermark - statement.patience()) {
                    anyLate = true;
                    refusedWindows++;
                } else {
                    anyTaken = true;
                    sessions.get(i)
                            .computeIfAbsent(row.key(), key -> new ArrayList<>())
                            .add(row.time());
                }
                continue;
            }
            for (long[] window : statement.windows(row.time())) {
                if (watermark >= window[1] + statement.patience()) {
                    anyLate = true;
                    refusedWindows++;
                } else {
                    anyTaken = true;
                    String bounds = window[0] * 1_000 + "|" + window[1] * 1_000;
                    windows.get(i).merge(row.key() + "|" + bounds, 1L, Long::sum);
                }
            }
        }
        if (anyRejected) {
            rejected.add(row.id() + "|" + text(watermark));
        } else if (anyLate) {
            late.add(row.id() + "|" + text(watermark));
        } else if (anyTaken) {
            onTime++;
        } else {
            filtered++;
        }
    }

    private static String text(long watermark) {
        return watermark == Long.MIN_VALUE ? "NULL" : Long.toString(watermark * 1_000);
    }

    /** {@code key|start|end|count} of a statement, sorted. */
    List<String> windows(int statement) {
        if (statements.get(statement).isSession()) {
            return sessions(statement);
        }
        return windows.get(statement).entrySet().stream()
                .map(each -> each.getKey() + "|" + each.getValue())
                .sorted()
                .toList();
    }

    private List<String> sessions(int statement) {
        long gap = statements.get(statement).size();
        List<String> found = new ArrayList<>();
        sessions.get(statement).forEach((key, times) -> {
            List<Long> sorted = times.stream().sorted().toList();
            int first = 0;
            for (int i = 1; i <= sorted.size(); i++) {
                if (i == sorted.size() || sorted.get(i) - sorted.get(i - 1) >= gap) {
                    found.add(key + "|" + sorted.get(first) * 1_000 + "|" + (sorted.get(i - 1) + gap) * 1_000 + "|"
                            + (i - first));
                    first = i;
                }
            }
        });
        return found.stream().sorted().toList();
    }

    /** {@code id|watermark}, sorted. */
    List<String> late() {
        return late.stream().sorted().toList();
    }

    /** {@code id|watermark}, sorted. */
    List<String> rejected() {
        return rejected.stream().sorted().toList();
    }

    long refusedWindows() {
        return refusedWindows;
    }

    long onTime() {
        return onTime;
    }

    long filtered() {
        return filtered;
    }
}
