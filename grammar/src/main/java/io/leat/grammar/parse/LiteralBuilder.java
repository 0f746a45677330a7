package io.leat.grammar.parse;

import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Expression.BinaryLiteral;
import io.leat.grammar.tree.Expression.BooleanLiteral;
import io.leat.grammar.tree.Expression.IntervalLiteral;
import io.leat.grammar.tree.Expression.NullLiteral;
import io.leat.grammar.tree.Expression.NumberLiteral;
import io.leat.grammar.tree.Expression.Parameter;
import io.leat.grammar.tree.Expression.StringLiteral;
import io.leat.grammar.tree.Expression.TimeUnit;
import io.leat.grammar.tree.Expression.TypedLiteral;
import io.leat.grammar.tree.TypeName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Builds what stands for itself: numbers, texts, times, intervals and parameters. */
final class LiteralBuilder extends FamilyBuilder<Expression> {
    private final NameBuilder names;

    LiteralBuilder(NameBuilder names) {
        this.names = names;
    }

    /** What stands between a pair of quotes, each doubled quote once. */
    static String unquoted(String text) {
        String quote = text.substring(0, 1);
        return text.substring(1, text.length() - 1).replace(quote + quote, quote);
    }

    /** The unit that a word names, in any of its spellings. */
    static Optional<TimeUnit> unit(String text) {
        String word = text.toUpperCase(Locale.ROOT);
        String singular = switch (word) {
            case "MILLENNIA" -> "MILLENNIUM";
            case "CENTURIES" -> "CENTURY";
            default -> word;
        };
        return Arrays.stream(TimeUnit.values())
                .filter(unit -> singular.equals(unit.name()) || singular.equals(unit.name() + "S"))
                .findFirst();
    }

    static TimeUnit unit(Token token) {
        return unit(token.getText()).orElseThrow();
    }

    String text(TerminalNode string) {
        return unquoted(string.getText());
    }

    @Override
    public Expression visitNullLiteral(QueryParser.NullLiteralContext context) {
        return new NullLiteral(Places.of(context));
    }

    @Override
    public Expression visitBooleanLiteral(QueryParser.BooleanLiteralContext context) {
        return new BooleanLiteral(context.TRUE() != null, Places.of(context));
    }

    @Override
    public Expression visitNumberLiteral(QueryParser.NumberLiteralContext context) {
        return new NumberLiteral(context.getText(), Places.of(context));
    }

    @Override
    public Expression visitParameter(QueryParser.ParameterContext context) {
        return new Parameter(names.identifier(context.identifier()).text(), Places.of(context));
    }

    @Override
    public Expression visitBinaryLiteral(QueryParser.BinaryLiteralContext context) {
        String digits = unquoted(context.getText().substring(1));
        boolean isHex = digits.chars().allMatch(digit -> digit < 0x80 && Character.digit(digit, 16) >= 0);
        if (!isHex || digits.length() % 2 != 0) {
            throw new SyntaxException(
                    ErrorCode.MALFORMED_TOKEN,
                    "a binary text has two hexadecimal digits for each byte",
                    Places.of(context),
                    "such as X'0AFF'");
        }
        return new BinaryLiteral(digits, Places.of(context));
    }

    @Override
    public Expression visitStringLiteral(QueryParser.StringLiteralContext context) {
        return new StringLiteral(text(context.STRING()), Places.of(context));
    }

    @Override
    public Expression visitTypedLiteral(QueryParser.TypedLiteralContext context) {
        QueryParser.TimeTypeContext written = context.timeType();
        String name;
        if (written instanceof QueryParser.DateLiteralContext) {
            name = "DATE";
        } else if (written instanceof QueryParser.TimeLiteralContext) {
            name = "TIME";
        } else if (written instanceof QueryParser.TimestampLiteralContext timestamp) {
            name = TypeBuilder.timestamp(timestamp.timeZone());
        } else {
            name = "TIMESTAMP_LTZ";
        }
        TypeName type = new TypeName(name, List.of(), List.of(), List.of(), Places.of(written));
        return new TypedLiteral(type, text(context.STRING()), Places.of(context));
    }

    @Override
    public Expression visitInterval(QueryParser.IntervalContext context) {
        return visit(context.intervalLiteral());
    }

    @Override
    public Expression visitIntervalText(QueryParser.IntervalTextContext context) {
        Optional<TimeUnit> from = Optional.ofNullable(context.TIME_UNIT(0)).map(unit -> unit(unit.getSymbol()));
        Optional<TimeUnit> to = Optional.ofNullable(context.TIME_UNIT(1)).map(unit -> unit(unit.getSymbol()));
        return new IntervalLiteral(text(context.STRING()), from, to, Places.of(context));
    }

    @Override
    public Expression visitIntervalNumber(QueryParser.IntervalNumberContext context) {
        TimeUnit unit = unit(context.TIME_UNIT().getSymbol());
        return new IntervalLiteral(context.number().getText(), Optional.of(unit), Optional.empty(), Places.of(context));
    }
}
