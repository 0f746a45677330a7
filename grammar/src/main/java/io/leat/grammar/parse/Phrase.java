package io.leat.grammar.parse;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.Token;

/**
 * Something that a statement could go on with, as a user would call it.
 *
 * @param rank what is named first if there are many
 */
record Phrase(Rank rank, int order, String text) {
    /** More would be a list nobody reads. */
    private static final int MAX_NAMED = 5;

    private enum Rank {
        SEPARATOR,
        CONSTRUCT,
        WORD,
        OPERATOR,
        END,
        HIDDEN
    }

    private static final Phrase HIDDEN = new Phrase(Rank.HIDDEN, 0, "");
    private static final Phrase EXPRESSION = new Phrase(Rank.CONSTRUCT, 0, "an expression");
    private static final Phrase OPERATOR = new Phrase(Rank.OPERATOR, 0, "an operator");
    private static final Map<Integer, Phrase> RULES = rules();

    /** Whether the statement could go on with an operator. */
    static boolean isOperatorIn(Set<Phrase> phrases) {
        return phrases.contains(OPERATOR);
    }

    /** The construct of a rule, if it has a name outside the grammar. */
    static Optional<Phrase> ofRule(int rule) {
        return Optional.ofNullable(RULES.get(rule));
    }

    static Phrase ofToken(int type) {
        return switch (type) {
            case Token.EOF -> new Phrase(Rank.END, 0, TokenNames.expected(type));
            case QueryParser.OR,
                    QueryParser.AND,
                    QueryParser.PLUS,
                    QueryParser.MINUS,
                    QueryParser.CONCAT,
                    QueryParser.ASTERISK,
                    QueryParser.SLASH,
                    QueryParser.PERCENT,
                    QueryParser.AT -> OPERATOR;
            case QueryParser.DOT,
                    QueryParser.COLON,
                    QueryParser.HINT,
                    QueryParser.PRECISION,
                    QueryParser.VARYING,
                    QueryParser.TEMPORARY -> HIDDEN;
            // A pipe can follow nearly everything, so it says least.
            case QueryParser.PIPE -> new Phrase(Rank.OPERATOR, 1, TokenNames.expected(type));
            default ->
                new Phrase(TokenNames.isWord(type) ? Rank.WORD : Rank.SEPARATOR, type, TokenNames.expected(type));
        };
    }

    /** {@code a, b, c, d or e}; empty if nothing has a name. */
    static String list(Set<Phrase> phrases) {
        boolean operand = phrases.contains(EXPRESSION);
        List<String> named = phrases.stream()
                .filter(phrase -> phrase.rank != Rank.HIDDEN)
                // Where an operand is missing, a sign or a NOT could stand too, which helps nobody.
                .filter(phrase -> !operand || phrase.rank == Rank.SEPARATOR || phrase.rank == Rank.CONSTRUCT)
                .sorted(Comparator.comparing(Phrase::rank).thenComparing(Phrase::order))
                .map(Phrase::text)
                .distinct()
                .limit(MAX_NAMED)
                .toList();
        if (named.size() < 2) {
            return String.join("", named);
        }
        int last = named.size() - 1;
        return String.join(", ", named.subList(0, last)) + " or " + named.get(last);
    }

    private static Map<Integer, Phrase> rules() {
        Map<Integer, Phrase> rules = new LinkedHashMap<>();
        for (int expression : new int[] {
            QueryParser.RULE_expression,
            QueryParser.RULE_orExpression,
            QueryParser.RULE_andExpression,
            QueryParser.RULE_notExpression,
            QueryParser.RULE_isExpression,
            QueryParser.RULE_comparison,
            QueryParser.RULE_rangeExpression,
            QueryParser.RULE_additive,
            QueryParser.RULE_multiplicative,
            QueryParser.RULE_zoned,
            QueryParser.RULE_signed,
            QueryParser.RULE_postfix,
            QueryParser.RULE_primary,
            QueryParser.RULE_selectItem,
            QueryParser.RULE_selectItems
        }) {
            rules.put(expression, EXPRESSION);
        }
        for (int operator : new int[] {
            QueryParser.RULE_comparisonOperator,
            QueryParser.RULE_rangeTest,
            QueryParser.RULE_isTest,
            QueryParser.RULE_postfixStep
        }) {
            rules.put(operator, OPERATOR);
        }
        for (int hidden : new int[] {
            QueryParser.RULE_typeArguments,
            QueryParser.RULE_arraySuffix,
            QueryParser.RULE_filter,
            QueryParser.RULE_comment,
            QueryParser.RULE_partitioning
        }) {
            rules.put(hidden, HIDDEN);
        }
        construct(rules, QueryParser.RULE_query, "a query");
        construct(rules, QueryParser.RULE_columnName, "a column name");
        construct(rules, QueryParser.RULE_relationTerm, "a table");
        construct(rules, QueryParser.RULE_tableFunction, "a table function");
        construct(rules, QueryParser.RULE_type, "a type");
        construct(rules, QueryParser.RULE_typeName, "a type");
        construct(rules, QueryParser.RULE_propertyKey, "an option");
        construct(rules, QueryParser.RULE_propertyValue, "a value");
        construct(rules, QueryParser.RULE_intervalLiteral, "an interval");
        construct(rules, QueryParser.RULE_identifier, "a name");
        construct(rules, QueryParser.RULE_columnConstraint, "a constraint");
        construct(rules, QueryParser.RULE_emitMode, "FINAL or CHANGES");
        construct(rules, QueryParser.RULE_excluded, "CURRENT ROW, GROUP, TIES or NO OTHERS");
        rules.put(QueryParser.RULE_orReplace, new Phrase(Rank.WORD, QueryParser.REPLACE, "OR REPLACE"));
        rules.put(QueryParser.RULE_joinStep, new Phrase(Rank.WORD, QueryParser.JOIN, "JOIN"));
        rules.put(QueryParser.RULE_alias, new Phrase(Rank.OPERATOR, 2, "an alias"));
        rules.put(QueryParser.RULE_implicitAlias, new Phrase(Rank.OPERATOR, 2, "an alias"));
        return rules;
    }

    private static void construct(Map<Integer, Phrase> rules, int rule, String text) {
        rules.put(rule, new Phrase(Rank.CONSTRUCT, rule + 1, text));
    }
}
