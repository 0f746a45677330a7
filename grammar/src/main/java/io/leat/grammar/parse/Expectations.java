package io.leat.grammar.parse;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.RuleStopState;
import org.antlr.v4.runtime.atn.RuleTransition;
import org.antlr.v4.runtime.atn.Transition;

/**
 * What could have stood where a parse stopped.
 *
 * <p>A parser that has failed knows only what its current rule wanted, and has by then left the rules around the last operand. So
 * this walks the grammar's automaton again, from a token that was taken and with the full stack of rules at that moment, along all
 * paths at once.
 */
final class Expectations {
    private static final ATN GRAMMAR = QueryParser._ATN;
    private static final BitSet NAMES = names();

    private final StatementTokens tokens;
    private final Set<Spot> spots;
    private final int tokenIndex;

    /** A state of the automaton, and where to go on at the end of its rule. */
    private record Spot(ATNState state, Frame frame) {}

    /** The rules that are open, innermost first; stacks pushed alike from one bottom are the same object. */
    private static final class Frame {
        private final ATNState next;
        private final Frame below;
        private final Map<ATNState, Frame> above = new HashMap<>();

        Frame(ATNState next, Frame below) {
            this.next = next;
            this.below = below;
        }

        static Frame bottom() {
            return new Frame(null, null);
        }

        Frame push(ATNState followed) {
            return above.computeIfAbsent(followed, key -> new Frame(key, this));
        }
    }

    private Expectations(StatementTokens tokens, Set<Spot> spots, int tokenIndex) {
        this.tokens = tokens;
        this.spots = spots;
        this.tokenIndex = tokenIndex;
    }

    /** Before the first token of a text that is one of the grammar's whole rules. */
    static Expectations atStart(int rule, StatementTokens tokens) {
        return new Expectations(tokens, Set.of(new Spot(GRAMMAR.ruleToStartState[rule], Frame.bottom())), 0);
    }

    /** Right behind a token that was taken. */
    static Expectations behind(StatementParser.Step step, StatementTokens tokens) {
        ATNState state = GRAMMAR.states.get(step.state()).transition(0).target;
        return new Expectations(tokens, Set.of(new Spot(state, frame(step.context()))), step.tokenIndex() + 1);
    }

    private static Frame frame(ParserRuleContext context) {
        Deque<ATNState> follows = new ArrayDeque<>();
        for (ParserRuleContext rule = context; rule.invokingState >= 0; rule = rule.getParent()) {
            RuleTransition call =
                    (RuleTransition) GRAMMAR.states.get(rule.invokingState).transition(0);
            follows.push(call.followState);
        }
        Frame frame = Frame.bottom();
        for (ATNState follow : follows) {
            frame = frame.push(follow);
        }
        return frame;
    }

    /** As far as any path leads: before the first token that no path takes. */
    Expectations atFailure() {
        Expectations reached = this;
        while (reached.tokenIndex < tokens.size() - 1) {
            Set<Spot> next = reached.behindToken(tokens.type(reached.tokenIndex));
            if (next.isEmpty()) {
                break;
            }
            reached = new Expectations(tokens, next, reached.tokenIndex + 1);
        }
        return reached;
    }

    int tokenIndex() {
        return tokenIndex;
    }

    /** The words that would have a meaning here, other than being a name. */
    List<String> words() {
        Set<Integer> types = new TreeSet<>();
        walk(NAMES::get, (token, frame) -> types.addAll(token.label().toSet()));
        return types.stream().flatMap(TokenNames::words).toList();
    }

    /** What could stand here: constructs, where they have a name, and single tokens. */
    Set<Phrase> phrases() {
        Set<Phrase> phrases = new LinkedHashSet<>();
        walk(
                rule -> Phrase.ofRule(rule).map(phrases::add).isPresent(),
                (token, frame) -> token.label().toSet().forEach(type -> phrases.add(Phrase.ofToken(type))));
        return phrases;
    }

    private Set<Spot> behindToken(int type) {
        Set<Spot> next = new HashSet<>();
        walk(rule -> false, (token, frame) -> {
            if (token.label().contains(type)) {
                next.add(new Spot(token.target, frame));
            }
        });
        return next;
    }

    /**
     * Follows everything that takes no token.
     *
     * @param isStop rules that are not entered
     * @param onToken is told each way on that takes one
     */
    private void walk(IntPredicate isStop, BiConsumer<Transition, Frame> onToken) {
        Set<Spot> seen = new HashSet<>(spots);
        Deque<Spot> open = new ArrayDeque<>(spots);
        while (!open.isEmpty()) {
            Spot spot = open.pop();
            for (Spot next : next(spot, isStop, onToken)) {
                if (seen.add(next)) {
                    open.push(next);
                }
            }
        }
    }

    /** The rules in which any word is a name. */
    private static BitSet names() {
        BitSet names = new BitSet();
        names.set(QueryParser.RULE_identifier);
        names.set(QueryParser.RULE_implicitAlias);
        names.set(QueryParser.RULE_functionName);
        names.set(QueryParser.RULE_typeName);
        names.set(QueryParser.RULE_propertyWord);
        return names;
    }

    private static Set<Spot> next(Spot spot, IntPredicate isStop, BiConsumer<Transition, Frame> onToken) {
        Frame frame = spot.frame();
        if (spot.state() instanceof RuleStopState) {
            return frame.next == null ? Set.of() : Set.of(new Spot(frame.next, frame.below));
        }
        Set<Spot> next = new LinkedHashSet<>();
        for (Transition transition : spot.state().getTransitions()) {
            if (transition instanceof RuleTransition call) {
                if (!isStop.test(call.ruleIndex)) {
                    next.add(new Spot(call.target, frame.push(call.followState)));
                }
            } else if (transition.isEpsilon()) {
                next.add(new Spot(transition.target, frame));
            } else {
                onToken.accept(transition, frame);
            }
        }
        return next;
    }
}
