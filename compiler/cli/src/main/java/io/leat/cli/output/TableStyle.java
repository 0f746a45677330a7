package io.leat.cli.output;

/** What a table looks like. Cells are given as text for people, null for NULL. Every line ends in {@code \n}. */
interface TableStyle {

    /** A value as it may stand in a cell. */
    String cell(String value);

    /** The lines above the first row. */
    void begin(String[] names, ColumnWidths columns, StringBuilder out);

    void row(String[] cells, ColumnWidths columns, StringBuilder out);

    /** What stands between rows where columns become wider. */
    void widen(ColumnWidths columns, StringBuilder out);

    /** The lines below the last row. */
    void end(ColumnWidths columns, StringBuilder out);
}
