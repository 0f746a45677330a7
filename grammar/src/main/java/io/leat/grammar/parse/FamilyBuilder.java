package io.leat.grammar.parse;

import org.antlr.v4.runtime.tree.RuleNode;

/** Builds the tree of one family of the grammar: one method per label. A label without its method is our bug, not an empty tree. */
abstract class FamilyBuilder<T> extends QueryParserBaseVisitor<T> {
    @Override
    public T visitChildren(RuleNode node) {
        throw new AssertionError(getClass().getSimpleName() + " has no method for "
                + node.getClass().getSimpleName());
    }
}
