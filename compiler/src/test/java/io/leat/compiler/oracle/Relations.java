package io.leat.compiler.oracle;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.Admission;
import io.leat.compiler.logical.ClockFilter;
import io.leat.compiler.logical.JoinTime;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.AggregateCall;
import io.leat.compiler.logical.Over;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Repeat;
import io.leat.compiler.logical.Sessions;
import io.leat.compiler.logical.StreamJoin;
import io.leat.compiler.logical.TopN;
import io.leat.compiler.logical.Unnest;
import io.leat.runtime.job.JoinKind;
import io.leat.runtime.type.Type.TimestampType;
import io.leat.runtime.window.Windowing;
import java.math.BigInteger;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The rows of a plan, by the definition of each node, all of them at once. No row is late by any clock but that of its own partition, so
 * the order of partitions means nothing.
 */
final class Relations {
    private final ZoneId zone;
    private final long nowMicros;
    private final Function<LogicalPlan.Scan, List<Row>> tables;
    private final Set<SourceRecord> late = new HashSet<>();
    private final Set<SourceRecord> taken = new HashSet<>();
    private long sources;

    /**
     * @param tables the rows that a scan yields
     */
    Relations(ZoneId zone, long nowMicros, Function<LogicalPlan.Scan, List<Row>> tables) {
        this.zone = zone;
        this.nowMicros = nowMicros;
        this.tables = tables;
    }

    /** An expression has no value for a row. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Row.Origin origin;
        private final transient RowFailure failure;

        Failure(Row.Origin origin, RowFailure failure) {
            super(failure.getMessage(), failure, false, false);
            this.origin = origin;
            this.failure = failure;
        }

        /** The record behind the row; null if there is none. */
        Row.Origin origin() {
            return origin;
        }

        RowFailure failure() {
            return failure;
        }
    }

    /** Records that some window refused. */
    Set<SourceRecord> late() {
        return late;
    }

    /** Records that some operator or the sink took. */
    Set<SourceRecord> taken() {
        return taken;
    }

    /** The rows of a whole statement. */
    List<List<Object>> result(LogicalPlan plan) {
        BitSet all = Needs.all(plan);
        List<List<Object>> result = new ArrayList<>();
        for (Row row : complete(rows(plan, all), all, plan.output().size())) {
            result.add(row.columns().stream().map(Supplier::get).toList());
        }
        return result;
    }

    private List<Row> rows(LogicalPlan plan, BitSet needed) {
        return plan.accept(new Evaluation(needed));
    }

    private Expressions expressions(Row row) {
        return new Expressions(zone, nowMicros, row::value);
    }

    private Object value(Row row, Expr expression) {
        try {
            return expressions(row).value(expression);
        } catch (RowFailure e) {
            throw new Failure(row.origin(), e);
        }
    }

    private boolean holds(Row row, Expr condition) {
        return Boolean.TRUE.equals(value(row, condition));
    }

    /** Rows with the columns that somebody needs computed: where they are kept, or given away. */
    private List<Row> complete(List<Row> rows, BitSet needed, int width) {
        List<Row> complete = new ArrayList<>();
        for (Row row : rows) {
            Row whole = computed(row, needed, width);
            take(row);
            complete.add(whole);
        }
        return complete;
    }

    private static Row computed(Row row, BitSet needed, int width) {
        List<Supplier<Object>> columns = new ArrayList<>(Collections.nCopies(width, Relations::unneeded));
        needed.stream().forEach(column -> columns.set(column, Row.constant(row.value(column))));
        return row.with(columns);
    }

    private static Object unneeded() {
        throw new IllegalStateException("a column that nobody needs was asked for");
    }

    private void take(Row row) {
        if (row.origin() != null) {
            taken.add(row.origin().record());
        }
    }

    private final class Evaluation implements LogicalPlan.Visitor<List<Row>> {
        private final BitSet needed;

        Evaluation(BitSet needed) {
            this.needed = needed;
        }

        private List<Row> input(LogicalPlan plan, int index) {
            return rows(plan.inputs().get(index), Needs.ofInputs(plan, needed).get(index));
        }

        /** Rows of an input that are kept until all have come, and have no origin from then on. */
        private List<Row> gathered(LogicalPlan plan) {
            List<Row> complete = complete(
                    input(plan, 0),
                    Needs.ofInputs(plan, needed).get(0),
                    plan.inputs().get(0).output().size());
            return new ArrayList<>(complete.stream()
                    .map(row -> new Row(row.columns(), null, List.of(), 0))
                    .toList());
        }

        @Override
        public List<Row> scan(LogicalPlan.Scan plan) {
            long source = sources++;
            return tables.apply(plan).stream()
                    .map(row -> row.origin() == null
                                    || plan.table().kind() != Table.Kind.CONNECTOR
                                    || plan.table().comesAndGoes()
                            ? row
                            : row.at(
                                    List.of(source, (long) row.origin().record().partition(), (long)
                                            row.origin().record().offset())))
                    .toList();
        }

        @Override
        public List<Row> values(LogicalPlan.Values plan) {
            long source = sources++;
            List<Row> rows = new ArrayList<>();
            Row nothing = new Row(List.of(), null, List.of(), 0);
            for (List<Expr> cells : plan.rows()) {
                rows.add(nothing.with(cells.stream()
                                .map(cell -> lazily(nothing, cell))
                                .toList())
                        .at(List.of(source, 0L, (long) rows.size())));
            }
            return rows;
        }

        private Supplier<Object> lazily(Row row, Expr expression) {
            return Row.lazily(() -> value(row, expression));
        }

        @Override
        public List<Row> filter(LogicalPlan.Filter plan) {
            return input(plan, 0).stream()
                    .filter(row -> holds(row, plan.condition()))
                    .toList();
        }

        /** The rows that are there at the one moment that the clock has. */
        @Override
        public List<Row> clockFilter(ClockFilter plan) {
            List<Row> known = input(plan, 0).stream()
                    .filter(row -> Plans.expressions(plan).stream().allMatch(moment -> value(row, moment) != null))
                    .toList();
            BitSet asked = Needs.ofInputs(plan, needed).get(0);
            return complete(known, asked, plan.output().size()).stream()
                    .map(Row::rested)
                    .filter(row -> plan.from().stream().allMatch(moment -> moment(row, moment) <= nowMicros)
                            && plan.until().stream().allMatch(moment -> moment(row, moment) > nowMicros))
                    .toList();
        }

        private long moment(Row row, ClockFilter.Moment moment) {
            return (Long) value(row, moment.time()) + moment.shift();
        }

        @Override
        public List<Row> admission(Admission plan) {
            throw new IllegalStateException("a plan as it was written admits every row");
        }

        @Override
        public List<Row> project(LogicalPlan.Project plan) {
            return input(plan, 0).stream()
                    .map(row -> row.with(plan.expressions().stream()
                            .map(expression -> lazily(row, expression))
                            .toList()))
                    .toList();
        }

        @Override
        public List<Row> join(LogicalPlan.Join plan) {
            int width = plan.right().output().size();
            List<Row> right =
                    complete(input(plan, 1), Needs.ofInputs(plan, needed).get(1), width);
            List<Row> joined = new ArrayList<>();
            for (Row row : input(plan, 0)) {
                boolean matched = false;
                for (Row partner : right) {
                    Row pair = pair(row, partner.columns());
                    if (holds(pair, plan.condition())) {
                        if (plan.kind().hasRightColumns()) {
                            joined.add(pair);
                        }
                        matched = true;
                    }
                }
                if (!matched && plan.kind() == LogicalPlan.Join.Kind.LEFT) {
                    joined.add(pair(row, Collections.nCopies(width, Row.constant(null))));
                } else if (plan.kind() == LogicalPlan.Join.Kind.MARK) {
                    joined.add(pair(row, List.of(Row.constant(matched))));
                } else if (plan.kind() == (matched ? LogicalPlan.Join.Kind.SEMI : LogicalPlan.Join.Kind.ANTI)) {
                    joined.add(row);
                }
            }
            return joined;
        }

        private static Row pair(Row row, List<Supplier<Object>> right) {
            List<Supplier<Object>> columns = new ArrayList<>(row.columns());
            columns.addAll(right);
            return row.with(columns);
        }

        @Override
        public List<Row> streamJoin(StreamJoin plan) {
            if (plan.time() instanceof JoinTime.AsOf asOf) {
                return asOf(plan, asOf);
            }
            List<Row> left = unplaced(onTime(plan, true));
            List<Row> right = unplaced(onTime(plan, false));
            boolean[] matched = new boolean[right.size()];
            List<Row> joined = new ArrayList<>();
            for (Row row : left) {
                boolean any = false;
                for (int i = 0; i < right.size(); i++) {
                    Row pair = pair(row, right.get(i).columns());
                    if (isInTime(plan, row, right.get(i)) && holds(pair, plan.condition())) {
                        any = true;
                        matched[i] = true;
                        if (plan.kind().hasRightColumns()) {
                            joined.add(pair);
                        }
                    }
                }
                if (any && plan.kind() == JoinKind.SEMI || !any && plan.kind() == JoinKind.ANTI) {
                    joined.add(row);
                } else if (plan.kind() == JoinKind.MARK) {
                    joined.add(pair(row, List.of(Row.constant(any))));
                } else if (!any && (plan.kind() == JoinKind.LEFT || plan.kind() == JoinKind.FULL)) {
                    joined.add(pair(row, nulls(plan.right())));
                }
            }
            for (int i = 0; i < matched.length && plan.kind() == JoinKind.FULL; i++) {
                if (!matched[i]) {
                    joined.add(pair(
                            new Row(nulls(plan.left()), null, List.of(), 0),
                            right.get(i).columns()));
                }
            }
            return joined;
        }

        /** Each row of the left side with the one of its partners behind which, in the order of time, there is none. */
        private List<Row> asOf(StreamJoin plan, JoinTime.AsOf asOf) {
            List<LogicalPlan.SortKey> byTime =
                    List.of(new LogicalPlan.SortKey(asOf.right().column(), false, false));
            BitSet asked = Needs.ofInputs(plan, needed).get(1);
            List<Row> right = new ArrayList<>(onTime(plan, false));
            right.sort((one, other) -> order(byTime, asked, one, other));
            List<Row> joined = new ArrayList<>();
            for (Row row : unplaced(onTime(plan, true))) {
                Optional<Row> last = Optional.empty();
                Long lastTime = null;
                Long time = time(row, asOf.left());
                for (Row partner : right) {
                    Long of = time(partner, asOf.right());
                    if (time == null
                            || of == null
                            || distance(time, of).compareTo(BigInteger.valueOf(asOf.from())) < 0) {
                        continue;
                    }
                    Row pair = pair(row, partner.columns());
                    boolean isTied = of.equals(lastTime);
                    if (holds(pair, plan.condition()) && !(asOf.first() && isTied)) {
                        lastTime = of;
                        boolean gone = asOf.gone() >= 0 && Boolean.TRUE.equals(partner.value(asOf.gone()));
                        boolean stands = !gone
                                && (asOf.to() == Long.MAX_VALUE
                                        || distance(time, of).compareTo(BigInteger.valueOf(asOf.to())) <= 0);
                        last = stands ? Optional.of(pair) : Optional.empty();
                    }
                }
                if (last.isPresent() || plan.kind() == JoinKind.LEFT) {
                    joined.add(last.orElseGet(() -> pair(row, nulls(plan.right()))));
                }
            }
            return joined;
        }

        private static BigInteger distance(long later, long earlier) {
            return BigInteger.valueOf(later).subtract(BigInteger.valueOf(earlier));
        }

        /** Rows that follow each other by their columns from here on. */
        private static List<Row> unplaced(List<Row> rows) {
            return rows.stream()
                    .map(row -> new Row(row.columns(), null, List.of(), 0))
                    .toList();
        }

        private static List<Supplier<Object>> nulls(LogicalPlan plan) {
            return Collections.nCopies(plan.output().size(), Row.constant(null));
        }

        private static boolean isInTime(StreamJoin plan, Row left, Row right) {
            if (!(plan.time() instanceof JoinTime.Interval interval)) {
                return true;
            }
            Long a = time(left, interval.left());
            Long b = time(right, interval.right());
            return a != null
                    && b != null
                    && distance(a, b).compareTo(BigInteger.valueOf(interval.from())) >= 0
                    && distance(a, b).compareTo(BigInteger.valueOf(interval.to())) <= 0;
        }

        private static Long time(Row row, JoinTime.TimeColumn time) {
            Long value = (Long) row.value(time.column());
            return value == null ? null : value + time.shift();
        }

        /** The rows of a side that are not late for the join; they rest there. */
        private List<Row> onTime(StreamJoin plan, boolean isLeft) {
            LogicalPlan side = isLeft ? plan.left() : plan.right();
            BitSet asked = Needs.ofInputs(plan, needed).get(isLeft ? 0 : 1);
            List<Row> rows = new ArrayList<>();
            for (Row row : input(plan, isLeft ? 0 : 1)) {
                List<Supplier<Object>> columns =
                        new ArrayList<>(Collections.nCopies(side.output().size(), Relations::unneeded));
                asked.stream().forEach(column -> columns.set(column, Row.constant(row.value(column))));
                if (isLate(plan, row, isLeft)) {
                    late.add(row.origin().record());
                } else {
                    take(row);
                    rows.add(new Row(columns, null, row.place(), 0));
                }
            }
            return rows;
        }

        private static boolean isLate(StreamJoin plan, Row row, boolean isLeft) {
            if (row.origin() == null) {
                return false;
            }
            if (plan.time() instanceof JoinTime.Interval interval) {
                Long time = time(row, isLeft ? interval.left() : interval.right());
                return time != null && time < row.origin().watermark();
            }
            if (plan.time() instanceof JoinTime.AsOf asOf) {
                OptionalInt time = isLeft
                        ? plan.left().traits().eventTime()
                        : asOf.timed() ? OptionalInt.of(asOf.right().column()) : OptionalInt.empty();
                Long value = time.isPresent() ? (Long) row.value(time.getAsInt()) : null;
                return value != null && value < row.origin().watermark();
            }
            return plan.time() instanceof JoinTime.SameWindow && isLate(row);
        }

        @Override
        public List<Row> sessions(Sessions plan) {
            TimestampType type =
                    (TimestampType) plan.output().get(plan.timeColumn()).type();
            BitSet asked = Needs.ofInputs(plan, needed).get(0);
            boolean judges = canBeLate(plan.input(), plan.timeColumn(), plan.byClock());
            int width = plan.input().output().size();
            Map<List<Object>, List<Row>> byKey = new LinkedHashMap<>();
            for (Row row : input(plan, 0)) {
                Long time = (Long) row.value(plan.timeColumn());
                if (time == null) {
                    continue;
                }
                List<Supplier<Object>> columns = new ArrayList<>(Collections.nCopies(width, Relations::unneeded));
                asked.stream().forEach(column -> columns.set(column, Row.constant(row.value(column))));
                if (row.origin() != null && judges && time < row.origin().watermark()) {
                    late.add(row.origin().record());
                    continue;
                }
                take(row);
                List<Object> key = new ArrayList<>();
                plan.keys().forEach(column -> key.add(Values.key(row.value(column))));
                byKey.computeIfAbsent(key, each -> new ArrayList<>()).add(new Row(columns, null, row.place(), 0));
            }
            List<Row> rows = new ArrayList<>();
            for (List<Row> ofKey : byKey.values()) {
                ofKey.sort(Comparator.comparing(row -> (Long) row.value(plan.timeColumn())));
                List<Row> session = new ArrayList<>();
                for (Row row : ofKey) {
                    long time = (Long) row.value(plan.timeColumn());
                    if (!session.isEmpty() && time >= lastTime(plan, session) + plan.gap()) {
                        rows.addAll(closed(plan, session, type.unit()));
                        session.clear();
                    }
                    session.add(row);
                }
                rows.addAll(closed(plan, session, type.unit()));
            }
            return rows;
        }

        private static long lastTime(Sessions plan, List<Row> session) {
            return (Long) session.get(session.size() - 1).value(plan.timeColumn());
        }

        private static List<Row> closed(Sessions plan, List<Row> session, long unit) {
            long start = (Long) session.get(0).value(plan.timeColumn());
            long end = lastTime(plan, session) + plan.gap();
            List<Row> rows = new ArrayList<>();
            for (Row row : session) {
                List<Supplier<Object>> columns = new ArrayList<>(row.columns());
                for (long bound : new long[] {start, end, end - unit}) {
                    columns.add(Row.constant(bound));
                }
                rows.add(row.with(columns));
            }
            return rows;
        }

        @Override
        public List<Row> window(LogicalPlan.Window plan) {
            TimestampType type =
                    (TimestampType) plan.output().get(plan.timeColumn()).type();
            boolean judges = canBeLate(plan.input(), plan.timeColumn(), plan.byClock());
            List<Row> rows = new ArrayList<>();
            for (Row row : input(plan, 0)) {
                Long time = (Long) row.value(plan.timeColumn());
                if (time == null) {
                    continue;
                }
                for (long[] bounds : Windows.of(plan.kind(), time)) {
                    List<Supplier<Object>> columns = new ArrayList<>(row.columns());
                    for (long bound : new long[] {bounds[0], bounds[1], bounds[1] - type.unit()}) {
                        columns.add(Row.constant(bound));
                    }
                    long end = judges ? bounds[1] : Windowing.END;
                    rows.add(new Row(columns, row.origin(), row.place(), end));
                }
            }
            return rows;
        }

        @Override
        public List<Row> aggregate(LogicalPlan.Aggregate plan) {
            Map<List<Object>, List<List<Object>>> groups = new LinkedHashMap<>();
            boolean placed = !Taken.isPaired(plan.input());
            if (plan.keys().isEmpty()) {
                groups.put(List.of(), new ArrayList<>());
            }
            for (Row row : input(plan, 0)) {
                List<Object> key = new ArrayList<>();
                plan.keys().forEach(column -> key.add(Values.key(row.value(column))));
                List<Object> values = new ArrayList<>();
                for (int i = 0; i < plan.calls().size(); i++) {
                    boolean asked = needed.get(plan.keys().size() + i);
                    values.add(asked ? argument(plan.calls().get(i), row, placed) : null);
                }
                if (plan.windowed() && isLate(row)) {
                    late.add(row.origin().record());
                } else {
                    take(row);
                    groups.computeIfAbsent(key, each -> new ArrayList<>()).add(values);
                }
            }
            List<Row> rows = new ArrayList<>();
            groups.forEach((key, members) -> rows.add(group(plan, key, members)));
            return rows;
        }

        /** No row is late by the clock, or by a time that no watermark speaks of. */
        private static boolean canBeLate(LogicalPlan rows, int timeColumn, boolean byClock) {
            return !byClock && rows.traits().eventTime().stream().anyMatch(column -> column == timeColumn);
        }

        private static boolean isLate(Row row) {
            return row.origin() != null && row.origin().watermark() >= row.windowEnd();
        }

        /** What an aggregate takes from a row; null if nothing. */
        private Object argument(AggregateCall call, Row row, boolean placed) {
            if (call.filter().isPresent() && !holds(row, call.filter().get())) {
                return null;
            }
            if (call.argument().isEmpty()) {
                return Boolean.TRUE;
            }
            Object value = value(row, call.argument().get());
            return value instanceof Taken taken && placed ? taken.at(row.place()) : value;
        }

        private Row group(LogicalPlan.Aggregate plan, List<Object> key, List<List<Object>> members) {
            List<Supplier<Object>> columns = new ArrayList<>();
            key.forEach(value -> columns.add(Row.constant(value)));
            for (int i = 0; i < plan.calls().size(); i++) {
                if (!needed.get(plan.keys().size() + i)) {
                    columns.add(Relations::unneeded);
                    continue;
                }
                AggregateCall call = plan.calls().get(i);
                int index = i;
                List<Object> values = new ArrayList<>();
                members.forEach(member -> values.add(member.get(index)));
                try {
                    columns.add(Row.constant(Aggregation.result(call.function(), values, call.distinct())));
                } catch (NoValue e) {
                    // A result stands for all rows of the group, and fails where the groups are made.
                    throw new Failure(null, new RowFailure(plan.at(), e.getMessage()));
                }
            }
            return new Row(columns, null, List.of(), 0);
        }

        @Override
        public List<Row> union(LogicalPlan.Union plan) {
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < plan.inputs().size(); i++) {
                rows.addAll(input(plan, i));
            }
            return rows;
        }

        @Override
        public List<Row> repeat(Repeat plan) {
            List<Row> rows = new ArrayList<>();
            for (Row row : input(plan, 0)) {
                long times = (Long) value(row, plan.times());
                for (long i = 0; i < times; i++) {
                    rows.add(row);
                }
            }
            return rows;
        }

        @Override
        public List<Row> unnest(Unnest plan) {
            List<Row> rows = new ArrayList<>();
            for (Row row : input(plan, 0)) {
                List<List<?>> arrays = new ArrayList<>();
                plan.arrays().forEach(array -> arrays.add((List<?>) value(row, array)));
                int length = arrays.stream()
                        .mapToInt(array -> array == null ? 0 : array.size())
                        .max()
                        .orElseThrow();
                for (int i = 0; i < Math.max(length, plan.padded() ? 1 : 0); i++) {
                    List<Supplier<Object>> columns = new ArrayList<>(row.columns());
                    for (List<?> array : arrays) {
                        columns.add(Row.constant(array == null || i >= array.size() ? null : array.get(i)));
                    }
                    columns.add(Row.constant(length == 0 ? null : i + 1L));
                    List<Long> place = new ArrayList<>(row.place());
                    place.add(i + 1L);
                    rows.add(new Row(columns, row.origin(), place, row.windowEnd()));
                }
            }
            return rows;
        }

        @Override
        public List<Row> sort(LogicalPlan.Sort plan) {
            List<Row> rows = gathered(plan);
            rows.sort((left, right) -> Partitions.compare(plan.keys(), left, right));
            return rows;
        }

        @Override
        public List<Row> limit(LogicalPlan.Limit plan) {
            List<Row> rows = gathered(plan);
            int from = (int) Math.min(rows.size(), plan.offset());
            long left = rows.size() - from;
            return rows.subList(from, from + (int) (plan.count() < 0 ? left : Math.min(left, plan.count())));
        }

        @Override
        public List<Row> over(Over plan) {
            int width = plan.input().output().size();
            List<Row> rows = new ArrayList<>();
            for (List<Row> partition : partitions(plan, plan.partition(), plan.order(), plan.windowed())) {
                Partitions calls =
                        new Partitions(partition, plan.order(), plan.input().output(), Relations.this::value);
                for (int i = 0; i < partition.size(); i++) {
                    List<Supplier<Object>> columns =
                            new ArrayList<>(partition.get(i).columns());
                    for (int call = 0; call < plan.calls().size(); call++) {
                        columns.add(
                                needed.get(width + call)
                                        ? Row.constant(calls.value(plan.calls().get(call), i))
                                        : Relations::unneeded);
                    }
                    rows.add(partition.get(i).with(columns));
                }
            }
            return rows;
        }

        @Override
        public List<Row> topN(TopN plan) {
            List<Row> rows = new ArrayList<>();
            for (List<Row> partition : partitions(plan, plan.partition(), plan.order(), plan.windowed())) {
                Partitions places =
                        new Partitions(partition, plan.order(), plan.input().output(), Relations.this::value);
                for (int i = 0; i < partition.size(); i++) {
                    Object place = places.place(plan.function(), i);
                    if ((Long) place <= plan.limit()) {
                        List<Supplier<Object>> columns =
                                new ArrayList<>(partition.get(i).columns());
                        plan.rank().ifPresent(name -> columns.add(Row.constant(place)));
                        rows.add(partition.get(i).with(columns));
                    }
                }
            }
            return rows;
        }

        /** The rows of each partition, in order, those that are late for their window left out. */
        private Collection<List<Row>> partitions(
                LogicalPlan plan, List<Integer> keys, List<LogicalPlan.SortKey> order, boolean windowed) {
            BitSet asked = Needs.ofInputs(plan, needed).get(0);
            int width = plan.inputs().get(0).output().size();
            Map<List<Object>, List<Row>> partitions = new LinkedHashMap<>();
            for (Row row : input(plan, 0)) {
                Row complete = computed(row, asked, width);
                if (windowed && isLate(row)) {
                    late.add(row.origin().record());
                    continue;
                }
                take(row);
                List<Object> key = new ArrayList<>();
                keys.forEach(column -> key.add(Values.key(complete.value(column))));
                partitions.computeIfAbsent(key, each -> new ArrayList<>()).add(complete.rested());
            }
            partitions.values().forEach(rows -> rows.sort((left, right) -> order(order, asked, left, right)));
            return partitions.values();
        }

        /** Rows that are equal in the order follow each other by their places, and then by their columns, left to right. */
        private static int order(List<LogicalPlan.SortKey> keys, BitSet columns, Row left, Row right) {
            int order = Partitions.compare(keys, left, right);
            for (int i = 0;
                    order == 0
                            && i < Math.min(left.place().size(), right.place().size());
                    i++) {
                order = Long.compare(left.place().get(i), right.place().get(i));
            }
            List<LogicalPlan.SortKey> all = columns.stream()
                    .mapToObj(column -> new LogicalPlan.SortKey(column, false, false))
                    .toList();
            return order == 0 ? Partitions.compare(all, left, right) : order;
        }
    }
}
