package io.leat.compiler.codegen;

import io.leat.compiler.expr.Expr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers expressions so that equal ones have equal numbers. A node is compared by itself and the numbers of its operands, never by
 * walking down, which would take quadratic time on the left-deep trees of long sums.
 */
final class ExpressionIds {
    private final Map<Expr, Integer> seen = new IdentityHashMap<>();
    private final Map<Expr, Integer> shallow = new HashMap<>();

    int id(Expr expression) {
        Integer known = seen.get(expression);
        if (known == null) {
            List<Expr> numbered = new ArrayList<>();
            for (Expr child : expression.children()) {
                numbered.add(new Expr.Column(-1 - id(child), "", child.type(), child.nullable(), child.at()));
            }
            Expr node = numbered.isEmpty() ? expression : expression.withChildren(numbered);
            known = shallow.computeIfAbsent(node, key -> shallow.size());
            seen.put(expression, known);
        }
        return known;
    }
}
