package io.leat.compiler.explain;

import io.leat.compiler.bind.BoundStatement;
import io.leat.compiler.bind.Explained.View;
import io.leat.compiler.codegen.GeneratedClass;
import io.leat.compiler.explain.Compilation.PlannedStatement;
import io.leat.compiler.optimize.Optimizer.Firing;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.type.Field;
import java.util.stream.Collectors;

/** What {@code leat explain} and {@code EXPLAIN} say about a compiled file. */
public final class Explanation {
    private Explanation() {}

    /** The text of one view of a file. */
    public static String text(View view, Compilation compilation) {
        return switch (view) {
            case PLAN -> plan(compilation);
            case RULES -> rules(compilation);
            case PHYSICAL -> physical(compilation);
            case CODE -> code(compilation);
            case STATE -> state(compilation);
            case CHANGELOG -> changelog(compilation);
            case DELIVERY -> delivery(compilation);
        };
    }

    /** The plan of each statement, as it is run. */
    public static String plan(Compilation compilation) {
        Lines out = new Lines();
        for (PlannedStatement statement : compilation.statements()) {
            heading(statement.pruned(), compilation.source(), out);
            LogicalText.write(statement.pruned().plan(), statement.pruned().demand(), 1, out);
        }
        return out.toString();
    }

    /** The plan of each statement as written, and after each rule that changed it. */
    public static String rules(Compilation compilation) {
        Lines out = new Lines();
        for (PlannedStatement statement : compilation.statements()) {
            heading(statement.bound(), compilation.source(), out);
            out.add(1, "as written");
            LogicalText.write(statement.bound().plan(), statement.bound().demand(), 2, out);
            for (Firing firing : statement.firings()) {
                out.add(1, "after " + firing.rule());
                LogicalText.write(firing.after(), statement.bound().demand(), 2, out);
            }
            out.add(1, "after PruneColumns");
            LogicalText.write(statement.pruned().plan(), statement.pruned().demand(), 2, out);
        }
        return out.toString();
    }

    /** Phases and pipelines of the job. */
    public static String physical(Compilation compilation) {
        Lines out = new Lines();
        new PhysicalText(compilation.physical(), out).write();
        return out.toString();
    }

    /** What the job keeps, and what frees it. */
    public static String state(Compilation compilation) {
        Lines out = new Lines();
        new StateText(compilation.physical(), compilation.source(), out).write();
        return out.toString();
    }

    /** The plan of each statement, with what the rows that leave each node are. */
    public static String changelog(Compilation compilation) {
        Lines out = new Lines();
        for (PlannedStatement statement : compilation.statements()) {
            BoundStatement pruned = statement.pruned();
            heading(pruned, compilation.source(), out);
            ChangelogText.write(pruned.plan(), pruned.demand(), 1, out);
        }
        return out.toString();
    }

    /** How often the rows of each statement come. */
    public static String delivery(Compilation compilation) {
        Lines out = new Lines();
        for (PlannedStatement statement : compilation.statements()) {
            heading(statement.pruned(), compilation.source(), out);
            DeliveryText.write(statement.pruned().sink(), out);
        }
        return out.toString();
    }

    /** The generated source of the job. */
    public static String code(Compilation compilation) {
        return compilation.generated().stream().map(GeneratedClass::source).collect(Collectors.joining("\n"));
    }

    private static void heading(BoundStatement statement, SourceText source, Lines out) {
        int start = statement.at().start();
        String columns = statement.sink().schema().fields().stream()
                .map(Field::name)
                .collect(Collectors.joining(", ", "[", "]"));
        String every = ", what has changed every "
                + Durations.text(statement.sink().pauses().everyMicros());
        boolean pauses = statement.sink().pauses().any();
        String changes = switch (statement.sink().telling()) {
            case ROWS, ARRIVALS -> "";
            case CHANGES -> pauses ? every : ", every change";
            case NET_CHANGES -> pauses ? every : ", changes of each epoch";
        };
        out.add(0, source.line(start) + ":" + source.column(start) + " " + statement.title() + " " + columns + changes);
    }
}
