package io.leat.grammar.parse;

import io.leat.grammar.source.Origin;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Where tokens and parts of the parse tree stand in the text. */
final class Places {
    private Places() {}

    static Origin of(Token token) {
        return new Origin(token.getStartIndex(), token.getStopIndex() + 1);
    }

    static Origin of(ParseTree part) {
        if (part instanceof TerminalNode leaf) {
            return of(leaf.getSymbol());
        }
        ParserRuleContext context = (ParserRuleContext) part;
        return of(context.getStart()).to(of(context.getStop()));
    }
}
