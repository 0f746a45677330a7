package io.leat.compiler.random;

import io.leat.compiler.random.RandomTable.Column;
import java.util.List;

/** Conditions and values that ask another query. */
final class RandomSubqueries {
    private final Choice choice;
    private final Pipe pipe;
    private final RandomTables tables;

    RandomSubqueries(Pipe pipe, RandomTables tables) {
        this.choice = pipe.choice();
        this.pipe = pipe;
        this.tables = tables;
    }

    void add() {
        RandomTable table = choice.of(tables.all().toList());
        Column key = new Column(pipe.newName(), table.key().type(), table.key().kind());
        Column more = choice.of(table.columns());
        Column value = new Column(pipe.newName(), more.type(), more.kind());
        String condition =
                choice.oneIn(2) ? "" : " |> WHERE " + new RandomExpressions(choice, table.columns()).condition(0);
        String rows = "FROM " + table.name() + condition + " |> SELECT "
                + table.key().name() + " AS " + key.name() + ", " + more.name() + " AS " + value.name();
        String equal = choice.oneIn(3) ? "" : " |> WHERE " + key.name() + " = k";
        switch (choice.between(0, 4)) {
            case 0 ->
                pipe.add("|> WHERE k" + choice.of(" IN (", " NOT IN (") + rows + " |> SELECT " + key.name() + ")");
            case 1 -> pipe.add("|> WHERE " + choice.of("EXISTS (", "NOT EXISTS (") + rows + equal + ")");
            case 2 -> {
                String name = pipe.newName();
                pipe.add("|> EXTEND k IN (" + rows + " |> SELECT " + key.name() + ") AS " + name);
                pipe.addColumn(name, Kind.TRUTH);
            }
            default -> {
                String name = pipe.newName();
                boolean counted = choice.oneIn(3);
                String call = counted ? "COUNT(*)" : choice.of("MIN(", "MAX(") + value.name() + ")";
                pipe.add("|> EXTEND (" + rows + equal + " |> AGGREGATE " + call + " AS " + pipe.newName() + ") AS "
                        + name);
                pipe.addColumn(name, counted ? Kind.WHOLE : value.kind());
            }
        }
    }

    /** Whether the rows still have the key that is asked about. */
    boolean isPossible() {
        return List.copyOf(pipe.columns()).stream()
                .anyMatch(column -> column.name().equals("k"));
    }
}
