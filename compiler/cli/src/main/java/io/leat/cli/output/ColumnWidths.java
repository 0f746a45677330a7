package io.leat.cli.output;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * How wide the columns of a table are: as wide as what was seen so far. Where the width of the whole is limited, as on a terminal, the
 * widest columns give way and their cells are cut: those of text first, for a number without its end is a wrong number. Otherwise
 * nothing is cut, and a cell wider than most sticks out.
 */
final class ColumnWidths {
    /** Borders and blanks per column. */
    private static final int FRAME = 3;

    private static final int LEAST = 5;
    private static final int MOST = 120;
    private static final int UNLIMITED = Integer.MAX_VALUE;
    private static final int NULL_WIDTH = 4;

    private final boolean[] rightAligned;
    private final boolean[] texts;
    private final int limit;
    private final int[] natural;
    private int[] widths;

    private ColumnWidths(boolean[] rightAligned, boolean[] texts, int limit) {
        this.rightAligned = rightAligned;
        this.texts = texts;
        this.limit = limit;
        this.natural = new int[rightAligned.length];
        this.widths = natural.clone();
    }

    static ColumnWidths unlimited(boolean[] rightAligned) {
        return new ColumnWidths(rightAligned, new boolean[rightAligned.length], UNLIMITED);
    }

    /**
     * Widths that together with the borders are no wider than this.
     *
     * @param texts the columns that give way before the others
     */
    static ColumnWidths limitedTo(int width, boolean[] rightAligned, boolean[] texts) {
        return new ColumnWidths(rightAligned, texts, width);
    }

    int size() {
        return widths.length;
    }

    int width(int column) {
        return widths[column];
    }

    boolean isRightAligned(int column) {
        return rightAligned[column];
    }

    /** Makes room for these rows. True if a column became wider or narrower for it. */
    boolean fit(List<String[]> rows) {
        for (String[] cells : rows) {
            for (int i = 0; i < cells.length; i++) {
                int needed = cells[i] == null ? NULL_WIDTH : VisibleText.width(cells[i]);
                natural[i] = Math.max(natural[i], limit == UNLIMITED ? Math.min(needed, MOST) : needed);
            }
        }
        int[] before = widths;
        widths = limited();
        return !Arrays.equals(before, widths);
    }

    private int[] limited() {
        int[] limited = natural.clone();
        narrow(limited, true);
        narrow(limited, false);
        return limited;
    }

    private void narrow(int[] limited, boolean textsOnly) {
        for (int cap = limit; total(limited) > limit && cap >= LEAST; cap--) {
            for (int i = 0; i < limited.length; i++) {
                if (texts[i] || !textsOnly) {
                    limited[i] = Math.min(limited[i], cap);
                }
            }
        }
    }

    private static long total(int[] widths) {
        long total = 1;
        for (int width : widths) {
            total += width + FRAME;
        }
        return total;
    }

    /** The text cut or filled up to the width of the column; the paint is put on the text alone. */
    String padded(int column, String text, UnaryOperator<String> paint) {
        String shown = limit == UNLIMITED ? text : VisibleText.cut(text, widths[column]);
        String blanks = " ".repeat(Math.max(0, widths[column] - VisibleText.width(shown)));
        return rightAligned[column] ? blanks + paint.apply(shown) : paint.apply(shown) + blanks;
    }
}
