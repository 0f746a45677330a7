package io.leat.compiler.random;

import io.leat.compiler.random.RandomTable.Column;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A query in pipes as far as it is written, a step a line, so that a line can be left out when a failure is made small. */
final class Pipe {
    private final Choice choice;
    private final List<String> lines = new ArrayList<>();
    private List<Column> columns = List.of();
    private Optional<String> time = Optional.empty();
    private int names;

    Pipe(Choice choice) {
        this.choice = choice;
    }

    /** Begins a query over the rows of a table. */
    void begin(RandomTable table) {
        lines.add("FROM " + table.name());
        columns = new ArrayList<>(table.columns());
        time = table.time();
    }

    /** Begins a query over what is known by a name. */
    void begin(String name, List<Column> of, Optional<String> timeOf) {
        lines.add("FROM " + name);
        columns = new ArrayList<>(of);
        time = timeOf;
    }

    /** Makes a statement of the query that was written so far. */
    void makeStatement(String head) {
        int begin = begin();
        lines.set(begin, head + lines.get(begin));
        append(";");
    }

    void add(String line) {
        lines.add(line);
    }

    /** Puts something behind the last line. */
    void append(String text) {
        int last = lines.size() - 1;
        lines.set(last, lines.get(last) + text);
    }

    Choice choice() {
        return choice;
    }

    List<Column> columns() {
        return columns;
    }

    void setColumns(List<Column> now) {
        columns = new ArrayList<>(now);
    }

    void addColumn(String name, Kind kind) {
        columns.add(new Column(name, Type.NULL, kind));
    }

    boolean has(String name) {
        return columns.stream().anyMatch(column -> column.name().equals(name));
    }

    /** The event time of the rows, if they have one, under the name it has now. */
    Optional<String> time() {
        return time.filter(this::has);
    }

    void setTime(Optional<String> now) {
        time = now;
    }

    String newName() {
        return "x" + names++;
    }

    RandomExpressions expressions() {
        return new RandomExpressions(choice, columns);
    }

    /** Some of the columns under new names; from here on there are no others. */
    void choose(int count) {
        List<Column> kept = new ArrayList<>();
        List<String> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Column column = choice.of(columns);
            Column renamed = new Column(newName(), column.type(), column.kind());
            kept.add(renamed);
            items.add(column.name() + " AS " + renamed.name());
        }
        columns = kept;
        lines.add("|> SELECT " + String.join(", ", items));
    }

    /** Columns behind PARTITION BY or GROUP BY, no more than so many. */
    List<Column> someColumns(int least, int most) {
        List<Column> some = new ArrayList<>();
        for (int i = choice.between(least, most); i > 0; i--) {
            Column column = choice.of(columns);
            if (!some.contains(column)) {
                some.add(column);
            }
        }
        return some;
    }

    static String names(List<Column> columns) {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    /** The query since it began, in one line. */
    String soFar() {
        return String.join(" ", lines.subList(begin(), lines.size()));
    }

    private int begin() {
        int begin = lines.size() - 1;
        while (begin > 0 && lines.get(begin).startsWith("|>")) {
            begin--;
        }
        return begin;
    }

    String text() {
        return String.join("\n", lines);
    }
}
