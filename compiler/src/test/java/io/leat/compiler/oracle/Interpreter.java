package io.leat.compiler.oracle;

import io.leat.compiler.bind.BoundScript;
import io.leat.compiler.bind.BoundStatement;
import io.leat.compiler.catalog.SideTables;
import io.leat.compiler.catalog.Table;
import io.leat.compiler.corpus.Answer;
import io.leat.compiler.corpus.TableData;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Scan;
import io.leat.runtime.job.SinkSpec;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Answers a bound script by the definition of the language: naive, slow, with boxed values, and with nothing of the runtime but
 * constants. A statement is evaluated as a whole; if an expression has no value for a row, the record behind it is taken out and
 * everything begins anew.
 */
public final class Interpreter {
    /** Stands for the reason why a row was rejected, which is said in words that only the runtime knows. */
    public static final String SOME_REASON = "(some reason)";

    private final BoundScript script;
    private final Map<String, TableData> data = new HashMap<>();
    private final long nowMicros;
    private final Map<String, List<SourceRecord>> records = new LinkedHashMap<>();
    private final Map<Integer, Result> results = new HashMap<>();
    private final Map<Table, BitSet> used = new HashMap<>();

    /** What came of a statement, with the records that it refused. */
    private record Result(
            List<List<Object>> rows, Set<SourceRecord> late, Set<SourceRecord> rejected, Set<SourceRecord> taken) {}

    /**
     * @param nowMicros the clock, which stands
     */
    public Interpreter(BoundScript script, List<TableData> tables, long nowMicros) {
        this.script = script;
        this.nowMicros = nowMicros;
        tables.forEach(table -> data.put(table.table().name(), table));
        script.statements().forEach(statement -> addUses(statement.plan(), Needs.all(statement.plan())));
    }

    /**
     * @throws Refusal if the script has something that the interpreter does not know
     */
    public Interpretation run() {
        if (!script.explained().isEmpty()) {
            throw new Refusal("EXPLAIN statements");
        }
        try {
            List<Answer> answers = new ArrayList<>();
            for (int i = 0; i < script.statements().size(); i++) {
                BoundStatement statement = script.statements().get(i);
                List<List<Object>> rows = result(i).rows();
                if (statement.sink().kind() == SinkSpec.Kind.PRINT) {
                    answers.add(new Answer(statement.plan().output(), rows));
                }
            }
            return new Interpretation(answers, Optional.empty(), counts());
        } catch (Relations.Failure e) {
            return new Interpretation(List.of(), Optional.of(e.failure().at()), Map.of());
        }
    }

    // ---- statements

    private Result result(int statement) {
        Result known = results.get(statement);
        if (known == null) {
            known = evaluate(script.statements().get(statement).plan(), statement);
            results.put(statement, known);
        }
        return known;
    }

    private Result evaluate(LogicalPlan plan, int statement) {
        Set<Row.Origin> excluded = new HashSet<>();
        while (true) {
            Relations relations = new Relations(script.zone(), nowMicros, scan -> rows(scan, statement, excluded));
            try {
                List<List<Object>> rows = relations.result(plan);
                Set<SourceRecord> rejected = new LinkedHashSet<>();
                excluded.forEach(origin -> rejected.add(origin.record()));
                return new Result(rows, relations.late(), rejected, relations.taken());
            } catch (Relations.Failure e) {
                if (e.origin() == null) {
                    throw e;
                }
                excluded.add(e.origin());
            }
        }
    }

    // ---- tables

    private List<Row> rows(Scan scan, int statement, Set<Row.Origin> excluded) {
        Table table = scan.table();
        return switch (table.kind()) {
            case LATE -> side(scan, statement);
            case REJECTED -> side(scan, statement);
            case MEMORY -> rows(written(table, statement), scan, excluded);
            case CONNECTOR -> {
                if (data.containsKey(declared(table.name()))) {
                    yield rows(left(table), scan, excluded);
                }
                if (!isWritten(table, statement)) {
                    throw new Refusal("rows of " + table.name());
                }
                yield rows(written(table, statement), scan, excluded);
            }
        };
    }

    /** The records of a table that are rows at the end. */
    private List<SourceRecord> left(Table table) {
        List<SourceRecord> all = records(table);
        if (!table.comesAndGoes()) {
            return all;
        }
        if (Changelogs.anyMayBeLate(table, all, SourceRecords.timeColumn(table))) {
            throw new Refusal("late rows that come and go");
        }
        return new Changelogs(table, used.get(table)).left(all);
    }

    private static List<Row> rows(List<SourceRecord> records, Scan scan, Set<Row.Origin> excluded) {
        List<Row> rows = new ArrayList<>();
        for (SourceRecord record : records) {
            Row.Origin origin = new Row.Origin(record, scan);
            if (!record.rejected() && !excluded.contains(origin)) {
                List<Supplier<Object>> columns = new ArrayList<>();
                record.values().forEach(value -> columns.add(Row.constant(value)));
                rows.add(new Row(columns, origin, List.of(), 0));
            }
        }
        return rows;
    }

    private List<SourceRecord> records(Table table) {
        return records.computeIfAbsent(
                table.name(),
                name -> new SourceRecords(table, used.get(table), script.zone(), nowMicros)
                        .read(data.get(declared(name))));
    }

    /** The name under which a table was declared that may be read as versions. */
    private static String declared(String name) {
        return name.endsWith(Table.VERSIONS) ? name.substring(0, name.length() - Table.VERSIONS.length()) : name;
    }

    private boolean isWritten(Table table, int before) {
        return script.statements().subList(0, before).stream().anyMatch(each -> writes(each, table));
    }

    private static boolean writes(BoundStatement statement, Table table) {
        return statement.sink().kind() != SinkSpec.Kind.PRINT
                && statement.sink().name().equalsIgnoreCase(table.name());
    }

    /** The rows that earlier statements wrote into a table. */
    private List<SourceRecord> written(Table table, int before) {
        if (table.changelog().isPresent()) {
            throw new Refusal("changes that were written");
        }
        List<TableData.Row> rows = new ArrayList<>();
        for (int i = 0; i < before; i++) {
            if (writes(script.statements().get(i), table)) {
                result(i).rows().forEach(row -> rows.add(new TableData.Row(row, null)));
            }
        }
        return new SourceRecords(table, used.get(table), script.zone(), nowMicros)
                .read(new TableData(table, List.of(rows)));
    }

    // ---- refused rows

    private List<Row> side(Scan scan, int statement) {
        Table source = scan.table().of().orElseThrow();
        boolean late = scan.table().kind() == Table.Kind.LATE;
        List<Result> judges = new ArrayList<>();
        for (int i = 0; i < script.statements().size(); i++) {
            boolean asked = scan.refusedBy() < 0 ? i != statement : i == scan.refusedBy();
            if (asked && reads(script.statements().get(i).plan(), source)) {
                judges.add(result(i));
            }
        }
        List<Row> rows = new ArrayList<>();
        for (SourceRecord record : records(source)) {
            boolean rejected = record.rejected()
                    || judges.stream().anyMatch(each -> each.rejected().contains(record));
            boolean isLate = judges.stream().anyMatch(each -> each.late().contains(record));
            if (late ? isLate && !rejected : rejected) {
                rows.add(sideRow(record, late, scan.output().size()));
            }
        }
        return rows;
    }

    private static boolean reads(LogicalPlan plan, Table table) {
        return plan instanceof Scan scan && scan.table().equals(table)
                || plan.inputs().stream().anyMatch(input -> reads(input, table));
    }

    /** A refused row with what is known of the refusal. Raw bytes and places are the business of the reader of files. */
    private static Row sideRow(SourceRecord record, boolean late, int width) {
        List<Supplier<Object>> columns = new ArrayList<>();
        record.values().subList(0, width - SideTables.ADDED).forEach(value -> columns.add(Row.constant(value)));
        columns.add(Row.constant(late ? "LATE" : SOME_REASON));
        columns.add(() -> refuse(SideTables.RAW));
        columns.add(() -> refuse(SideTables.PARTITION));
        columns.add(() -> refuse(SideTables.OFFSET));
        columns.add(Row.constant(record.watermark() == Long.MIN_VALUE ? null : record.watermark()));
        if (columns.size() != width) {
            throw new IllegalStateException("a side table has " + width + " columns, and not " + columns.size());
        }
        return new Row(columns, null, List.of(), 0);
    }

    private static Object refuse(String column) {
        throw new Refusal("column '" + column + "' of refused rows");
    }

    // ---- which columns are used

    private void addUses(LogicalPlan plan, BitSet needed) {
        if (plan instanceof Scan scan) {
            uses(scan.table()).or(needed);
            scan.table()
                    .of()
                    .ifPresent(source ->
                            uses(source).or(needed.get(0, scan.output().size() - SideTables.ADDED)));
            return;
        }
        List<BitSet> ofInputs = Needs.ofInputs(plan, needed);
        for (int i = 0; i < ofInputs.size(); i++) {
            addUses(plan.inputs().get(i), ofInputs.get(i));
        }
    }

    /** The columns of a table that are used, as they stand in a scan; those that the event time is computed from are. */
    private BitSet uses(Table table) {
        return used.computeIfAbsent(table, key -> {
            BitSet columns = new BitSet();
            table.changelog().filter(Table.Changelog::op).ifPresent(changelog -> columns.set(0));
            table.changelog()
                    .filter(Table.Changelog::keyed)
                    .ifPresent(changelog -> table.carriedKey().forEach(columns::set));
            table.watermark()
                    .flatMap(
                            watermark -> table.columns().get(watermark.column()).computed())
                    .ifPresent(time -> Needs.add(time, columns));
            return columns;
        });
    }

    // ---- counts

    private Map<String, Interpretation.Counts> counts() {
        Map<String, Interpretation.Counts> counts = new HashMap<>();
        records.forEach((table, all) -> {
            if (data.get(declared(table)).table().changelog().isPresent()) {
                // What became of rows that were replaced is not known here.
                return;
            }
            long[] kinds = new long[4];
            for (SourceRecord record : all) {
                kinds[kind(record)]++;
            }
            counts.put(table, new Interpretation.Counts(kinds[0], kinds[1], kinds[2], kinds[3]));
        });
        return counts;
    }

    private int kind(SourceRecord record) {
        if (record.rejected() || any(result -> result.rejected().contains(record))) {
            return 0;
        }
        if (any(result -> result.late().contains(record))) {
            return 1;
        }
        return any(result -> result.taken().contains(record)) ? 2 : 3;
    }

    private boolean any(java.util.function.Predicate<Result> test) {
        return results.values().stream().anyMatch(test);
    }
}
