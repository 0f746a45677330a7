package io.leat.grammar.parse;

import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Name;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Builds names. Every rule for one is a single token, whatever the words are that it takes. */
final class NameBuilder {
    Identifier identifier(ParserRuleContext context) {
        return identifier(context.getStart());
    }

    Identifier identifier(Token token) {
        String text = token.getText();
        boolean quoted = token.getType() == QueryParser.QUOTED_IDENTIFIER;
        return new Identifier(quoted ? LiteralBuilder.unquoted(text) : text, quoted, Places.of(token));
    }

    List<Identifier> identifiers(List<? extends ParserRuleContext> contexts) {
        return contexts.stream().map(this::identifier).toList();
    }

    /** No list at all is an empty one. */
    List<Identifier> columns(QueryParser.ColumnListContext context) {
        return context == null ? List.of() : identifiers(((QueryParser.ColumnsContext) context).identifier());
    }

    Name name(QueryParser.NameContext context) {
        return new Name(identifiers(((QueryParser.DottedNameContext) context).identifier()), Places.of(context));
    }

    List<Name> names(List<QueryParser.NameContext> contexts) {
        return contexts.stream().map(this::name).toList();
    }
}
