package io.leat.grammar.parse;

import org.antlr.v4.runtime.atn.ParserATNSimulator;
import org.antlr.v4.runtime.atn.PredictionContextCache;
import org.antlr.v4.runtime.dfa.DFA;

/**
 * What the parser has learned about its own grammar: lookahead tables that grow with every new shape of query.
 *
 * <p>They are shared by all parses of the process, which is what makes the second query fast. Since a hostile text could make them
 * grow without end (as ANTLR's own static tables would), they are dropped and begun anew once they are large. A parse that still
 * uses the old ones is not disturbed.
 */
final class PredictionCache {
    /** Fifteen times what all our written test queries need together; about 30 MB. */
    static final int MAX_STATES = 10_000;

    private static volatile PredictionCache shared = new PredictionCache();

    private final DFA[] tables = emptyTables();
    private final PredictionContextCache contexts = new PredictionContextCache();

    static PredictionCache shared() {
        return shared;
    }

    ParserATNSimulator simulator(QueryParser parser) {
        return new ParserATNSimulator(parser, QueryParser._ATN, tables, contexts);
    }

    /** To be called after each parse. */
    void dropIfLarge() {
        if (states() > MAX_STATES && shared == this) {
            shared = new PredictionCache();
        }
    }

    int states() {
        int states = 0;
        for (DFA table : tables) {
            synchronized (table.states) {
                states += table.states.size();
            }
        }
        return states;
    }

    private static DFA[] emptyTables() {
        DFA[] tables = new DFA[QueryParser._ATN.getNumberOfDecisions()];
        for (int decision = 0; decision < tables.length; decision++) {
            tables[decision] = new DFA(QueryParser._ATN.getDecisionState(decision), decision);
        }
        return tables;
    }
}
