package io.leat.cli.output;

/** A table of pipes, as GitHub and most wikis read it. Text comes out as text: what Markdown would take for markup is escaped. */
record MarkdownStyle() implements TableStyle {
    private static final String NULL = "NULL";
    private static final String MARKUP = "\\|`*[]<>&~$";

    @Override
    public String cell(String value) {
        StringBuilder cell = new StringBuilder();
        String text = value.replace("\r\n", "\n");
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            int next = at + Character.charCount(character);
            if (character == '\n') {
                // A line end has no place in a row of a table.
                cell.append("<br>");
            } else if (MARKUP.indexOf(character) >= 0 || (character == '_' && !isInsideWord(text, at))) {
                cell.append('\\').appendCodePoint(character);
            } else {
                cell.append(VisibleText.escaped(text.substring(at, next)));
            }
            at = next;
        }
        return cell.toString();
    }

    /** An underscore between two letters, as in most names of columns, is never markup. */
    private static boolean isInsideWord(String text, int at) {
        return at > 0
                && at + 1 < text.length()
                && Character.isLetterOrDigit(text.charAt(at - 1))
                && Character.isLetterOrDigit(text.charAt(at + 1));
    }

    @Override
    public void begin(String[] names, ColumnWidths columns, StringBuilder out) {
        row(names, columns, out);
        for (int i = 0; i < columns.size(); i++) {
            String dashes = "-".repeat(columns.width(i) + 1);
            out.append('|').append(columns.isRightAligned(i) ? dashes + ":" : "-" + dashes);
        }
        out.append("|\n");
    }

    @Override
    public void row(String[] cells, ColumnWidths columns, StringBuilder out) {
        for (int i = 0; i < cells.length; i++) {
            String text = cells[i] == null ? NULL : cells[i];
            out.append("| ").append(columns.padded(i, text, shown -> shown)).append(' ');
        }
        out.append("|\n");
    }

    @Override
    public void widen(ColumnWidths columns, StringBuilder out) {
        // Readers align columns themselves.
    }

    @Override
    public void end(ColumnWidths columns, StringBuilder out) {
        // A table ends where its rows do.
    }
}
