package io.leat.runtime.connector.file.log;

import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a table with a log in its order, as objects of JSON, wherever its files are by now: found without anything that reads such tables.
 * Files of Parquet are read by DuckDB.
 */
public final class LoggedRows {
    private static final String PARQUET = ".parquet";

    private LoggedRows() {}

    /** Of all files that count; none if there is no log. */
    public static List<String> of(Path table) {
        List<String> rows = new ArrayList<>();
        TableLog.open(Disk.system(), table)
                .ifPresent(log -> log.files().forEach(file -> rows.addAll(ofFile(log, file))));
        return rows;
    }

    /** How many rows the log says that there are. */
    public static long count(Path table) {
        return TableLog.open(Disk.system(), table).stream()
                .flatMap(log -> log.files().stream())
                .mapToLong(LoggedFile::rows)
                .sum();
    }

    public static List<String> ofFile(TableLog log, LoggedFile file) {
        try {
            return read(Files.exists(log.place(file)) ? log.place(file) : log.staged(file));
        } catch (NoSuchFileException e) {
            return ofFile(log, file); // it was moved just now
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a file that has its name. */
    public static List<String> read(Path file) throws IOException {
        return file.toString().endsWith(PARQUET) ? parquet(file) : Files.readAllLines(file);
    }

    private static List<String> parquet(Path file) throws IOException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT to_json(r) FROM read_parquet('" + file + "') AS r")) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
            return rows;
        } catch (SQLException e) {
            if (!Files.exists(file)) {
                throw new NoSuchFileException(file.toString());
            }
            throw new IOException(e);
        }
    }
}
