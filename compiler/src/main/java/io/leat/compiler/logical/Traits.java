package io.leat.compiler.logical;

import io.leat.runtime.connector.SourceTraits.End;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/**
 * What is known of the rows of a plan besides their columns.
 *
 * @param end when they end
 * @param changelog what a row means
 * @param eventTime the column that watermarks speak of
 * @param window the columns of the window that rows were assigned to
 * @param uniqueKeys sets of columns that no two rows share
 */
public record Traits(
        End end,
        Changelog changelog,
        OptionalInt eventTime,
        Optional<WindowColumns> window,
        List<Set<Integer>> uniqueKeys) {
    public Traits {
        uniqueKeys = uniqueKeys.stream().map(Set::copyOf).toList();
    }

    /** What a row of a stream of changes means. */
    public enum Changelog {
        /** A new row; none ever goes away. */
        APPEND,
        /** A row appears or disappears, as the hidden weight says. */
        RETRACT
    }

    /**
     * Where the columns of a window are, -1 for one that was projected away.
     *
     * @param kind which windows
     * @param fired whether a row stands for a whole window that has closed, rather than for a row assigned to it
     */
    public record WindowColumns(WindowKind kind, int start, int end, int time, boolean fired) {
        /** Whether the end of a row's window is known from these columns, as one of them or by counting from one. */
        public boolean endIsKnownFrom(Collection<Integer> columns) {
            return end >= 0 && columns.contains(end)
                    || time >= 0 && columns.contains(time)
                    || start >= 0
                            && kind instanceof WindowKind.Even
                            && kind.startDetermines()
                            && columns.contains(start);
        }

        boolean isGone() {
            return start < 0 && end < 0 && time < 0;
        }

        public boolean holds(int column) {
            return column >= 0 && (column == start || column == end || column == time);
        }
    }

    static Traits of(End end) {
        return new Traits(end, Changelog.APPEND, OptionalInt.empty(), Optional.empty(), List.of());
    }

    /** The traits after columns moved: {@code moved} tells where a column is now, or -1. */
    Traits map(IntUnaryOperator moved) {
        int time = eventTime.isPresent() ? moved.applyAsInt(eventTime.getAsInt()) : -1;
        Optional<WindowColumns> columns = window.map(w -> new WindowColumns(
                        w.kind(), move(w.start(), moved), move(w.end(), moved), move(w.time(), moved), w.fired()))
                .filter(w -> !w.isGone());
        List<Set<Integer>> keys = uniqueKeys.stream()
                .filter(key -> key.stream().allMatch(column -> moved.applyAsInt(column) >= 0))
                .map(key -> Set.copyOf(key.stream().map(moved::applyAsInt).toList()))
                .toList();
        return new Traits(end, changelog, time < 0 ? OptionalInt.empty() : OptionalInt.of(time), columns, keys);
    }

    private static int move(int column, IntUnaryOperator moved) {
        return column < 0 ? -1 : moved.applyAsInt(column);
    }

    /** Whether rows that agree in these columns belong to one window, whole: start and end of one are among them. */
    boolean isWindow(Collection<Integer> columns) {
        return window.isPresent()
                && columns.contains(window.get().start())
                && columns.contains(window.get().end());
    }

    /**
     * The traits of rows that are told something about their partition: when its window closes, or again and again.
     *
     * @param keys more sets of columns that no two rows share
     */
    Traits ofPartitions(Collection<Integer> partition, List<Set<Integer>> keys) {
        List<Set<Integer>> all = new ArrayList<>(keys);
        all.addAll(uniqueKeys);
        if (!isWindow(partition)) {
            return new Traits(end, Changelog.RETRACT, OptionalInt.empty(), Optional.empty(), all);
        }
        WindowColumns columns = window.get();
        OptionalInt time = columns.time() < 0 ? OptionalInt.empty() : OptionalInt.of(columns.time());
        WindowColumns closed = new WindowColumns(columns.kind(), columns.start(), columns.end(), columns.time(), true);
        return new Traits(end, changelog, time, Optional.of(closed), all);
    }

    /** The traits of rows that all have the same in these columns: no two share the rest of a key. */
    Traits fixed(Set<Integer> columns) {
        if (uniqueKeys.stream().noneMatch(key -> key.stream().anyMatch(columns::contains))) {
            return this;
        }
        List<Set<Integer>> keys = uniqueKeys.stream()
                .map(key -> key.stream()
                        .filter(column -> !columns.contains(column))
                        .collect(Collectors.toUnmodifiableSet()))
                .toList();
        return new Traits(end, changelog, eventTime, window, keys);
    }

    Traits withEnd(End newEnd) {
        return new Traits(newEnd, changelog, eventTime, window, uniqueKeys);
    }

    /** All rows come at the end, so watermarks and windows mean nothing any more, and none goes away. */
    Traits atTheEnd() {
        return new Traits(end, Changelog.APPEND, OptionalInt.empty(), Optional.empty(), uniqueKeys);
    }

    Traits withoutKeys() {
        return new Traits(end, changelog, eventTime, window, List.of());
    }

    static End later(End left, End right) {
        return left.compareTo(right) >= 0 ? left : right;
    }
}
