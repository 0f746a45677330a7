package io.leat.grammar.tree;

/** One method per kind of statement. There are no default methods: a new one breaks the build wherever it must be handled. */
public interface StatementVisitor<R> {
    R createTable(Statement.CreateTable node);

    R createTableAs(Statement.CreateTableAs node);

    R createView(Statement.CreateView node);

    R createMaterializedView(Statement.CreateMaterializedView node);

    R insertInto(Statement.InsertInto node);

    R print(Statement.Print node);

    R fork(Statement.Fork node);

    R explain(Statement.Explain node);

    R setOption(Statement.SetOption node);

    /** Calls the method for what the node is. */
    static <R> R visit(Statement node, StatementVisitor<R> visitor) {
        if (node instanceof Statement.CreateTable is) {
            return visitor.createTable(is);
        }
        if (node instanceof Statement.CreateTableAs is) {
            return visitor.createTableAs(is);
        }
        if (node instanceof Statement.CreateView is) {
            return visitor.createView(is);
        }
        if (node instanceof Statement.CreateMaterializedView is) {
            return visitor.createMaterializedView(is);
        }
        if (node instanceof Statement.InsertInto is) {
            return visitor.insertInto(is);
        }
        if (node instanceof Statement.Print is) {
            return visitor.print(is);
        }
        if (node instanceof Statement.Fork is) {
            return visitor.fork(is);
        }
        if (node instanceof Statement.Explain is) {
            return visitor.explain(is);
        }
        if (node instanceof Statement.SetOption is) {
            return visitor.setOption(is);
        }
        throw new AssertionError("no method for " + node.getClass());
    }
}
