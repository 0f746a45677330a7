package io.leat.compiler.corpus;

import io.leat.compiler.catalog.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes the rows of a case where its declarations look for them: a directory per table, a file per partition. */
final class InputFiles {
    private InputFiles() {}

    /** Writes the moments of the clock among the rows, too, for {@link StagedConnector} to read. */
    static void writeStaged(Path folder, List<CaseTable> declared, List<TableData> tables) {
        try {
            for (int table = 0; table < declared.size(); table++) {
                Path directory = Files.createDirectories(folder.resolve("t" + table));
                for (int i = 0; i < declared.get(table).partitions().size(); i++) {
                    Files.write(
                            directory.resolve("part-" + i + ".json"),
                            staged(
                                    declared.get(table).partitions().get(i),
                                    tables.get(table).table(),
                                    tables.get(table).partitions().get(i)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> staged(List<CaseTable.Record> records, Table table, List<TableData.Row> rows) {
        List<String> lines = new ArrayList<>();
        int next = 0;
        for (CaseTable.Record each : records) {
            if (each instanceof CaseTable.Record.Moment moment) {
                lines.add(StagedConnector.MOMENT + moment.micros());
            } else {
                lines.add(TextForm.JSON.line(table, rows.get(next), next));
                next++;
            }
        }
        return lines;
    }

    static void write(Path folder, List<TableData> tables, InputForm form) {
        try {
            for (int table = 0; table < tables.size(); table++) {
                form.write(tables.get(table), Files.createDirectories(folder.resolve("t" + table)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
