package io.leat.grammar.tree;

/** One method per step of a pipe. There are no default methods: a new one breaks the build wherever it must be handled. */
public interface PipeVisitor<R> {
    R where(PipeOperator.Where node);

    R select(PipeOperator.Select node);

    R extend(PipeOperator.Extend node);

    R assign(PipeOperator.Assign node);

    R drop(PipeOperator.Drop node);

    R rename(PipeOperator.Rename node);

    R as(PipeOperator.As node);

    R join(PipeOperator.Join node);

    R call(PipeOperator.Call node);

    R aggregate(PipeOperator.Aggregate node);

    R distinct(PipeOperator.Distinct node);

    R distinctOn(PipeOperator.DistinctOn node);

    R setOperation(PipeOperator.SetOperation node);

    R orderBy(PipeOperator.OrderBy node);

    R limit(PipeOperator.Limit node);

    /** Calls the method for what the node is. */
    static <R> R visit(PipeOperator node, PipeVisitor<R> visitor) {
        if (node instanceof PipeOperator.Where is) {
            return visitor.where(is);
        }
        if (node instanceof PipeOperator.Select is) {
            return visitor.select(is);
        }
        if (node instanceof PipeOperator.Extend is) {
            return visitor.extend(is);
        }
        if (node instanceof PipeOperator.Assign is) {
            return visitor.assign(is);
        }
        if (node instanceof PipeOperator.Drop is) {
            return visitor.drop(is);
        }
        if (node instanceof PipeOperator.Rename is) {
            return visitor.rename(is);
        }
        if (node instanceof PipeOperator.As is) {
            return visitor.as(is);
        }
        if (node instanceof PipeOperator.Join is) {
            return visitor.join(is);
        }
        if (node instanceof PipeOperator.Call is) {
            return visitor.call(is);
        }
        if (node instanceof PipeOperator.Aggregate is) {
            return visitor.aggregate(is);
        }
        if (node instanceof PipeOperator.Distinct is) {
            return visitor.distinct(is);
        }
        if (node instanceof PipeOperator.DistinctOn is) {
            return visitor.distinctOn(is);
        }
        if (node instanceof PipeOperator.SetOperation is) {
            return visitor.setOperation(is);
        }
        if (node instanceof PipeOperator.OrderBy is) {
            return visitor.orderBy(is);
        }
        if (node instanceof PipeOperator.Limit is) {
            return visitor.limit(is);
        }
        throw new AssertionError("no method for " + node.getClass());
    }
}
