package io.leat.compiler.corpus;

import io.leat.compiler.bind.BindOptions;
import io.leat.compiler.bind.Binder;
import io.leat.compiler.bind.BoundScript;
import io.leat.compiler.bind.StreamEnd;
import io.leat.compiler.catalog.Table;
import io.leat.compiler.catalog.Table.TableColumn;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.grammar.parse.Parser;
import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.QueryException;
import io.leat.grammar.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks the binder what tables and queries of a case mean. */
final class CaseBinding {
    private CaseBinding() {}

    /** The statements of a text. */
    static BoundScript bind(SourceText text, Map<String, String> parameters) {
        List<Diagnostic> found = new ArrayList<>();
        BoundScript script = Binder.bind(Parser.parse(text), new BindOptions(parameters, StreamEnd.OF_SOURCE), found);
        if (found.stream().anyMatch(problem -> problem.severity() == Diagnostic.Severity.ERROR)) {
            throw new QueryException(text, found);
        }
        return script;
    }

    /** The columns that rows of a table carry. */
    static List<TableColumn> columns(CaseTable table) {
        return table(table).physicalColumns();
    }

    /** A table as it is declared, without its place. */
    static Table table(CaseTable table) {
        String text = "CREATE TABLE " + table.name() + " (" + table.columns() + "); SELECT 1 FROM " + table.name();
        return scan(bind(new SourceText("table", text), Map.of())
                .statements()
                .get(0)
                .plan());
    }

    private static Table scan(LogicalPlan plan) {
        return plan instanceof LogicalPlan.Scan scan
                ? scan.table()
                : scan(plan.inputs().get(0));
    }
}
