package io.leat.compiler.bind;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.ProcessingTime;
import io.leat.compiler.logical.Traits.Changelog;
import io.leat.compiler.logical.WindowKind;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.runtime.connector.SourceTraits.End;
import io.leat.runtime.type.Type.TimestampType;
import io.leat.runtime.window.Windowing;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Which windows make sense: over the event time, and of lengths that its precision can express. */
final class WindowChecks {
    private static final long MAX_WINDOWS_PER_ROW = 100_000;

    private final Problems problems;

    WindowChecks(Problems problems) {
        this.problems = problems;
    }

    /** A window goes by the event time where there is one, otherwise, over rows that end, by any timestamp. */
    void time(LogicalPlan plan, Expr.Column time) {
        if (plan.traits().end() == End.UNBOUNDED && Plans.comesAndGoes(plan)) {
            refuseKeyed(ChangeChecks.changelog(plan).table(), time);
        }
        if (plan.traits().end() == End.UNBOUNDED && ProcessingTime.wasIn(plan, time.index())) {
            throw problems.abandon(
                    ErrorCode.NO_TIME_COLUMN,
                    time.at(),
                    "'" + time.name() + "' says when rows came that have been kept since, and the clock has gone on",
                    "ask for the time again where the window stands: SELECT *, PROCTIME() AS " + time.name()
                            + " FROM …");
        }
        Optional<LogicalPlan.Scan> unmarked = streamWithoutWatermark(plan);
        if (unmarked.isPresent()) {
            throw problems.abandon(
                    ErrorCode.NO_WATERMARK,
                    time.at(),
                    "a window over the stream '" + unmarked.get().table().name() + "', which has no watermark",
                    "declare WATERMARK FOR " + time.name() + " AS " + time.name()
                            + " - INTERVAL '5' SECOND in its CREATE TABLE");
        }
        if (!(time.type() instanceof TimestampType timestamp) || timestamp.nanos()) {
            throw problems.abandon(
                    ErrorCode.NO_TIME_COLUMN,
                    time.at(),
                    "a window goes by a TIMESTAMP or TIMESTAMP_LTZ of at most microseconds, and '" + time.name()
                            + "' is " + time.type().sql(),
                    "add a computed column, such as ts AS TO_TIMESTAMP_LTZ(" + time.name() + ", 3), and its WATERMARK");
        }
        OptionalInt eventTime = plan.traits().eventTime();
        boolean isEventTime = eventTime.isPresent() && eventTime.getAsInt() == time.index();
        boolean mayBeAny = eventTime.isEmpty() && plan.traits().end() != End.UNBOUNDED;
        if (!isEventTime && !mayBeAny) {
            String help = eventTime.isPresent()
                    ? "the event time is '"
                            + plan.output().get(eventTime.getAsInt()).name() + "'"
                    : "keep the event-time column as it is up to the window";
            throw problems.abandon(
                    ErrorCode.NO_TIME_COLUMN, time.at(), "'" + time.name() + "' is not the event time", help);
        }
    }

    /** A row that is replaced may be of any age: its window may have closed, or not, when it goes. */
    private void refuseKeyed(Table table, Expr.Column time) {
        if (table.changelog().filter(Table.Changelog::keyed).isPresent()) {
            throw problems.abandon(
                    ErrorCode.NO_TIME_COLUMN,
                    time.at(),
                    "rows of '" + table.name()
                            + "' replace each other by key, whatever their age, so they have no event time",
                    "declare the table once more without PRIMARY KEY, where each record is a row of its time, or group without"
                            + " a window");
        }
    }

    /** A session must be known to end; a row that goes may be the one that held it together. */
    void sessions(LogicalPlan plan, Origin at) {
        if (Plans.comesAndGoes(plan)) {
            throw problems.abandon(
                    ErrorCode.NOT_SUPPORTED,
                    at,
                    "sessions are not formed of rows that come and go, as those of '"
                            + ChangeChecks.changelog(plan).table().name() + "' do",
                    "use TUMBLE, HOP or CUMULATE");
        }
    }

    /** A window by the clock takes rows that only come: a row that is taken back was there at another time. */
    void clock(LogicalPlan plan, Expr.Column time) {
        if (plan.traits().changelog() == Changelog.RETRACT) {
            throw problems.abandon(
                    ErrorCode.NO_TIME_COLUMN,
                    time.at(),
                    "rows of this input are taken back, at another time than they came",
                    "put rows into windows by the clock before they are grouped or joined");
        }
    }

    private static Optional<LogicalPlan.Scan> streamWithoutWatermark(LogicalPlan plan) {
        if (plan instanceof LogicalPlan.Scan scan) {
            boolean unmarked = scan.table().kind() == Table.Kind.CONNECTOR
                    && scan.table().isStream()
                    && scan.table().watermark().isEmpty();
            return unmarked ? Optional.of(scan) : Optional.empty();
        }
        // The right side of a join is read to its end first, whatever it is.
        LogicalPlan first = plan.inputs().isEmpty() ? null : plan.inputs().get(0);
        if (plan instanceof LogicalPlan.Join) {
            return streamWithoutWatermark(first);
        }
        return plan.inputs().stream()
                .map(WindowChecks::streamWithoutWatermark)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * The windows as they lie in a zone, counted from 1970-01-01T00:00 there; empty, and a problem noted, if they cannot be. Where
     * they lie the same way whatever the clocks show, they are an even grid of time.
     */
    Optional<WindowKind> lengths(Windowing windowing, TimestampType time, ZoneId zone, WindowArguments arguments) {
        int before = problems.errors();
        long unit = time.unit();
        if (windowing.size() % unit != 0 || windowing.slide() % unit != 0 || windowing.offset() % unit != 0) {
            problems.add(
                    ErrorCode.BAD_WINDOW,
                    arguments.at(WindowArguments.SIZE),
                    "the bounds of these windows are finer than " + time.sql(),
                    "choose lengths that " + time.sql() + " can express, or declare the event time with more digits");
        }
        if (windowing.size() / windowing.slide() > MAX_WINDOWS_PER_ROW) {
            String distance = windowing.isCumulating() ? WindowArguments.STEP : WindowArguments.SLIDE;
            problems.add(
                    ErrorCode.BAD_WINDOW,
                    arguments.at(distance),
                    (windowing.isCumulating() ? "a row would belong to up to " : "each row would belong to ")
                            + windowing.size() / windowing.slide() + " windows",
                    "choose a longer " + distance.toLowerCase(Locale.ROOT));
        }
        if (problems.errors() > before) {
            return Optional.empty();
        }
        if (!time.local()) {
            return Optional.of(new WindowKind.Even(windowing));
        }
        Set<Long> shifts = shifts(zone.getRules(), windowing.startsEvery());
        if (shifts.size() > 1) {
            return Optional.of(new WindowKind.Calendar(windowing, zone));
        }
        long shift = shifts.iterator().next();
        return Optional.of(new WindowKind.Even(
                new Windowing(windowing.shape(), windowing.size(), windowing.slide(), windowing.offset() - shift)));
    }

    /**
     * How far local time is ahead of UTC, modulo the slide, over all offsets that the zone has had since 1970: one number if windows lie
     * the same way in all of them.
     */
    private static Set<Long> shifts(ZoneRules rules, long slide) {
        Set<Long> shifts = new TreeSet<>();
        shifts.add(shift(rules.getOffset(Instant.EPOCH), slide));
        rules.getTransitions().stream()
                .filter(transition -> transition.getInstant().isAfter(Instant.EPOCH))
                .forEach(transition -> shifts.add(shift(transition.getOffsetAfter(), slide)));
        rules.getTransitionRules().forEach(rule -> {
            shifts.add(shift(rule.getOffsetBefore(), slide));
            shifts.add(shift(rule.getOffsetAfter(), slide));
        });
        return shifts;
    }

    private static long shift(ZoneOffset offset, long slide) {
        return Math.floorMod(offset.getTotalSeconds() * 1_000_000L, slide);
    }
}
