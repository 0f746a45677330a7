package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.grammar.source.Origin;
import io.leat.runtime.job.Pauses;
import io.leat.runtime.job.SinkSpec;
import io.leat.runtime.job.Telling;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A statement that is explained instead of run.
 *
 * @param script the statement, as if it were alone in the file
 */
public record Explained(View view, BoundScript script, Origin at) {

    /** What is shown of it. */
    public enum View {
        PLAN,
        RULES,
        PHYSICAL,
        CODE,
        STATE,
        CHANGELOG,
        DELIVERY
    }

    /** What is printed in place of its result: a column named like the view, a row per line. */
    public BoundStatement answer(List<String> lines) {
        Field column = new Field(view.name().toLowerCase(Locale.ROOT), Type.VARCHAR, false);
        List<List<Expr>> rows = lines.stream()
                .map(line -> List.<Expr>of(new Literal(line, Type.VARCHAR, at)))
                .toList();
        SinkSpec sink = new SinkSpec(
                SinkSpec.Kind.PRINT,
                "explanation",
                Optional.empty(),
                Map.of(),
                new Schema(List.of(column)),
                Telling.ROWS,
                Pauses.NONE,
                Optional.empty(),
                List.of(),
                false);
        return new BoundStatement("EXPLAIN", new LogicalPlan.Values(List.of(column), rows, at), sink, at);
    }
}
