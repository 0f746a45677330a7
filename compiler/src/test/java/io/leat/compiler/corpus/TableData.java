package io.leat.compiler.corpus;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.catalog.Table.TableColumn;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of a table with their values.
 *
 * @param table as bound
 * @param partitions rows in the order of their records; an empty list of values for a record that is no row
 */
public record TableData(Table table, List<List<Row>> partitions) {
    public TableData {
        partitions = partitions.stream().map(List::copyOf).toList();
    }

    /**
     * A record.
     *
     * @param values of the columns that the source carries; null if it is no row
     * @param broken the record if it is no row, otherwise null
     */
    public record Row(List<Object> values, String broken) {
        public boolean isBroken() {
            return broken != null;
        }
    }

    static TableData of(CaseTable declared, Table table) {
        List<List<Row>> partitions = new ArrayList<>();
        for (List<CaseTable.Record> partition : declared.partitions()) {
            List<Row> rows = new ArrayList<>();
            for (CaseTable.Record each : partition) {
                if (each instanceof CaseTable.Record.Moment) {
                    continue;
                }
                rows.add(
                        each instanceof CaseTable.Record.Broken broken
                                ? new Row(null, broken.text())
                                : new Row(values(((CaseTable.Record.OfCells) each).cells(), declared, table), null));
            }
            partitions.add(rows);
        }
        return new TableData(table, partitions);
    }

    private static List<Object> values(List<Cell> cells, CaseTable declared, Table table) {
        List<TableColumn> columns = table.physicalColumns();
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException("a row of " + declared.name() + " has " + cells.size() + " cells and "
                    + columns.size() + " columns: " + cells);
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            values.add(CellText.parse(cells.get(i), columns.get(i).type()));
        }
        return values;
    }

    /** How many records it has. */
    long records() {
        return partitions.stream().mapToLong(List::size).sum();
    }
}
