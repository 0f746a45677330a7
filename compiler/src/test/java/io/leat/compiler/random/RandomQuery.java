package io.leat.compiler.random;

import io.leat.compiler.random.RandomTable.Column;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Statements in pipes over the tables of a case. */
final class RandomQuery {
    private final Choice choice;
    private final RandomTables tables;
    private final Pipe pipe;
    private final RandomJoins joins;
    private final RandomGroups groups;
    private final RandomPartitions partitions;
    private final RandomSubqueries subqueries;

    private RandomQuery(Choice choice, RandomTables tables) {
        this.choice = choice;
        this.tables = tables;
        this.pipe = new Pipe(choice);
        this.joins = new RandomJoins(pipe, tables);
        this.groups = new RandomGroups(pipe);
        this.partitions = new RandomPartitions(pipe);
        this.subqueries = new RandomSubqueries(pipe, tables);
    }

    /** A query; or a statement that keeps the rows of one, or a view, and queries over those. */
    static String text(Choice choice, RandomTables tables, int number) {
        RandomQuery query = new RandomQuery(choice, tables);
        switch (choice.between(0, 11)) {
            case 0, 1 -> query.kept(number);
            case 2, 3 -> query.shared(number);
            case 4 -> query.expiring();
            default -> query.plain();
        }
        return query.pipe.text();
    }

    private void kept(int number) {
        pipe.begin(tables.main());
        pipe.setTime(Optional.empty());
        rowOperators(choice.between(0, 2));
        pipe.choose(choice.between(1, 4));
        pipe.makeStatement("CREATE TABLE kept" + number + " AS ");
        pipe.begin("kept" + number, pipe.columns(), Optional.empty());
        rowOperators(choice.between(0, 1));
        if (choice.oneIn(2)) {
            groups.aggregate(false, false);
        }
        end();
    }

    /** Some queries that share the rows of a view. */
    private void shared(int number) {
        pipe.begin(tables.main());
        rowOperators(choice.between(0, 1));
        middle();
        pipe.makeStatement("CREATE VIEW shared" + number + " AS ");
        List<Column> columns = List.copyOf(pipe.columns());
        Optional<String> time = pipe.time();
        for (int i = choice.between(1, 3); i > 0; i--) {
            pipe.begin("shared" + number, columns, time);
            rowOperators(choice.between(0, 1));
            last();
            end();
            pipe.append(i > 1 ? ";" : "");
        }
    }

    /** A query over rows that stand for some time. */
    private void expiring() {
        pipe.begin(tables.main());
        pipe.append(" EXPIRE AFTER INTERVAL '" + choice.between(1, 9) + "' SECOND");
        rowOperators(choice.between(0, 1));
        switch (choice.between(0, 4)) {
            case 0, 1 -> groups.aggregate(false, false);
            case 2 -> partitions.over();
            case 3 -> partitions.top();
            default -> joins.stream(true);
        }
        rowOperators(choice.oneIn(3) ? 1 : 0);
        end();
    }

    private void plain() {
        if (tables.main().time().isPresent() && choice.oneIn(10)) {
            groups.sessionsByKey(tables.main());
            afterWindow();
        } else {
            pipe.begin(tables.main());
            rowOperators(choice.between(0, 1));
            middle();
            last();
        }
        end();
    }

    /** What may stand between the rows of a table and their groups. */
    private void middle() {
        if (tables.lookup().isPresent() && choice.oneIn(3)) {
            joins.lookup(tables.lookup().get());
            rowOperators(choice.between(0, 1));
        }
        if (subqueries.isPossible() && choice.oneIn(5)) {
            subqueries.add();
        }
        if (tables.other().isPresent() && pipe.time().isPresent() && choice.oneIn(2)) {
            joins.asOf(tables.other().get());
            rowOperators(choice.oneIn(4) ? 1 : 0);
        } else if (choice.oneIn(4)) {
            joins.stream(false);
            rowOperators(choice.oneIn(4) ? 1 : 0);
        }
        if (choice.oneIn(8)) {
            set();
        }
    }

    private void last() {
        if (pipe.time().isPresent() && choice.oneIn(2)) {
            if (choice.oneIn(4)) {
                groups.sessions();
            } else {
                String window = groups.window();
                if (tables.main().time().equals(Optional.of("ts"))
                        && window.contains("(ts,")
                        && pipe.has("k")
                        && choice.oneIn(6)) {
                    joins.windows(window);
                }
            }
            afterWindow();
        } else if (choice.oneIn(4)) {
            partition();
        } else if (choice.between(0, 4) > 0) {
            groups.aggregate(false, false);
            rowOperators(choice.oneIn(3) ? 1 : 0);
            if (choice.oneIn(6)) {
                groups.aggregate(false, false);
            } else if (choice.oneIn(6)) {
                partition();
            }
        } else if (choice.oneIn(3)) {
            pipe.choose(choice.between(1, 3));
            pipe.add("|> DISTINCT");
        } else if (choice.oneIn(2)) {
            select();
        }
    }

    private void afterWindow() {
        rowOperators(choice.oneIn(4) ? 1 : 0);
        if (choice.oneIn(8)) {
            partition();
            return;
        }
        boolean whole = choice.oneIn(2);
        groups.aggregate(true, whole);
        rowOperators(choice.oneIn(4) ? 1 : 0);
        if (whole && choice.oneIn(2)) {
            partition();
        } else if (whole && choice.oneIn(2)) {
            groups.results();
            if (choice.oneIn(4)) {
                groups.sessions();
            } else {
                groups.window();
            }
            groups.aggregate(true, false);
        } else if (choice.oneIn(6)) {
            groups.aggregate(false, false);
        }
    }

    private void partition() {
        if (choice.oneIn(2)) {
            partitions.top();
        } else {
            partitions.over();
            rowOperators(choice.oneIn(3) ? 1 : 0);
        }
    }

    private void rowOperators(int count) {
        for (int i = 0; i < count; i++) {
            switch (choice.between(0, 3)) {
                case 0 -> pipe.add("|> WHERE " + pipe.expressions().condition(2));
                case 1 -> {
                    // Most rows, so that something is left for what follows.
                    String column = choice.of(pipe.columns()).name();
                    pipe.add("|> WHERE " + column + " IS NOT NULL OR "
                            + pipe.expressions().condition(1));
                }
                default -> extend();
            }
        }
    }

    private void extend() {
        Kind kind = choice.of(Kind.values());
        String name = pipe.newName();
        pipe.add("|> EXTEND " + pipe.expressions().of(kind, 2) + " AS " + name);
        pipe.addColumn(name, kind);
    }

    private void select() {
        List<Column> selected = new ArrayList<>();
        List<String> items = new ArrayList<>();
        for (int i = choice.between(1, 3); i > 0; i--) {
            Kind kind = choice.of(Kind.values());
            Column column = new Column(pipe.newName(), Type.NULL, kind);
            items.add(pipe.expressions().of(kind, 2) + " AS " + column.name());
            selected.add(column);
        }
        pipe.add("|> SELECT " + String.join(", ", items));
        pipe.setColumns(selected);
    }

    /** What the query has so far together with a part of the same. */
    private void set() {
        String other = pipe.soFar();
        String part = choice.oneIn(3) ? "" : " |> WHERE " + pipe.expressions().condition(1);
        String operator =
                choice.of("UNION ALL", "UNION ALL", "UNION", "INTERSECT", "INTERSECT ALL", "EXCEPT", "EXCEPT ALL");
        pipe.add("|> " + operator + " (" + other + part + ")");
        if (!operator.equals("UNION ALL")) {
            pipe.setTime(Optional.empty());
        }
    }

    private void end() {
        if (choice.oneIn(8)) {
            set();
        }
        if (choice.oneIn(4)) {
            // By every column, so that no order is left open.
            pipe.add("|> ORDER BY "
                    + pipe.columns().stream()
                            .map(column -> column.name() + choice.of("", " DESC", " NULLS FIRST", " DESC NULLS LAST"))
                            .collect(Collectors.joining(", ")));
            if (choice.oneIn(2)) {
                pipe.add("|> LIMIT " + choice.between(0, 5) + choice.of("", " OFFSET 1"));
            }
        } else if (choice.oneIn(8)) {
            pipe.add("|> EMIT FINAL AFTER " + RandomJoins.seconds(choice));
        }
    }
}
