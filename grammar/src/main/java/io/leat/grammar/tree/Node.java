package io.leat.grammar.tree;

import io.leat.grammar.source.Origin;

/** Anything that stands at a place in the query text. */
public interface Node {
    Origin at();
}
