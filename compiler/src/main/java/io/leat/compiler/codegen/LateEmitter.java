package io.leat.compiler.codegen;

import io.leat.compiler.codegen.Code.Block;
import io.leat.compiler.physical.Terminal.LateRule;

/** Writes the verdict on rows that come late, by the watermark that their own partition had before them. */
final class LateEmitter {
    private final PipelineParts parts;

    LateEmitter(PipelineParts parts) {
        this.parts = parts;
    }

    /** The block for a row that ends after its watermark; others are late. */
    Block judge(String end, Block around) {
        Code.Branch branch = around.choose(end + " <= " + watermark(around));
        parts.mark("LATE", branch.body());
        branch.body().line("refusedWindows++;");
        return branch.otherwise();
    }

    /**
     * The block for a row that the rule lets through.
     *
     * @param time the rule's time, as it was computed
     */
    Block judge(LateRule rule, Fragment time, Block around) {
        if (time.alwaysNull()) {
            return around;
        }
        String end = "end" + parts.frame().names().number();
        String sum = rule.allowance() == 0
                ? time.value()
                : "Windowing.minus(" + time.value() + ", " + JavaTypes.literal(-rule.allowance()) + ")";
        around.declare("final long", end, time.neverNull() ? sum : time.isNull() + " ? Windowing.END : " + sum);
        return judge(end, around);
    }

    /** A variable with the watermark before the row, at the pace of the pipeline. */
    String watermark(Block around) {
        String marks = "watermarksBefore";
        boolean known = parts.prologue().statements().stream()
                .anyMatch(code ->
                        code instanceof Code.Declare declare && declare.name().equals(marks));
        if (!known) {
            parts.prologue().declare("final long[]", marks, "watermarks");
        }
        String watermark = "watermark" + parts.frame().names().number();
        long patience = parts.plan().pace().patience();
        String before = patience == 0
                ? marks + "[row]"
                : "Windowing.minus(" + marks + "[row], " + JavaTypes.literal(patience) + ")";
        around.declare("final long", watermark, marks + " == null ? Windowing.NEVER : " + before);
        return watermark;
    }
}
