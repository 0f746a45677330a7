package io.leat.grammar.tree;

/** One method per kind of query. There are no default methods: a new one breaks the build wherever it must be handled. */
public interface QueryVisitor<R> {
    R select(Query.Select node);

    R values(Query.Values node);

    R setOperation(Query.SetOperation node);

    R ordered(Query.Ordered node);

    R pipe(Query.Pipe node);

    R with(Query.With node);

    R about(Query.About node);

    R incoming(Query.Incoming node);

    /** Calls the method for what the node is. */
    static <R> R visit(Query node, QueryVisitor<R> visitor) {
        if (node instanceof Query.Select is) {
            return visitor.select(is);
        }
        if (node instanceof Query.Values is) {
            return visitor.values(is);
        }
        if (node instanceof Query.SetOperation is) {
            return visitor.setOperation(is);
        }
        if (node instanceof Query.Ordered is) {
            return visitor.ordered(is);
        }
        if (node instanceof Query.Pipe is) {
            return visitor.pipe(is);
        }
        if (node instanceof Query.With is) {
            return visitor.with(is);
        }
        if (node instanceof Query.About is) {
            return visitor.about(is);
        }
        if (node instanceof Query.Incoming is) {
            return visitor.incoming(is);
        }
        throw new AssertionError("no method for " + node.getClass());
    }
}
