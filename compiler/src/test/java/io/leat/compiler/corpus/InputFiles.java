package io.leat.compiler.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes the rows of a case where its declarations look for them: a directory per table, a file per partition. */
final class InputFiles {
    private InputFiles() {}

    static void write(Path folder, List<TableData> tables, TextForm form) {
        try {
            for (int table = 0; table < tables.size(); table++) {
                Path directory = Files.createDirectories(folder.resolve("t" + table));
                List<List<TableData.Row>> partitions = tables.get(table).partitions();
                for (int i = 0; i < partitions.size(); i++) {
                    Files.writeString(
                            directory.resolve("part-" + i + "." + form.format()),
                            text(tables.get(table), partitions.get(i), form));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(TableData table, List<TableData.Row> rows, TextForm form) {
        List<String> lines = new ArrayList<>();
        for (TableData.Row row : rows) {
            lines.add(
                    row.isBroken()
                            ? row.broken()
                            : form.record(row.values(), table.table().physicalColumns(), lines.size()));
        }
        // Whether the last line ends is up to whoever writes a file.
        return String.join("\n", lines) + (rows.size() % 2 == 0 && !rows.isEmpty() ? "\n" : "");
    }
}
