package io.leat.compiler.corpus;

import io.leat.grammar.parse.Parser;
import io.leat.grammar.source.SourceText;
import io.leat.grammar.tree.PipeOperator;
import io.leat.grammar.tree.Query;
import io.leat.grammar.tree.Statement;
import java.util.List;

/** The same query with its printed results told as changes: EMIT CHANGES in place of an order. */
final class ToldQuery {
    private ToldQuery() {}

    static String of(String text) {
        List<Statement> statements = Parser.parse(new SourceText("query", text)).statements();
        StringBuilder told = new StringBuilder(text);
        for (int i = statements.size() - 1; i >= 0; i--) {
            if (statements.get(i) instanceof Statement.Print print
                    && print.outlets().emit().isEmpty()) {
                told.replace(unordered(print.query()), print.query().at().end(), " EMIT CHANGES");
            }
        }
        return told.toString();
    }

    /** Where the text of a query ends without its ORDER BY, which stays where it chooses rows. */
    private static int unordered(Query query) {
        if (query instanceof Query.Ordered ordered
                && !(ordered.input() instanceof Query.Select select && select.distinct() instanceof Query.DistinctOn)
                && ordered.limit().isEmpty()
                && ordered.offset().isEmpty()) {
            return unordered(ordered.input());
        }
        if (query instanceof Query.Pipe pipe) {
            List<PipeOperator> operators = pipe.operators();
            int left = operators.size();
            while (left > 0 && operators.get(left - 1) instanceof PipeOperator.OrderBy) {
                left--;
            }
            return left == 0
                    ? pipe.input().at().end()
                    : operators.get(left - 1).at().end();
        }
        return query.at().end();
    }
}
