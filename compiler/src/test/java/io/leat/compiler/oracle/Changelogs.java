package io.leat.compiler.oracle;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.catalog.Table.Changelog;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is left of the records of a changelog, log by log: by key the last one, or those that none takes back. */
final class Changelogs {
    private final Table table;
    private final Changelog kind;
    private final BitSet used;
    private final Map<List<Object>, Integer> there = new HashMap<>();

    /**
     * @param used which of the columns that its scans have are used by any statement, by which rows are the same
     */
    Changelogs(Table table, BitSet used) {
        this.table = table;
        this.kind = table.changelog().orElseThrow();
        this.used = used;
    }

    /** The next record, rejected if it says nothing or takes back what is not there. */
    SourceRecord judge(SourceRecord record) {
        boolean rejected = record.rejected() || !List.of("+I", "-U", "+U", "-D").contains(op(record));
        if (!rejected && kind.keyed()) {
            rejected = key(record).contains(null);
        } else if (!rejected) {
            int before = there.getOrDefault(row(record), 0);
            rejected = !comes(record) && before == 0;
            there.put(row(record), before + (rejected ? 0 : comes(record) ? 1 : -1));
        }
        return rejected
                ? new SourceRecord(
                        record.table(), record.partition(), record.offset(), record.watermark(), record.values(), true)
                : record;
    }

    /** The records whose rows are there at the end. */
    List<SourceRecord> left(List<SourceRecord> judged) {
        List<SourceRecord> left = new ArrayList<>();
        for (SourceRecord record : judged) {
            if (record.rejected() || kind.keyed() && op(record).equals("-U")) {
                continue;
            }
            if (kind.keyed()) {
                left.removeIf(each -> key(each).equals(key(record)));
            } else if (!comes(record)) {
                for (int i = left.size() - 1; i >= 0; i--) {
                    if (row(left.get(i)).equals(row(record))) {
                        left.remove(i);
                        break;
                    }
                }
            }
            if (comes(record)) {
                left.add(record);
            }
        }
        return left;
    }

    /** Whether a row that goes may be late for something, in which case more is left. */
    static boolean anyMayBeLate(Table table, List<SourceRecord> records, int timeColumn) {
        return table.isStream()
                && timeColumn >= 0
                && records.stream()
                        .filter(record -> !record.rejected() && record.values().get(timeColumn) != null)
                        .anyMatch(record -> (Long) record.values().get(timeColumn) < record.watermark());
    }

    /** Whether a record deletes a row, by its kind; NULL for one that the next one speaks for. */
    static Boolean isGone(Object kind) {
        return "-U".equals(kind) ? null : (Boolean) "-D".equals(kind);
    }

    private static boolean comes(SourceRecord record) {
        return op(record).startsWith("+");
    }

    private static Object or(Object value, Object otherwise) {
        return value == null ? otherwise : value;
    }

    private static String op(SourceRecord record) {
        return (String) or(record.values().get(0), "");
    }

    /** The log and the key. */
    private List<Object> key(SourceRecord record) {
        List<Object> key = new ArrayList<>();
        key.add(log(record));
        table.carriedKey().forEach(column -> key.add(record.values().get(column)));
        return key;
    }

    /** The log and the columns that anybody uses. */
    private List<Object> row(SourceRecord record) {
        List<Object> row = new ArrayList<>();
        row.add(log(record));
        for (int column = 1; column < record.values().size(); column++) {
            row.add(used.get(column) ? record.values().get(column) : null);
        }
        return row;
    }

    private int log(SourceRecord record) {
        return kind.oneLog() ? 0 : record.partition();
    }
}
