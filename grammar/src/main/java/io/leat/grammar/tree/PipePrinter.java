package io.leat.grammar.tree;

/** Prints the steps of a pipe, without the sign between them. */
final class PipePrinter implements PipeVisitor<String> {
    private static final PipePrinter PRINTER = new PipePrinter();

    private PipePrinter() {}

    static String print(PipeOperator operator) {
        return PipeVisitor.visit(operator, PRINTER);
    }

    @Override
    public String where(PipeOperator.Where node) {
        return "WHERE " + ExpressionPrinter.print(node.condition());
    }

    @Override
    public String select(PipeOperator.Select node) {
        return (node.distinct() ? "SELECT DISTINCT " : "SELECT ") + QueryPrinter.items(node.items());
    }

    @Override
    public String extend(PipeOperator.Extend node) {
        return "EXTEND " + QueryPrinter.items(node.items());
    }

    @Override
    public String assign(PipeOperator.Assign node) {
        return "SET "
                + NamePrinter.list(
                        node.assignments(),
                        each -> NamePrinter.identifier(each.column()) + " = " + ExpressionPrinter.print(each.value()));
    }

    @Override
    public String drop(PipeOperator.Drop node) {
        return "DROP " + NamePrinter.list(node.columns(), NamePrinter::identifier);
    }

    @Override
    public String rename(PipeOperator.Rename node) {
        return "RENAME " + NamePrinter.list(node.renamings(), NamePrinter::renaming);
    }

    @Override
    public String as(PipeOperator.As node) {
        return "AS " + NamePrinter.identifier(node.alias());
    }

    @Override
    public String join(PipeOperator.Join node) {
        return RelationPrinter.joinStep(node.kind(), node.right(), node.condition());
    }

    @Override
    public String call(PipeOperator.Call node) {
        return "CALL " + RelationPrinter.print(node.function());
    }

    @Override
    public String aggregate(PipeOperator.Aggregate node) {
        String items = node.items().isEmpty() ? "" : " " + QueryPrinter.items(node.items());
        return "AGGREGATE" + items + QueryPrinter.groupBy(" GROUP BY ", node.groupBy());
    }

    @Override
    public String distinct(PipeOperator.Distinct node) {
        return "DISTINCT";
    }

    @Override
    public String distinctOn(PipeOperator.DistinctOn node) {
        return QueryPrinter.distinctOn(node.by()) + QueryPrinter.orderBy(" ORDER BY ", node.order());
    }

    @Override
    public String setOperation(PipeOperator.SetOperation node) {
        return QueryPrinter.operator(node.operator())
                + " "
                + NamePrinter.list(node.inputs(), QueryPrinter::inParentheses);
    }

    @Override
    public String orderBy(PipeOperator.OrderBy node) {
        return QueryPrinter.orderBy("ORDER BY ", node.items());
    }

    @Override
    public String limit(PipeOperator.Limit node) {
        return "LIMIT " + ExpressionPrinter.print(node.count()) + QueryPrinter.clause(" OFFSET ", node.offset());
    }
}
