package io.leat.grammar.tree;

/** One method per kind of relation. There are no default methods: a new one breaks the build wherever it must be handled. */
public interface RelationVisitor<R> {
    R table(Relation.Table node);

    R asOf(Relation.AsOf node);

    R file(Relation.File node);

    R subquery(Relation.Subquery node);

    R lateral(Relation.Lateral node);

    R tableFunction(Relation.TableFunction node);

    R expiring(Relation.Expiring node);

    R refreshing(Relation.Refreshing node);

    R join(Relation.Join node);

    /** Calls the method for what the node is. */
    static <R> R visit(Relation node, RelationVisitor<R> visitor) {
        if (node instanceof Relation.Table is) {
            return visitor.table(is);
        }
        if (node instanceof Relation.AsOf is) {
            return visitor.asOf(is);
        }
        if (node instanceof Relation.File is) {
            return visitor.file(is);
        }
        if (node instanceof Relation.Subquery is) {
            return visitor.subquery(is);
        }
        if (node instanceof Relation.Lateral is) {
            return visitor.lateral(is);
        }
        if (node instanceof Relation.TableFunction is) {
            return visitor.tableFunction(is);
        }
        if (node instanceof Relation.Expiring is) {
            return visitor.expiring(is);
        }
        if (node instanceof Relation.Refreshing is) {
            return visitor.refreshing(is);
        }
        if (node instanceof Relation.Join is) {
            return visitor.join(is);
        }
        throw new AssertionError("no method for " + node.getClass());
    }
}
