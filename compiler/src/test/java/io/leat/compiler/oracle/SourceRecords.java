package io.leat.compiler.oracle;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.catalog.Table.TableColumn;
import io.leat.compiler.corpus.TableData;
import io.leat.runtime.connector.SourceSettings;
import io.leat.runtime.job.OptionValue;
import io.leat.runtime.window.Windowing;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The records of a table: which are rows, and the watermark before each, from nothing but its own partition up to there. */
final class SourceRecords {
    private final Table table;
    private final BitSet used;
    private final ZoneId zone;
    private final long nowMicros;
    private final int timeColumn;

    /**
     * @param used which of the columns that its scans have are used by any statement
     */
    SourceRecords(Table table, BitSet used, ZoneId zone, long nowMicros) {
        this.table = table;
        this.used = used;
        this.zone = zone;
        this.nowMicros = nowMicros;
        this.timeColumn = timeColumn(table);
    }

    /** Where the event time is among the columns of a scan, or -1. */
    static int timeColumn(Table table) {
        if (table.watermark().isEmpty()) {
            return -1;
        }
        TableColumn time = table.columns().get(table.watermark().get().column());
        List<TableColumn> carried = table.physicalColumns();
        return time.isComputed() ? carried.size() : carried.indexOf(time);
    }

    List<SourceRecord> read(TableData data) {
        Optional<Changelogs> changelog = table.changelog().map(kind -> new Changelogs(table, used));
        List<SourceRecord> records = new ArrayList<>();
        for (int partition = 0; partition < data.partitions().size(); partition++) {
            long watermark = Windowing.NEVER;
            int offset = 0;
            for (TableData.Row row : data.partitions().get(partition)) {
                SourceRecord read = record(row, partition, offset++, table.isStream() ? watermark : Windowing.NEVER);
                SourceRecord record = changelog.map(each -> each.judge(read)).orElse(read);
                records.add(record);
                Object time = timeColumn < 0 || record.rejected()
                        ? null
                        : record.values().get(timeColumn);
                if (time != null && (Long) time <= limit()) {
                    watermark = Math.max(watermark, delayed((Long) time));
                }
            }
        }
        return records;
    }

    private SourceRecord record(TableData.Row row, int partition, int offset, long watermark) {
        int last = table.physicalColumns().size()
                + (timeColumn == table.physicalColumns().size() ? 1 : 0);
        int width = table.isVersions() ? last + 1 : last;
        List<Object> values = new ArrayList<>(Collections.nCopies(width, null));
        boolean rejected = row.isBroken() || !fits(row.values());
        if (!rejected) {
            for (int i = 0; i < row.values().size(); i++) {
                values.set(i, row.values().get(i));
            }
            rejected = !computeTime(values);
        }
        if (table.isVersions()) {
            values.set(last, Changelogs.isGone(values.get(0)));
        }
        boolean timeless = timeColumn >= 0 && !rejected && values.get(timeColumn) == null;
        return new SourceRecord(
                table.name(), partition, offset, watermark, values, rejected || timeless && !keepsTimeless());
    }

    private boolean fits(List<Object> values) {
        boolean fits = true;
        for (int i = 0; i < values.size(); i++) {
            TableColumn column = table.physicalColumns().get(i);
            if (used.get(i) || i == timeColumn) {
                Object value = values.get(i);
                fits &= value == null ? column.nullable() || i == timeColumn : Values.fits(value, column.type());
            }
        }
        return fits;
    }

    /** False if the event time has no value for the row. */
    private boolean computeTime(List<Object> values) {
        if (timeColumn < table.physicalColumns().size()) {
            return true;
        }
        TableColumn time = table.columns().get(table.watermark().orElseThrow().column());
        try {
            Expressions expressions = new Expressions(zone, nowMicros, values::get);
            values.set(timeColumn, expressions.value(time.computed().orElseThrow()));
            return true;
        } catch (RowFailure e) {
            return false;
        }
    }

    private long delayed(long time) {
        long delay = table.watermark().orElseThrow().delayMicros();
        return BigDecimal.valueOf(time)
                .subtract(BigDecimal.valueOf(delay))
                .max(BigDecimal.valueOf(Windowing.NEVER + 1))
                .longValueExact();
    }

    private boolean keepsTimeless() {
        OptionValue policy = table.commonOptions().get(SourceSettings.NULL_TIME);
        return policy != null && policy.text().equals("keep");
    }

    /** Event times beyond this do not move the watermark. */
    private long limit() {
        for (Map.Entry<String, OptionValue> option : table.commonOptions().entrySet()) {
            if (option.getKey().equals(SourceSettings.MAX_FUTURE_SKEW)) {
                long micros = Durations.micros(option.getValue().text());
                return micros == 0 ? Windowing.END : nowMicros + micros;
            }
        }
        return Windowing.END;
    }
}
