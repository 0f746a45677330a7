package io.leat.cli.output;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.format.ValueText;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A table for people. Some rows are held back so that columns are as wide as their content; then they are shown. */
final class TableFormat implements ResultFormat {
    private static final int MAX_HELD_ROWS = 1_000;
    private static final long MAX_HELD_CHARACTERS = 4 << 20;

    private final Schema schema;
    private final ValueText values;
    private final TableStyle style;
    private final ColumnWidths columns;
    private final OutputStream out;
    private final List<String[]> held = new ArrayList<>();
    private long heldCharacters;
    private boolean begun;

    TableFormat(Schema schema, ValueText values, TableStyle style, ColumnWidths columns, OutputStream out) {
        this.schema = schema;
        this.values = values;
        this.style = style;
        this.columns = columns;
        this.out = out;
    }

    @Override
    public void rows(Batch batch) throws IOException {
        for (int row = 0; row < batch.rows(); row++) {
            String[] cells = new String[schema.size()];
            for (int i = 0; i < cells.length; i++) {
                String value = values.text(batch, i, row);
                if (value != null) {
                    cells[i] = style.cell(value);
                    heldCharacters += cells[i].length();
                }
            }
            held.add(cells);
            if (held.size() >= MAX_HELD_ROWS || heldCharacters >= MAX_HELD_CHARACTERS) {
                flush();
            }
        }
    }

    @Override
    public void flush() throws IOException {
        if (!held.isEmpty()) {
            show();
        }
    }

    private void show() throws IOException {
        StringBuilder text = new StringBuilder();
        if (!begun) {
            String[] names =
                    schema.fields().stream().map(Field::name).map(style::cell).toArray(String[]::new);
            held.add(names);
            columns.fit(held);
            held.remove(held.size() - 1);
            style.begin(names, columns, text);
            begun = true;
        } else if (columns.fit(held)) {
            style.widen(columns, text);
        }
        held.forEach(cells -> style.row(cells, columns, text));
        held.clear();
        heldCharacters = 0;
        write(text);
    }

    private void write(StringBuilder text) throws IOException {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void end() throws IOException {
        if (!begun || !held.isEmpty()) {
            show();
        }
        StringBuilder text = new StringBuilder();
        style.end(columns, text);
        write(text.append('\n'));
    }

    @Override
    public void close() {
        values.close();
    }
}
