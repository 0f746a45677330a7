package io.leat.compiler.random;

import io.leat.compiler.random.RandomTable.Column;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;

/** Window functions over what a pipe has so far, and the first rows of partitions. */
final class RandomPartitions {
    private final Choice choice;
    private final Pipe pipe;

    RandomPartitions(Pipe pipe) {
        this.choice = pipe.choice();
        this.pipe = pipe;
    }

    /** Rows whose place in their partition is one of the first; of windows, of each window. */
    void top() {
        String name = pipe.newName();
        pipe.add("|> EXTEND " + choice.of("ROW_NUMBER", "ROW_NUMBER", "RANK", "DENSE_RANK") + "() OVER (" + partition()
                + order(choice.between(1, 2)) + ") AS " + name);
        pipe.add("|> WHERE " + name + choice.of(" = 1", " <= 1", " <= 2", " < 4"));
        if (choice.oneIn(2)) {
            pipe.add("|> DROP " + name);
        } else {
            pipe.addColumn(name, Kind.WHOLE);
        }
    }

    /** A few window functions of one window. */
    void over() {
        String partition = partition();
        Column by = choice.of(pipe.columns());
        String order = choice.oneIn(6)
                ? ""
                : choice.oneIn(3) ? order(2) : "ORDER BY " + by.name() + choice.of("", " DESC", " NULLS FIRST");
        boolean ranged = order.startsWith("ORDER BY " + by.name()) && !order.contains(",");
        List<Column> results = new ArrayList<>();
        List<String> calls = new ArrayList<>();
        for (int i = choice.between(1, 3); i > 0; i--) {
            calls.add(call(partition, order, ranged ? by.kind() : Kind.TEXT, results));
        }
        pipe.add("|> EXTEND " + String.join(", ", calls));
        List<Column> all = new ArrayList<>(pipe.columns());
        all.addAll(results);
        pipe.setColumns(all);
    }

    private String partition() {
        List<Column> keys = new ArrayList<>(pipe.someColumns(0, 2));
        if (pipe.has("window_start") && pipe.has("window_end") && !choice.oneIn(4)) {
            keys.removeIf(key -> key.name().startsWith("window_"));
            for (Column column : pipe.columns()) {
                if (column.name().equals("window_start") || column.name().equals("window_end")) {
                    keys.add(column);
                }
            }
        }
        return keys.isEmpty() ? "" : "PARTITION BY " + Pipe.names(keys) + " ";
    }

    private String order(int count) {
        List<String> keys = new ArrayList<>();
        for (Column column : pipe.someColumns(1, count)) {
            keys.add(column.name() + choice.of("", " DESC", " NULLS FIRST", " DESC NULLS LAST"));
        }
        return keys.isEmpty() ? "" : "ORDER BY " + String.join(", ", keys);
    }

    private String call(String partition, String order, Kind by, List<Column> results) {
        Column of = choice.of(pipe.columns());
        String name = pipe.newName();
        boolean framed = false;
        String function;
        Kind kind = Kind.WHOLE;
        switch (choice.between(0, 5)) {
            case 0 ->
                function = order.isEmpty()
                        ? "ROW_NUMBER()"
                        : choice.of("ROW_NUMBER()", "RANK()", "DENSE_RANK()", "NTILE(2)", "NTILE(3)");
            case 1 -> {
                function = choice.of("LAG(", "LEAD(") + of.name() + choice.of("", ", 2", ", 0") + ")";
                kind = of.kind();
            }
            case 2 -> {
                function = choice.of(
                        "FIRST_VALUE(" + of.name() + ")",
                        "LAST_VALUE(" + of.name() + ")",
                        "NTH_VALUE(" + of.name() + ", 2)");
                kind = of.kind();
                framed = true;
            }
            case 3 -> {
                function = choice.of("COUNT(*)", "COUNT(" + of.name() + ")");
                framed = true;
            }
            default -> {
                boolean number = of.kind() == Kind.WHOLE || of.kind() == Kind.EXACT || of.kind() == Kind.REAL;
                function = (number ? choice.of("SUM(", "MIN(", "MAX(", "AVG(") : choice.of("MIN(", "MAX(")) + of.name()
                        + ")";
                kind = function.startsWith("AVG") && of.kind() == Kind.WHOLE ? Kind.REAL : of.kind();
                framed = true;
            }
        }
        results.add(new Column(name, Type.NULL, kind));
        String frame = framed && !order.isEmpty() && !choice.oneIn(3) ? frame(by) : "";
        return function + " OVER (" + partition + order + frame + ") AS " + name;
    }

    private String frame(Kind by) {
        String unit = choice.of(" ROWS", " ROWS", " RANGE", " GROUPS");
        boolean distances = !unit.equals(" RANGE") || by == Kind.WHOLE || by == Kind.TIME || by == Kind.REAL;
        String least = choice.of("UNBOUNDED PRECEDING", "CURRENT ROW", "");
        String most = choice.of("UNBOUNDED FOLLOWING", "CURRENT ROW", "");
        String from = least.isEmpty() && distances ? distance(unit, by) + " PRECEDING" : least;
        String to = most.isEmpty() && distances ? distance(unit, by) + " FOLLOWING" : most;
        String exclude = choice.oneIn(6) ? choice.of(" EXCLUDE CURRENT ROW", " EXCLUDE GROUP", " EXCLUDE TIES") : "";
        return unit + " BETWEEN " + (from.isEmpty() ? "CURRENT ROW" : from) + " AND "
                + (to.isEmpty() ? "CURRENT ROW" : to) + exclude;
    }

    private String distance(String unit, Kind by) {
        int distance = choice.between(0, 3);
        return unit.equals(" RANGE") && by == Kind.TIME ? "INTERVAL '" + distance + "' SECOND" : "" + distance;
    }
}
