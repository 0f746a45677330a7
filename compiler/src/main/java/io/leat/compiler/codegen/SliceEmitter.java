package io.leat.compiler.codegen;

import io.leat.compiler.codegen.Code.Block;
import io.leat.compiler.physical.Terminal.Slicing;
import io.leat.runtime.window.Windowing;

/**
 * Writes the choice of the slice that a row belongs to, and the verdict on rows that come late. What follows goes into {@code
 * emit}, with the slice and the end of the first window that the row is on time for.
 */
final class SliceEmitter {
    /** {@code firstEnd} of a row that is on time for all its windows. */
    static final String ALL = "Windowing.NEVER";

    private final PipelineParts parts;
    private final Block block;
    private final LateEmitter judging;

    /** Continues with a row that some window takes. */
    interface Taken {
        /**
         * @param firstEnd {@link #ALL}, or a variable
         */
        void emit(String slice, String firstEnd, Scope scope);
    }

    SliceEmitter(PipelineParts parts, Block block) {
        this.parts = parts;
        this.block = block;
        this.judging = new LateEmitter(parts);
    }

    void emit(Slicing slicing, Columns columns, Scope scope, Taken taken) {
        if (slicing instanceof Slicing.None) {
            taken.emit("0L", ALL, admitted(scope, block));
        } else if (slicing instanceof Slicing.ByTime byTime) {
            emitByTime(byTime, columns, scope, taken);
        } else if (slicing instanceof Slicing.ByEnd byEnd) {
            emitByEnd(byEnd, columns, scope, taken);
        } else if (slicing instanceof Slicing.Decided decided) {
            Fragment slice = parts.expressions().emit(decided.slice(), columns, scope);
            Fragment firstEnd = parts.expressions().emit(decided.firstEnd(), columns, scope);
            taken.emit(slice.value(), firstEnd.value(), admitted(scope, block));
        }
    }

    private void emitByTime(Slicing.ByTime plan, Columns columns, Scope scope, Taken taken) {
        Fragment time = parts.expressions().emit(plan.time(), columns, scope);
        if (time.alwaysNull()) {
            return;
        }
        Block timed = time.neverNull() ? block : block.when("!" + time.isNull());
        Windowing windowing = plan.windowing();
        String slice = name("slice");
        timed.declare(
                "final long",
                slice,
                "Windowing.sliceStart(" + time.value() + ", " + JavaTypes.literal(windowing.sliceWidth()) + ", "
                        + JavaTypes.literal(windowing.offset()) + ")");
        if (windowing.isTumbling()) {
            Block open =
                    plan.judged() ? judging.judge(slice + " + " + JavaTypes.literal(windowing.size()), timed) : timed;
            taken.emit(slice, ALL, admitted(scope, open));
            return;
        }
        emitOverlapping(windowing, plan.judged(), slice, timed, scope, taken);
    }

    /** A row may be late for its first windows and on time for the rest. */
    private void emitOverlapping(
            Windowing windowing, boolean judged, String slice, Block timed, Scope scope, Taken taken) {
        String first = name("first");
        timed.declare("final long", first, WindowEmitter.firstEnd(windowing, slice));
        Block inWindow = timed;
        String last = name("last");
        timed.declare("final long", last, WindowEmitter.lastEnd(windowing, slice));
        if (windowing.slide() > windowing.size()) {
            inWindow = timed.when(first + " <= " + last);
        }
        if (!judged) {
            taken.emit(slice, ALL, admitted(scope, inWindow));
            return;
        }
        String watermark = judging.watermark(inWindow);
        String open = name("open");
        String slide = JavaTypes.literal(windowing.slide());
        inWindow.declare("long", open, ALL);
        Block late = inWindow.when(first + " <= " + watermark);
        late.line(open + " = Windowing.firstOpenEnd(" + first + ", " + slide + ", " + watermark + ");");
        parts.mark("LATE", late);
        late.line("refusedWindows += (Math.min(" + open + ", " + last + " + " + slide + ") - " + first + ") / " + slide
                + ";");
        taken.emit(slice, open, admitted(scope, inWindow.when(open + " <= " + last)));
    }

    private void emitByEnd(Slicing.ByEnd plan, Columns columns, Scope scope, Taken taken) {
        String end = parts.expressions().emit(plan.bound(), columns, scope).value();
        if (plan.toEnd() != 0) {
            String bound = end;
            end = name("slice");
            block.declare("final long", end, bound + " + " + JavaTypes.literal(plan.toEnd()));
        }
        Block open = plan.judged() ? judging.judge(end, block) : block;
        taken.emit(end, ALL, admitted(scope, open));
    }

    /** The scope of a row that is on time and passes the door. */
    private Scope admitted(Scope scope, Block onTime) {
        return parts.door().admit(scope.inside(onTime));
    }

    private String name(String prefix) {
        return prefix + parts.frame().names().number();
    }
}
