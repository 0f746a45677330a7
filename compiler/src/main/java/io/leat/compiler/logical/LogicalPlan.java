package io.leat.compiler.logical;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.function.AggregateFunction;
import io.leat.compiler.logical.Traits.Changelog;
import io.leat.compiler.logical.Traits.WindowColumns;
import io.leat.grammar.source.Origin;
import io.leat.runtime.connector.SourceTraits.End;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A relation: what rows are wanted. Immutable; equal by structure. Columns are positions; names are for people.
 *
 * <p>Constructors check what makes a plan valid: columns exist and have the types that expressions say, conditions are boolean.
 */
public sealed interface LogicalPlan
        permits LogicalPlan.Scan,
                LogicalPlan.Values,
                LogicalPlan.Filter,
                ClockFilter,
                Admission,
                LogicalPlan.Project,
                LogicalPlan.Join,
                StreamJoin,
                Sessions,
                LogicalPlan.Window,
                LogicalPlan.Aggregate,
                LogicalPlan.Union,
                Repeat,
                Unnest,
                LogicalPlan.Sort,
                LogicalPlan.Limit,
                Over,
                TopN {
    /** The columns of its rows. */
    List<Field> output();

    Traits traits();

    Origin at();

    List<LogicalPlan> inputs();

    /** The same node over other inputs with the same columns. */
    LogicalPlan withInputs(List<LogicalPlan> inputs);

    <R> R accept(Visitor<R> visitor);

    /** A pass over all kinds of nodes, without defaults, so that a new kind is not forgotten. */
    interface Visitor<R> {
        R scan(Scan plan);

        R values(Values plan);

        R filter(Filter plan);

        R clockFilter(ClockFilter plan);

        R admission(Admission plan);

        R project(Project plan);

        R join(Join plan);

        R streamJoin(StreamJoin plan);

        R sessions(Sessions plan);

        R window(Window plan);

        R aggregate(Aggregate plan);

        R union(Union plan);

        R repeat(Repeat plan);

        R unnest(Unnest plan);

        R sort(Sort plan);

        R limit(Limit plan);

        R over(Over plan);

        R topN(TopN plan);
    }

    /**
     * The rows of a table.
     *
     * @param output the columns that the source carries, then the event time if it is computed
     * @param statement rank of the reading statement in the file: of a table in memory it sees what earlier ones wrote; -1 for other
     *     tables, of which all statements see the same
     * @param refusedBy of late or rejected rows only those that this statement refused; -1 for all
     * @param patience how much longer than the table says the statement waits for rows, in microseconds
     * @param refresh after how many microseconds the rows are read again; 0 for never
     */
    record Scan(
            Table table,
            List<Field> output,
            Traits traits,
            int statement,
            int refusedBy,
            long patience,
            long refresh,
            Origin at)
            implements LogicalPlan {
        /** Hidden columns that say where in its source a row stands: the rank of its partition, and its own in there. */
        public static final List<Field> PLACE =
                List.of(Field.required("$partition", Type.BIGINT), Field.required("$position", Type.BIGINT));
        /** Of versions: whether the record ends the row of its key; NULL if it says nothing, as the row that gives way to the next one. */
        public static final Field GONE = Field.nullable("$gone", Type.BOOLEAN);

        public Scan {
            output = List.copyOf(output);
        }

        /** Reads the columns that the source carries, and the event time if it is computed. */
        public static Scan of(Table table, int statement, int refusedBy, Origin at) {
            List<Field> fields = new ArrayList<>();
            OptionalInt time = OptionalInt.empty();
            Table.TableColumn timeColumn =
                    table.watermark().map(w -> table.columns().get(w.column())).orElse(null);
            for (int i = 0; i < table.columns().size(); i++) {
                Table.TableColumn column = table.columns().get(i);
                if (column.isComputed()) {
                    continue;
                }
                if (column == timeColumn) {
                    time = OptionalInt.of(fields.size());
                }
                fields.add(table.scanned(i));
            }
            if (timeColumn != null && timeColumn.isComputed()) {
                time = OptionalInt.of(fields.size());
                fields.add(timeColumn.field());
            }
            if (table.isVersions()) {
                fields.add(GONE);
            }
            // A primary key is a promise that nobody enforces, so nothing is built on it, unless rows replace each
            // other by it.
            boolean comesAndGoes = table.comesAndGoes();
            boolean keyed = comesAndGoes
                    && table.changelog().filter(Table.Changelog::keyed).isPresent();
            Changelog changelog = comesAndGoes ? Changelog.RETRACT : Changelog.APPEND;
            List<Set<Integer>> keys = keyed ? List.of(Set.copyOf(table.carriedKey())) : List.of();
            return new Scan(
                    table,
                    fields,
                    new Traits(table.end(), changelog, time, Optional.empty(), keys),
                    table.kind() == Table.Kind.CONNECTOR ? -1 : statement,
                    refusedBy,
                    0,
                    0,
                    at);
        }

        /** The same rows, of which fewer are late: watermarks come later by so many microseconds. */
        public Scan withPatience(long micros) {
            return new Scan(table, output, traits, statement, refusedBy, micros, refresh, at);
        }

        /** The same rows, which are read again after so many microseconds. */
        public Scan refreshed(long micros) {
            return new Scan(table, output, traits, statement, refusedBy, patience, micros, at);
        }

        /** The same rows with the columns of {@link #PLACE} behind the others. */
        public Scan withPlace() {
            int width = output.size();
            List<Set<Integer>> keys = new ArrayList<>(traits.uniqueKeys());
            keys.add(Set.of(width, width + 1));
            Traits placed = new Traits(traits.end(), traits.changelog(), traits.eventTime(), traits.window(), keys);
            return new Scan(table, Plans.concat(output, PLACE), placed, statement, refusedBy, patience, refresh, at);
        }

        /** The same rows with some of the columns. {@code moved} says where a column is now, or -1. */
        public Scan narrow(List<Field> fields, IntUnaryOperator moved) {
            return new Scan(table, fields, traits.map(moved), statement, refusedBy, patience, refresh, at);
        }

        @Override
        public List<LogicalPlan> inputs() {
            return List.of();
        }

        @Override
        public LogicalPlan withInputs(List<LogicalPlan> inputs) {
            return this;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.scan(this);
        }
    }

    /** Rows that stand in the query: expressions without columns. One row without columns is what a query without FROM reads. */
    record Values(List<Field> output, List<List<Expr>> rows, Origin at) implements LogicalPlan {
        public Values {
            output = List.copyOf(output);
            rows = rows.stream().map(List::copyOf).toList();
            for (List<Expr> row : rows) {
                Plans.check(row.size() == output.size(), "a row of VALUES with another number of columns");
            }
        }

        @Override
        public Traits traits() {
            return Traits.of(End.BOUNDED);
        }

        @Override
        public List<LogicalPlan> inputs() {
            return List.of();
        }

        @Override
        public LogicalPlan withInputs(List<LogicalPlan> inputs) {
            return this;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.values(this);
        }
    }

    /** The rows for which a condition is TRUE. */
    record Filter(LogicalPlan input, Expr condition, Origin at) implements LogicalPlan {
        public Filter {
            Plans.check(condition.type().equals(Type.BOOLEAN), "a filter that is not boolean");
            Plans.checkColumns(condition, input.output());
        }

        @Override
        public List<Field> output() {
            return input.output();
        }

        @Override
        public Traits traits() {
            return input.traits().fixed(Plans.fixedColumns(condition));
        }

        @Override
        public List<LogicalPlan> inputs() {
            return List.of(input);
        }

        @Override
        public LogicalPlan withInputs(List<LogicalPlan> inputs) {
            return new Filter(inputs.get(0), condition, at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.filter(this);
        }
    }

    /** New columns computed from each row. A value is computed where it is needed, so an expression nobody reads cannot fail. */
    record Project(LogicalPlan input, List<Expr> expressions, List<String> names, Origin at) implements LogicalPlan {
        public Project {
            expressions = List.copyOf(expressions);
            names = List.copyOf(names);
            Plans.check(expressions.size() == names.size(), "a projection with unnamed columns");
            List<Field> fields = input.output();
            expressions.forEach(expression -> Plans.checkColumns(expression, fields));
        }

        @Override
        public List<Field> output() {
            List<Field> fields = new ArrayList<>(expressions.size());
            for (int i = 0; i < expressions.size(); i++) {
                Expr expression = expressions.get(i);
                fields.add(new Field(names.get(i), expression.type(), expression.nullable()));
            }
            return fields;
        }

        @Override
        public Traits traits() {
            int[] moved = new int[input.output().size()];
            java.util.Arrays.fill(moved, -1);
            for (int i = expressions.size() - 1; i >= 0; i--) {
                if (expressions.get(i) instanceof Expr.Column column) {
                    moved[column.index()] = i;
                }
            }
            return input.traits().map(column -> moved[column]);
        }

        @Override
        public List<LogicalPlan> inputs() {
            return List.of(input);
        }

        @Override
        public LogicalPlan withInputs(List<LogicalPlan> inputs) {
            return new Project(inputs.get(0), expressions, names, at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.project(this);
        }
    }

    /**
     * Pairs of rows for which a condition is TRUE; columns of the left side first, and no others where it only tests. The right side ends
     * and is read first.
     */
    record Join(Kind kind, LogicalPlan left, LogicalPlan right, Expr condition, Origin at) implements LogicalPlan {
        public Join {
            Plans.check(condition.type().equals(Type.BOOLEAN), "a join condition that is not boolean");
            Plans.checkColumns(condition, Plans.concat(left.output(), right.output()));
        }

        public enum Kind {
            /** Rows without partner are left out. */
            INNER,
            /** A row of the left side without partner stays, with NULL for the right side. */
            LEFT,
            /** A row of the left side with a partner, once. */
            SEMI,
            /** A row of the left side without partner. */
            ANTI,
            /** Every row of the left side, with a column that says whether it has a partner. */
            MARK;

            public boolean hasRightColumns() {
                return this == INNER || this == LEFT;
            }
        }

        @Override
        public List<Field> output() {
            if (kind == Kind.MARK) {
                return Plans.concat(left.output(), List.of(Plans.MARK));
            }
            if (!kind.hasRightColumns()) {
                return left.output();
            }
            List<Field> rightFields = right.output();
            if (kind == Kind.LEFT) {
                rightFields = rightFields.stream()
                        .map(field -> Field.nullable(field.name(), field.type()))
                        .toList();
            }
            return Plans.concat(left.output(), rightFields);
        }

        @Override
        public Traits traits() {
            // Asked once: twice at each of many joins would be exponential.
            Traits ofLeft = left.traits();
            Traits traits =
                    ofLeft.withEnd(Traits.later(ofLeft.end(), right.traits().end()));
            boolean once = !kind.hasRightColumns() || Plans.matchesAtMostOne(this);
            return once ? traits : traits.withoutKeys();
        }

        @Override
        public List<LogicalPlan> inputs() {
            return List.of(left, right);
        }

        @Override
        public LogicalPlan withInputs(List<LogicalPlan> inputs) {
            return new Join(kind, inputs.get(0), inputs.get(1), condition, at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.join(this);
        }
    }

    /**
     * Assigns each row to the windows that hold its event time: the row once per window, with {@code window_start}, {@code
     * window_end} and {@code window_time} behind its columns. A row whose time is NULL belongs to none.
     *
     * @param byClock whether the time is that of the clock, which closes the windows, too
     */
    record Window(LogicalPlan input, int timeColumn, WindowKind kind, boolean byClock, Origin at)
            implements LogicalPlan {
        public Window {
            Plans.check(timeColumn >= 0 && timeColumn < input.output().size(), "a window over no column");
        }

        @Override
        public List<Field> output() {
            return Plans.withWindow(input.output(), timeColumn);
        }

        @Override
        public Traits traits() {
            Traits traits = input.traits();
            int first = input.output().size();
            return new Traits(
                    traits.end(),
                    traits.changelog(),
                    byClock ? OptionalInt.of(timeColumn) : traits.eventTime(),
                    Optional.of(new WindowColumns(kind, first, first + 1, first + 2, false)),
                    kind.isTumbling() ? traits.uniqueKeys() : List.of());
        }

        @Override
        public List<LogicalPlan> inputs() {
            return List.of(input);
        }

        @Override
        public LogicalPlan withInputs(List<LogicalPlan> inputs) {
            return new Window(inputs.get(0), timeColumn, kind, byClock, at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.window(this);
        }
    }

    /**
     * One row per distinct key: the key columns, then the aggregates.
     *
     * @param keys columns of the input
     * @param windowed whether a group ends with its window; otherwise it ends with the input
     */
    record Aggregate(LogicalPlan input, List<Integer> keys, List<AggregateCall> calls, boolean windowed, Origin at)
            implements LogicalPlan {
        public Aggregate {
            keys = List.copyOf(keys);
            calls = List.copyOf(calls);
            List<Field> fields = input.output();
            Plans.check(
                    keys.stream().allMatch(key -> key >= 0 && key < fields.size()), "a group key that is no column");
            for (AggregateCall call : calls) {
                call.argument().ifPresent(argument -> Plans.checkColumns(argument, fields));
                call.filter().ifPresent(filter -> Plans.checkColumns(filter, fields));
            }
        }

        @Override
        public List<Field> output() {
            List<Field> fields = new ArrayList<>();
            List<Field> inputFields = input.output();
            keys.forEach(key -> fields.add(inputFields.get(key)));
            calls.forEach(call -> fields.add(new Field(
                    call.name(), call.function().result(), call.function().nullable())));
            return fields;
        }

        @Override
        public Traits traits() {
            Traits traits = input.traits().map(keys::indexOf);
            Set<Integer> key =
                    new HashSet<>(IntStream.range(0, keys.size()).boxed().toList());
            Optional<WindowColumns> window = windowed
                    ? traits.window().map(w -> new WindowColumns(w.kind(), w.start(), w.end(), w.time(), true))
                    : Optional.empty();
            OptionalInt time = window.isPresent() && window.get().time() >= 0
                    ? OptionalInt.of(window.get().time())
                    : OptionalInt.empty();
            return new Traits(
                    traits.end(), windowed ? Changelog.APPEND : Changelog.RETRACT, time, window, List.of(key));
        }

        @Override
        public List<LogicalPlan> inputs() {
            return List.of(input);
        }

        @Override
        public LogicalPlan withInputs(List<LogicalPlan> inputs) {
            return new Aggregate(inputs.get(0), keys, calls, windowed, at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.aggregate(this);
        }
    }

    /**
     * One aggregate of a group.
     *
     * @param distinct whether each value counts once
     * @param filter rows for which it is not TRUE do not count
     */
    record AggregateCall(
            AggregateFunction function,
            Optional<Expr> argument,
            boolean distinct,
            Optional<Expr> filter,
            String name,
            Origin at) {
        /** The same call over other rows. */
        public AggregateCall rewritten(UnaryOperator<Expr> change) {
            return new AggregateCall(function, argument.map(change), distinct, filter.map(change), name, at);
        }
    }

    /** All rows of all inputs, whose columns have the same types. Names are those of the first. */
    record Union(List<LogicalPlan> inputs, Origin at) implements LogicalPlan {
        public Union {
            inputs = List.copyOf(inputs);
            Plans.check(inputs.size() >= 2, "a union of one");
            List<Type> types = Plans.types(inputs.get(0));
            for (LogicalPlan input : inputs) {
                Plans.check(Plans.types(input).equals(types), "a union of different columns");
            }
        }

        @Override
        public List<Field> output() {
            List<Field> fields = new ArrayList<>();
            List<List<Field>> outputs = inputs.stream().map(LogicalPlan::output).toList();
            for (int i = 0; i < outputs.get(0).size(); i++) {
                int column = i;
                Field first = outputs.get(0).get(i);
                boolean nullable =
                        outputs.stream().anyMatch(output -> output.get(column).nullable());
                fields.add(new Field(first.name(), first.type(), nullable));
            }
            return fields;
        }

        @Override
        public Traits traits() {
            List<Traits> ofInputs = inputs.stream().map(LogicalPlan::traits).toList();
            Traits first = ofInputs.get(0);
            End end = first.end();
            Changelog changelog = first.changelog();
            Optional<WindowColumns> window = first.window();
            for (Traits traits : ofInputs) {
                end = Traits.later(end, traits.end());
                changelog = traits.changelog() == Changelog.RETRACT ? Changelog.RETRACT : changelog;
                window = window.equals(traits.window()) ? window : Optional.empty();
            }
            return new Traits(end, changelog, eventTime(ofInputs), window, List.of());
        }

        /** Rows that are read to their end beside those of streams, and have no watermark but that of the end, are late for nothing. */
        private static OptionalInt eventTime(List<Traits> ofInputs) {
            List<OptionalInt> times = ofInputs.stream()
                    .filter(traits ->
                            traits.end() != End.BOUNDED || traits.eventTime().isPresent())
                    .map(Traits::eventTime)
                    .distinct()
                    .toList();
            return times.size() == 1 ? times.get(0) : OptionalInt.empty();
        }

        @Override
        public LogicalPlan withInputs(List<LogicalPlan> newInputs) {
            return new Union(newInputs, at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.union(this);
        }
    }

    /** All rows in order. */
    record Sort(LogicalPlan input, List<SortKey> keys, Origin at) implements LogicalPlan {
        public Sort {
            keys = List.copyOf(keys);
            int width = input.output().size();
            Plans.check(
                    keys.stream().allMatch(key -> key.column() >= 0 && key.column() < width),
                    "a sort key that is no column");
        }

        @Override
        public List<Field> output() {
            return input.output();
        }

        @Override
        public Traits traits() {
            return input.traits().atTheEnd();
        }

        @Override
        public List<LogicalPlan> inputs() {
            return List.of(input);
        }

        @Override
        public LogicalPlan withInputs(List<LogicalPlan> inputs) {
            return new Sort(inputs.get(0), keys, at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.sort(this);
        }
    }

    record SortKey(int column, boolean descending, boolean nullsFirst) {}

    /** At most {@code count} rows after the first {@code offset}; {@code count} -1 for all. */
    record Limit(LogicalPlan input, long count, long offset, Origin at) implements LogicalPlan {
        @Override
        public List<Field> output() {
            return input.output();
        }

        @Override
        public Traits traits() {
            return input.traits().atTheEnd();
        }

        @Override
        public List<LogicalPlan> inputs() {
            return List.of(input);
        }

        @Override
        public LogicalPlan withInputs(List<LogicalPlan> inputs) {
            return new Limit(inputs.get(0), count, offset, at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.limit(this);
        }
    }
}
