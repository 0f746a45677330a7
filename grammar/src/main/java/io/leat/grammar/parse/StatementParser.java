package io.leat.grammar.parse;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.antlr.v4.runtime.tree.ParseTree;

/**
 * The generated parser with two habits of our own: it keeps the parse tree small, and it remembers where it stood before each of
 * the last two tokens, so that a failure can be explained.
 */
final class StatementParser extends QueryParser {
    /** The levels of an expression: with one child they say nothing. */
    private static final BitSet LEVELS = levels();

    /**
     * Where the automaton was when it took a token.
     *
     * @param state the state that the token leads on from
     */
    record Step(int state, ParserRuleContext context, int tokenIndex) {}

    private final StatementTokens tokens;
    private Step last;
    private Step lastButOne;
    private int wholeRule;
    private List<ParserRuleContext> droppedNow = new ArrayList<>();
    private List<ParserRuleContext> droppedBefore = new ArrayList<>();

    private StatementParser(StatementTokens tokens, PredictionCache cache, PredictionMode mode) {
        super(new CommonTokenStream(new ListTokenSource(tokens.all())));
        this.tokens = tokens;
        setInterpreter(cache.simulator(this));
        getInterpreter().setPredictionMode(mode);
        setErrorHandler(new BailErrorStrategy());
        removeErrorListeners();
    }

    /**
     * Parses with the fast prediction first. It refuses a few texts that are right, so a refusal is checked with the full one.
     *
     * @throws SyntaxException if both refuse
     */
    static <C> C parse(StatementTokens tokens, Function<StatementParser, C> rule) {
        PredictionCache cache = PredictionCache.shared();
        try {
            return rule.apply(new StatementParser(tokens, cache, PredictionMode.SLL));
        } catch (ParseCancellationException refused) {
            check(tokens, cache, rule);
            return rule.apply(new StatementParser(tokens, cache, PredictionMode.LL));
        } finally {
            cache.dropIfLarge();
        }
    }

    /** Most likely the text is wrong, so no tree is built. */
    private static <C> void check(StatementTokens tokens, PredictionCache cache, Function<StatementParser, C> rule) {
        StatementParser checker = new StatementParser(tokens, cache, PredictionMode.LL);
        checker.setBuildParseTree(false);
        try {
            C unused = rule.apply(checker);
        } catch (ParseCancellationException refused) {
            throw checker.failure().explain();
        }
    }

    private SyntaxErrors failure() {
        return new SyntaxErrors(tokens, behind(lastButOne), behind(last));
    }

    private Expectations behind(Step step) {
        return step == null ? Expectations.atStart(wholeRule, tokens) : Expectations.behind(step, tokens);
    }

    StatementContext statementOnly() {
        wholeRule = RULE_singleStatement;
        return ((WholeStatementContext) singleStatement()).statement();
    }

    ExpressionContext expressionOnly() {
        wholeRule = RULE_singleExpression;
        return ((WholeExpressionContext) singleExpression()).expression();
    }

    @Override
    public Token consume() {
        lastButOne = last;
        last = new Step(getState(), getContext(), getCurrentToken().getTokenIndex());
        forgetDropped();
        return super.consume();
    }

    /** Replaces a level that has one child by that child. A plain {@code 1} has eleven of them. */
    @Override
    public void exitRule() {
        ParserRuleContext left = getContext();
        super.exitRule();
        ParserRuleContext parent = getContext();
        if (parent != null && LEVELS.get(left.getRuleIndex()) && left.getChildCount() == 1) {
            ParserRuleContext child = (ParserRuleContext) left.getChild(0);
            parent.children.set(parent.getChildCount() - 1, child);
            droppedNow.add(child);
        } else if (left.children instanceof ArrayList<ParseTree> children) {
            children.trimToSize();
        }
    }

    /**
     * The way up from a child leads through the levels that were dropped, since that is where the automaton stood: a {@link Step}
     * may still need it. Two tokens later none does, and the dropped levels must not be held in memory.
     */
    private void forgetDropped() {
        droppedBefore.forEach(child -> child.setParent(null));
        droppedBefore.clear();
        List<ParserRuleContext> empty = droppedBefore;
        droppedBefore = droppedNow;
        droppedNow = empty;
    }

    private static BitSet levels() {
        BitSet levels = new BitSet();
        levels.set(RULE_orExpression);
        levels.set(RULE_andExpression);
        levels.set(RULE_notExpression);
        levels.set(RULE_isExpression);
        levels.set(RULE_comparison);
        levels.set(RULE_rangeExpression);
        levels.set(RULE_additive);
        levels.set(RULE_multiplicative);
        levels.set(RULE_zoned);
        levels.set(RULE_signed);
        levels.set(RULE_postfix);
        return levels;
    }
}
