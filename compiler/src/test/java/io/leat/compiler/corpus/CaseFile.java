package io.leat.compiler.corpus;

import io.leat.compiler.corpus.Case.ExpectedRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads cases. A case is a file of sections, each a header line and what follows up to the next one:
 *
 * <pre>
 * # why this case exists
 * stream NAME (columns) [watermark TS - 5 s] [with option = value, …]     rows, in order; a line -- begins the next partition
 * table NAME (columns) [with option = value, …]                           rows of a bounded table
 * parameters                                                              name = value, a line each
 * query                                                                   statements
 * ---- [(columns)]                                                        rows of the first printed query, then of the next …
 * late [TABLE], rejected [TABLE]                                          rows that were refused
 * error, fails                                                            what the compiler says; why the job failed
 * explain [rules|physical|workers|state], source CLASS [from csv]                 goldens
 * duckdb [same]                                                           the question in the SQL of DuckDB
 * interpreter none                                                        why the interpreter has no answer
 * </pre>
 *
 * <p>What stands below {@code duckdb} is run over the tables of the case in {@link io.leat.compiler.oracle.DuckDb}, and each of its
 * queries, in order, must give the expected rows of a printed query. Statements are separated by {@code ;}; those that are no
 * queries, such as {@code CREATE TABLE}, prepare. {@code duckdb same} runs the query of the case as it is. The columns take the types
 * of the case exactly: what DuckDB yields as DOUBLE where the case has a DECIMAL needs a cast. {@code "t$log"} is table {@code t}
 * with {@code "$partition"} and {@code "$offset"}, from which SQL finds the late rows:
 *
 * <pre>
 * max(ts) OVER (PARTITION BY "$partition" ORDER BY "$offset" ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
 * </pre>
 *
 * <p>A line {@code @ 12:05:00} among the rows of a stream says that the clock is set to this time before the rows behind it are read.
 * It stands still until all partitions of all streams have come to such a line or to their end; then it is set to the earliest of
 * them. A partition that waits longer than others is silent meanwhile, and idle if that is longer than its timeout; cases must not
 * depend on which of two partitions is read first at a moment. Streams of such a case are read by {@link StagedConnector} in place of
 * files.
 *
 * <p>A stream with a column {@code ts} has the watermark {@code ts} unless the header says otherwise. Cells: see {@link Cell} and
 * {@link CellText}; a line that begins with {@code ! } is a record that is no row. Lines that begin with {@code #} are comments.
 */
final class CaseFile {
    static final Path FOLDER = Path.of("src/test/resources/corpus");

    private static final Pattern TABLE =
            Pattern.compile("(stream|table) (\\S+) \\((.*)\\)(?: watermark (.+?))?(?: with (.+))?");
    private static final Pattern DELAY = Pattern.compile("(\\S+)(?: - (\\d+) (ms|s|min|h))?");
    private static final Pattern ROWS = Pattern.compile("----(?: \\((.*)\\))?");
    private static final Pattern SIDE = Pattern.compile("(late|rejected)(?: (\\S+))?");
    private static final Pattern GOLDEN = Pattern.compile("error|explain(?: \\w+)?|source \\w+(?: from csv)?");
    private static final Pattern OTHER = Pattern.compile("parameters|query|fails|duckdb(?: same)?|interpreter none");

    private final String name;
    private final List<String> reason = new ArrayList<>();
    private final List<CaseTable> tables = new ArrayList<>();
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final List<ExpectedRows> results = new ArrayList<>();
    private final Map<String, ExpectedRows> late = new LinkedHashMap<>();
    private final Map<String, ExpectedRows> rejected = new LinkedHashMap<>();
    private final Map<String, String> goldens = new LinkedHashMap<>();
    private Optional<String> query = Optional.empty();
    private Optional<String> fails = Optional.empty();
    private Optional<String> duckdb = Optional.empty();
    private Optional<String> notInterpreted = Optional.empty();

    private CaseFile(String name) {
        this.name = name;
    }

    /** All cases, by topic and name. */
    static List<Case> all() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".qt"))
                    .sorted()
                    .map(CaseFile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Case read(Path file) {
        String path = FOLDER.relativize(file).toString().replace('\\', '/');
        try {
            return parse(path.substring(0, path.length() - ".qt".length()), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
        }
    }

    static Path path(Case each) {
        return FOLDER.resolve(each.name() + ".qt");
    }

    static Case parse(String name, String text) {
        return new CaseFile(name).parse(text);
    }

    private Case parse(String text) {
        List<String> lines = text.lines().toList();
        int at = 0;
        while (at < lines.size() && !isHeader(lines.get(at))) {
            String line = lines.get(at++);
            if (line.startsWith("#")) {
                reason.add(line.substring(1).strip());
            } else if (!line.isBlank()) {
                throw new IllegalArgumentException("no section begins with '" + line + "'");
            }
        }
        while (at < lines.size()) {
            int end = at + 1;
            while (end < lines.size() && !isHeader(lines.get(end))) {
                end++;
            }
            section(lines.get(at), lines.subList(at + 1, end), at + 1);
            at = end;
        }
        if (query.isEmpty()) {
            throw new IllegalArgumentException("no query");
        }
        return new Case(
                name,
                String.join(" ", reason),
                tables,
                parameters,
                query.get(),
                results,
                late,
                rejected,
                Optional.ofNullable(goldens.get("error")),
                fails,
                goldens,
                duckdb,
                notInterpreted);
    }

    static boolean isHeader(String line) {
        return Stream.of(TABLE, ROWS, SIDE, GOLDEN, OTHER)
                .anyMatch(pattern -> pattern.matcher(line).matches());
    }

    private void section(String header, List<String> body, int line) {
        Matcher table = TABLE.matcher(header);
        Matcher rows = ROWS.matcher(header);
        Matcher side = SIDE.matcher(header);
        if (table.matches()) {
            tables.add(table(table, body, line));
        } else if (rows.matches()) {
            results.add(new ExpectedRows(Optional.ofNullable(rows.group(1)), rows(body)));
        } else if (side.matches()) {
            String of = side.group(2) == null ? onlyTable(side.group(1)) : side.group(2);
            (side.group(1).equals("late") ? late : rejected).put(of, new ExpectedRows(Optional.empty(), rows(body)));
        } else if (GOLDEN.matcher(header).matches()) {
            goldens.put(header, text(body));
        } else {
            other(header, body);
        }
    }

    private void other(String header, List<String> body) {
        switch (header) {
            case "parameters" ->
                body.stream().filter(line -> !line.isBlank()).forEach(line -> {
                    String[] parts = line.split(" = ", 2);
                    parameters.put(parts[0], parts[1]);
                });
            case "query" -> query = Optional.of(text(body));
            case "fails" -> fails = Optional.of(text(body));
            case "duckdb" -> duckdb = Optional.of(text(body));
            case "interpreter none" -> notInterpreted = Optional.of(text(body));
            default -> duckdb = Optional.of(Case.SAME);
        }
    }

    private String onlyTable(String section) {
        List<CaseTable> candidates = tables.stream()
                .filter(table -> section.equals("rejected") || table.stream())
                .toList();
        if (candidates.size() != 1) {
            throw new IllegalArgumentException(section + " of which table?");
        }
        return candidates.get(0).name();
    }

    private static String text(List<String> body) {
        return String.join("\n", body).stripTrailing();
    }

    private static List<List<Cell>> rows(List<String> body) {
        return body.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Cell::split)
                .toList();
    }

    private static CaseTable table(Matcher header, List<String> body, int line) {
        boolean stream = header.group(1).equals("stream");
        List<List<CaseTable.Record>> partitions = new ArrayList<>();
        partitions.add(new ArrayList<>());
        for (String each : body) {
            List<CaseTable.Record> last = partitions.get(partitions.size() - 1);
            if (each.equals("--")) {
                partitions.add(new ArrayList<>());
            } else if (each.startsWith("@ ")) {
                last.add(new CaseTable.Record.Moment(moment(each.substring(2).strip())));
            } else if (each.startsWith("! ")) {
                last.add(new CaseTable.Record.Broken(each.substring(2)));
            } else if (!each.isBlank() && !each.startsWith("#")) {
                last.add(new CaseTable.Record.OfCells(Cell.split(each)));
            }
        }
        String columns = header.group(3);
        Optional<String> watermark = Optional.ofNullable(header.group(4));
        if (stream
                && watermark.isEmpty()
                && Pattern.compile("(^|,)\\s*ts ").matcher(columns).find()) {
            watermark = Optional.of("ts");
        }
        return new CaseTable(
                header.group(2),
                stream,
                columns,
                watermark.filter(each -> !each.equals("none")).map(CaseFile::watermark),
                Optional.ofNullable(header.group(5)),
                partitions,
                line);
    }

    /** A time of the day on which cases are run, or a whole one. */
    private static long moment(String text) {
        String whole = text.contains("T") ? text : "2026-06-01T" + text;
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(whole + "Z"));
    }

    private static String watermark(String text) {
        Matcher delay = DELAY.matcher(text);
        if (!delay.matches()) {
            throw new IllegalArgumentException("no watermark: " + text);
        }
        if (delay.group(2) == null) {
            return delay.group(1) + " AS " + delay.group(1);
        }
        String unit = switch (delay.group(3)) {
            case "ms" -> "MILLISECOND";
            case "s" -> "SECOND";
            case "min" -> "MINUTE";
            default -> "HOUR";
        };
        return delay.group(1) + " AS " + delay.group(1) + " - INTERVAL '" + delay.group(2) + "' " + unit;
    }
}
