package io.leat.compiler.codegen;

import io.leat.compiler.codegen.Code.Declare;
import io.leat.compiler.codegen.PipelineParts.Next;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.WindowKind;
import io.leat.compiler.physical.Step.WindowExpansion;
import io.leat.runtime.job.Constant;
import io.leat.runtime.type.Type;
import io.leat.runtime.window.Windowing;
import java.util.List;

/** Writes the assignment of a row to its windows: once for tumbling ones, in a loop over the ends of overlapping ones. */
final class WindowEmitter {
    private static final long TICKS = 1_000_000;

    private final PipelineParts parts;
    private final WindowExpansion plan;
    private final ExpressionEmitter expressions;

    WindowEmitter(PipelineParts parts, WindowExpansion plan) {
        this.parts = parts;
        this.plan = plan;
        this.expressions = parts.expressions();
    }

    void emit(Columns columns, Scope scope, Next next) {
        Fragment time = columns.column(plan.timeColumn(), scope);
        if (time.alwaysNull()) {
            return;
        }
        Scope timed = time.neverNull() ? scope : scope.inside(scope.block().when("!" + time.isNull()));
        if (plan.kind() instanceof WindowKind.Calendar calendar) {
            emitCalendar(calendar, columns, time, timed, next);
            return;
        }
        Windowing windowing = ((WindowKind.Even) plan.kind()).windowing();
        emitBounds(
                windowing,
                time.value(),
                timed,
                (start, end, inner) -> next.emit(new WindowedColumns(columns, time.type(), start, end), inner));
    }

    /** Windows of local time, with the instants at which the clocks show their bounds. */
    private void emitCalendar(WindowKind.Calendar calendar, Columns columns, Fragment time, Scope timed, Next next) {
        String zone = parts.frame()
                .constant("Zone", new Constant.TimeZone(calendar.zone().getId()));
        String ticks = JavaTypes.literal(TICKS);
        String local =
                expressions.declare("long", "local", zone + ".latestShown(" + time.value() + ", " + ticks + ")", timed);
        boolean tumbling = calendar.isTumbling();
        String lastStart = tumbling ? "" : expressions.variable("long", "lastStart", "Windowing.NEVER", timed);
        String lastEnd = tumbling ? "" : expressions.variable("long", "lastEnd", "Windowing.NEVER", timed);
        emitBounds(calendar.wall(), local, timed, (localStart, localEnd, inner) -> {
            String start = expressions.declare(
                    "long", "start", zone + ".firstShown(" + localStart + ", " + ticks + ")", inner);
            String end =
                    expressions.declare("long", "end", zone + ".firstShown(" + localEnd + ", " + ticks + ")", inner);
            Scope window = inner;
            if (!tumbling) {
                // Where the clocks skip time, several windows of local time have the same bounds: they are one.
                window = inner.inside(inner.block().when(start + " != " + lastStart + " || " + end + " != " + lastEnd));
                window.block().line(lastStart + " = " + start + ";");
                window.block().line(lastEnd + " = " + end + ";");
            }
            next.emit(new WindowedColumns(columns, time.type(), start, end), window);
        });
    }

    /** Continues with the bounds of a window. */
    private interface Bounds {
        void emit(String start, String end, Scope scope);
    }

    /** Finds each window that holds a time, the first to end first. */
    private void emitBounds(Windowing windowing, String time, Scope timed, Bounds bounds) {
        String slice = expressions.declare(
                "long",
                "slice",
                "Windowing.sliceStart(" + time + ", " + JavaTypes.literal(windowing.sliceWidth()) + ", "
                        + JavaTypes.literal(windowing.offset()) + ")",
                timed);
        String size = JavaTypes.literal(windowing.size());
        if (windowing.isTumbling()) {
            String end = expressions.declare("long", "end", slice + " + " + size, timed);
            bounds.emit(slice, end, timed);
            return;
        }
        String last = expressions.declare("long", "last", lastEnd(windowing, slice), timed);
        String common =
                windowing.isCumulating() ? expressions.declare("long", "start", last + " - " + size, timed) : null;
        String end = "end" + parts.frame().names().number();
        Scope inner = timed.inside(timed.block()
                .loop(
                        new Declare("long", end, firstEnd(windowing, slice)),
                        end + " <= " + last,
                        end + " += " + JavaTypes.literal(windowing.slide())));
        String start = common != null ? common : expressions.declare("long", "start", end + " - " + size, inner);
        bounds.emit(start, end, inner);
    }

    static String firstEnd(Windowing windowing, String slice) {
        if (windowing.isCumulating()) {
            return slice + " + " + JavaTypes.literal(windowing.slide());
        }
        return "Windowing.firstEnd(" + slice + ", " + JavaTypes.literal(windowing.sliceWidth()) + ", "
                + JavaTypes.literal(windowing.size()) + ", " + JavaTypes.literal(windowing.slide()) + ", "
                + JavaTypes.literal(windowing.offset()) + ")";
    }

    static String lastEnd(Windowing windowing, String slice) {
        return "Windowing.lastEnd(" + slice + ", " + JavaTypes.literal(windowing.size()) + ", "
                + JavaTypes.literal(windowing.startsEvery()) + ", " + JavaTypes.literal(windowing.offset()) + ")";
    }

    /** The columns of the row, then start, end and time of its window. */
    private final class WindowedColumns implements Columns {
        private final Columns below;
        private final Type type;
        private final String start;
        private final String end;

        WindowedColumns(Columns below, Type type, String start, String end) {
            this.below = below;
            this.type = type;
            this.start = start;
            this.end = end;
        }

        @Override
        public Fragment column(int index, Scope scope) {
            int own = index - plan.inputColumns();
            if (own < 0) {
                return below.column(index, scope);
            }
            String value = own == 0 ? start : end;
            if (own < 2) {
                return Fragment.of(type, value, Fragment.NEVER);
            }
            Object key = List.of(this, index);
            Fragment time = scope.find(key);
            if (time == null) {
                String before =
                        expressions.declare("long", "time", end + " - " + JavaTypes.literal(plan.unit()), scope);
                time = Fragment.of(type, before, Fragment.NEVER);
                scope.remember(key, time);
            }
            return time;
        }

        @Override
        public Home home(Expr expression) {
            return home(expression, below, plan.inputColumns());
        }

        @Override
        public Fragment field(int index, List<Integer> path, Scope scope) {
            return below.field(index, path, scope);
        }
    }
}
