package io.leat.cli.output;

/** A table with lines around its cells. */
record BoxStyle(Paint paint) implements TableStyle {
    private static final String NULL = "NULL";

    @Override
    public String cell(String value) {
        return VisibleText.escaped(value);
    }

    @Override
    public void begin(String[] names, ColumnWidths columns, StringBuilder out) {
        rule("┌", "┬", "┐", columns, out);
        for (int i = 0; i < names.length; i++) {
            out.append("│ ").append(columns.padded(i, names[i], paint::bold)).append(' ');
        }
        out.append("│\n");
        widen(columns, out);
    }

    @Override
    public void row(String[] cells, ColumnWidths columns, StringBuilder out) {
        for (int i = 0; i < cells.length; i++) {
            out.append("│ ");
            out.append(
                    cells[i] == null ? columns.padded(i, NULL, paint::dim) : columns.padded(i, cells[i], text -> text));
            out.append(' ');
        }
        out.append("│\n");
    }

    @Override
    public void widen(ColumnWidths columns, StringBuilder out) {
        rule("├", "┼", "┤", columns, out);
    }

    @Override
    public void end(ColumnWidths columns, StringBuilder out) {
        rule("└", "┴", "┘", columns, out);
    }

    private static void rule(String left, String middle, String right, ColumnWidths columns, StringBuilder out) {
        for (int i = 0; i < columns.size(); i++) {
            out.append(i == 0 ? left : middle).append("─".repeat(columns.width(i) + 2));
        }
        out.append(right).append('\n');
    }
}
