package io.leat.grammar.source;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody meant who wrote something else. */
public final class Suggestion {
    private Suggestion() {}

    /**
     * The known name nearest to a written one, without regard to case: at most one slip per three letters (insert, leave out,
     * change, or swap two neighbours) away, and never all of it. Of equally near names the first.
     */
    public static Optional<String> nearest(String written, Collection<String> known) {
        String wanted = written.toLowerCase(Locale.ROOT);
        int best = Math.min(Math.max(1, wanted.length() / 3) + 1, wanted.length());
        String nearest = null;
        for (String name : known) {
            if (Math.abs(name.length() - wanted.length()) < best) {
                int distance = distance(wanted, name.toLowerCase(Locale.ROOT));
                if (distance < best) {
                    best = distance;
                    nearest = name;
                }
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** How many slips make one text of the other. */
    private static int distance(String left, String right) {
        int[] beforeLast = new int[right.length() + 1];
        int[] last = new int[right.length() + 1];
        int[] current = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            last[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int change = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
                int distance = Math.min(last[column - 1] + change, Math.min(last[column], current[column - 1]) + 1);
                boolean swapped = row > 1
                        && column > 1
                        && left.charAt(row - 1) == right.charAt(column - 2)
                        && left.charAt(row - 2) == right.charAt(column - 1);
                current[column] = swapped ? Math.min(distance, beforeLast[column - 2] + 1) : distance;
            }
            int[] spare = beforeLast;
            beforeLast = last;
            last = current;
            current = spare;
        }
        return last[right.length()];
    }
}
