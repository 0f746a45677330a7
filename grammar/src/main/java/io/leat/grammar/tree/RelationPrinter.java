package io.leat.grammar.tree;

import io.leat.grammar.tree.Relation.ArgumentValue;
import io.leat.grammar.tree.Relation.DescriptorArgument;
import io.leat.grammar.tree.Relation.ExpressionArgument;
import io.leat.grammar.tree.Relation.JoinCondition;
import io.leat.grammar.tree.Relation.JoinKind;
import io.leat.grammar.tree.Relation.Subquery;
import io.leat.grammar.tree.Relation.TableArgument;
import java.util.List;

/** Prints what a FROM clause names. */
final class RelationPrinter implements RelationVisitor<String> {
    private static final RelationPrinter PRINTER = new RelationPrinter();

    private RelationPrinter() {}

    static String print(Relation relation) {
        return RelationVisitor.visit(relation, PRINTER);
    }

    @Override
    public String table(Relation.Table node) {
        return nameAndOptions(node) + NamePrinter.alias(node.alias());
    }

    private static String nameAndOptions(Relation.Table table) {
        String options = NamePrinter.list(table.options(), StatementPrinter::property);
        return NamePrinter.name(table.name()) + (options.isEmpty() ? "" : " /*+ OPTIONS(" + options + ") */");
    }

    @Override
    public String asOf(Relation.AsOf node) {
        return nameAndOptions(node.table())
                + " FOR SYSTEM_TIME AS OF "
                + ExpressionPrinter.print(node.time())
                + NamePrinter.alias(node.table().alias());
    }

    @Override
    public String file(Relation.File node) {
        return NamePrinter.text(node.path()) + NamePrinter.alias(node.alias());
    }

    @Override
    public String subquery(Subquery node) {
        return QueryPrinter.inParentheses(node.query())
                + NamePrinter.alias(node.alias())
                + NamePrinter.columns(node.columns());
    }

    @Override
    public String lateral(Relation.Lateral node) {
        return "LATERAL " + subquery(node.subquery());
    }

    @Override
    public String tableFunction(Relation.TableFunction node) {
        return NamePrinter.function(node.name())
                + "("
                + NamePrinter.list(node.arguments(), RelationPrinter::argument)
                + (node.ordinality() ? ") WITH ORDINALITY" : ")")
                + NamePrinter.alias(node.alias())
                + NamePrinter.columns(node.columns());
    }

    private static String argument(Relation.Argument argument) {
        String name = argument.name()
                .map(identifier -> NamePrinter.identifier(identifier) + " => ")
                .orElse("");
        return name + value(argument.value());
    }

    private static String value(ArgumentValue value) {
        if (value instanceof ExpressionArgument expression) {
            return ExpressionPrinter.print(expression.expression());
        }
        if (value instanceof DescriptorArgument descriptor) {
            return "DESCRIPTOR(" + NamePrinter.list(descriptor.columns(), NamePrinter::name) + ")";
        }
        TableArgument table = (TableArgument) value;
        return table.relation() instanceof Subquery subquery
                ? print(subquery)
                : "TABLE " + print(table.relation()) + partitionBy(table.partitionBy());
    }

    private static String partitionBy(List<Name> columns) {
        return columns.isEmpty() ? "" : " PARTITION BY (" + NamePrinter.list(columns, NamePrinter::name) + ")";
    }

    @Override
    public String expiring(Relation.Expiring node) {
        return term(node.input()) + " EXPIRE AFTER " + ExpressionPrinter.print(node.after());
    }

    @Override
    public String refreshing(Relation.Refreshing node) {
        return term(node.input())
                + QueryPrinter.clause(" REFRESH EVERY ", node.every())
                + (node.waitReady() ? " WAIT READY" : "");
    }

    /** Joins go from left to right; elsewhere they need parentheses. */
    private static String term(Relation relation) {
        return relation instanceof Relation.Join ? "(" + print(relation) + ")" : print(relation);
    }

    @Override
    public String join(Relation.Join node) {
        return print(node.left()) + " " + joinStep(node.kind(), node.right(), node.condition());
    }

    /** A join without its left side. */
    static String joinStep(JoinKind kind, Relation right, JoinCondition condition) {
        String natural = condition instanceof Relation.Unconditional none && none.natural() ? "NATURAL " : "";
        return natural + kind.words() + "JOIN " + term(right) + condition(condition);
    }

    private static String condition(JoinCondition condition) {
        if (condition instanceof Relation.On on) {
            return " ON " + ExpressionPrinter.print(on.condition());
        }
        return condition instanceof Relation.Using using ? " USING" + NamePrinter.columns(using.columns()) : "";
    }
}
