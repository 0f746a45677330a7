package io.leat.grammar.parse;

import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.source.QueryException;
import io.leat.grammar.source.SourceText;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Node;
import io.leat.grammar.tree.Script;
import io.leat.grammar.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads query text. Any text gives a tree or a {@link QueryException}; calls share nothing that matters and may run in parallel.
 *
 * <pre>
 * text ──&gt; tokens ──&gt; statements ──&gt; brackets counted, query parentheses marked ──&gt; parse tree ──&gt; syntax tree
 *          TokenReader               StatementTokens                                 StatementParser  *Builder
 * </pre>
 */
public final class Parser {
    private Parser() {}

    /**
     * All statements of a file, in its order.
     *
     * @throws QueryException with the first error of every statement that has one
     */
    public static Script parse(SourceText source) {
        Parsed parsed = parseWhatCanBeRead(source);
        if (!parsed.errors().isEmpty()) {
            throw new QueryException(source, parsed.errors());
        }
        return parsed.script();
    }

    /** The statements of a file that are in order, and the first error of every other one. */
    public static Parsed parseWhatCanBeRead(SourceText source) {
        return DeepStack.call(() -> statements(source));
    }

    /**
     * One expression and nothing else, such as the condition of a filter that is not part of a query.
     *
     * @throws QueryException with the first error
     */
    public static Expression parseExpression(SourceText source) {
        List<Diagnostic> errors = new ArrayList<>();
        Expression expression = DeepStack.call(() -> collecting(
                errors,
                Origin.NONE,
                () -> build(
                        new TokenReader(source).whole(), StatementParser::expressionOnly, TreeBuilder::expression)));
        if (!errors.isEmpty()) {
            throw new QueryException(source, errors);
        }
        return expression;
    }

    private static Parsed statements(SourceText source) {
        List<Diagnostic> errors = new ArrayList<>();
        List<Statement> statements = new ArrayList<>();
        Set<String> brokenNames = new TreeSet<>();
        List<StatementTokens> cut = collecting(errors, Origin.NONE, () -> new TokenReader(source).statements());
        if (cut != null) {
            for (StatementTokens tokens : cut) {
                Statement statement = collecting(
                        errors,
                        tokens.at(0),
                        () -> build(tokens, StatementParser::statementOnly, TreeBuilder::statement));
                if (statement == null) {
                    brokenNames.addAll(DeclaredNames.of(tokens));
                } else {
                    statements.add(statement);
                }
            }
        }
        return new Parsed(new Script(statements), errors, brokenNames);
    }

    private static <C, N extends Node> N build(
            StatementTokens tokens, Function<StatementParser, C> rule, BiFunction<TreeBuilder, C, N> tree) {
        tokens.check();
        return tree.apply(new TreeBuilder(), StatementParser.parse(tokens, rule));
    }

    /** Runs a step, and turns its failure into an error of the file; null if there was one. */
    private static <T> T collecting(List<Diagnostic> errors, Origin at, Supplier<T> step) {
        try {
            return step.get();
        } catch (SyntaxException failure) {
            errors.add(failure.diagnostic());
        } catch (StackOverflowError failure) {
            // Every way to nest has a limit far below this stack; if one was forgotten, the user still gets a message.
            errors.add(
                    new Diagnostic(ErrorCode.NESTED_TOO_DEEPLY, "this statement is nested too deeply to be read", at));
        }
        return null;
    }
}
