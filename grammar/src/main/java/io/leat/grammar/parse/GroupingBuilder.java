package io.leat.grammar.parse;

import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Query.Grouping;
import io.leat.grammar.tree.Query.GroupingSets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Builds what groups rows more than once: {@code GROUPING SETS}, and {@code ROLLUP} and {@code CUBE}, which are written like calls. */
final class GroupingBuilder {
    /** So many keys of a CUBE are 64 sets. */
    private static final int MAX_CUBE = 6;

    private final TreeBuilder build;

    GroupingBuilder(TreeBuilder build) {
        this.build = build;
    }

    /** Empty for an entry of GROUP BY that is a key. */
    Optional<Grouping> of(QueryParser.GroupItemContext context) {
        Origin at = Places.of(context);
        if (context instanceof QueryParser.GroupingSetsContext written) {
            List<List<Expression>> sets = new ArrayList<>();
            for (QueryParser.GroupingSetContext set : written.groupingSet()) {
                sets.addAll(
                        set instanceof QueryParser.SetOfKeysContext keys
                                ? sets(build.expressions.visit(keys.expression()))
                                : List.of(List.of()));
            }
            return Optional.of(new GroupingSets(sets, at));
        }
        Expression expression = build.expressions.visit(((QueryParser.GroupContext) context).expression());
        return isCall(expression, "ROLLUP") || isCall(expression, "CUBE")
                ? Optional.of(new GroupingSets(sets(expression), at))
                : Optional.empty();
    }

    /** The sets that an entry of GROUPING SETS stands for. */
    private static List<List<Expression>> sets(Expression written) {
        if (isCall(written, "ROLLUP")) {
            return rollup(((Expression.Call) written).arguments());
        }
        return isCall(written, "CUBE") ? cube((Expression.Call) written) : List.of(keys(written));
    }

    /** {@code (a, b)} is several keys. */
    private static List<Expression> keys(Expression written) {
        return written instanceof Expression.RowConstructor row ? row.values() : List.of(written);
    }

    private static List<List<Expression>> rollup(List<Expression> parts) {
        List<List<Expression>> sets = new ArrayList<>();
        for (int length = parts.size(); length >= 0; length--) {
            List<Expression> set = new ArrayList<>();
            parts.subList(0, length).forEach(part -> set.addAll(keys(part)));
            sets.add(set);
        }
        return sets;
    }

    private static List<List<Expression>> cube(Expression.Call call) {
        List<Expression> parts = call.arguments();
        if (parts.size() > MAX_CUBE) {
            throw new SyntaxException(new Diagnostic(
                            ErrorCode.TOO_LARGE,
                            "a CUBE of " + parts.size() + " keys, where " + MAX_CUBE + " are possible",
                            call.at())
                    .withHelp("name the sets that are needed: GROUPING SETS ((a, b), (a), ())"));
        }
        List<List<Expression>> sets = new ArrayList<>();
        for (int left = 0; left < 1 << parts.size(); left++) {
            List<Expression> set = new ArrayList<>();
            for (int part = 0; part < parts.size(); part++) {
                if ((left >> (parts.size() - 1 - part) & 1) == 0) {
                    set.addAll(keys(parts.get(part)));
                }
            }
            sets.add(set);
        }
        return sets;
    }

    private static boolean isCall(Expression expression, String name) {
        return expression instanceof Expression.Call call
                && call.name().text().toUpperCase(Locale.ROOT).equals(name);
    }
}
