package io.leat.grammar.parse;

import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Statement;

/** The builders of one statement, one per family of the grammar. They know each other through this class. */
final class TreeBuilder {
    final TreeDepth depth = new TreeDepth();
    final NameBuilder names = new NameBuilder();
    final LiteralBuilder literals = new LiteralBuilder(names);
    final TypeBuilder types = new TypeBuilder(this);
    final CallBuilder calls = new CallBuilder(this);
    final PrimaryBuilder primaries = new PrimaryBuilder(this);
    final ExpressionBuilder expressions = new ExpressionBuilder(this);
    final WindowBuilder windows = new WindowBuilder(this);
    final RelationBuilder relations = new RelationBuilder(this);
    final PipeBuilder pipes = new PipeBuilder(this);
    final QueryBuilder queries = new QueryBuilder(this);
    final StarBuilder stars = new StarBuilder(this);
    final TableBuilder tables = new TableBuilder(this);
    final OutletBuilder outlets = new OutletBuilder(this);
    final EndingBuilder endings = new EndingBuilder(this);
    final StatementBuilder statements = new StatementBuilder(this);

    Statement statement(QueryParser.StatementContext context) {
        return statements.visit(context);
    }

    Expression expression(QueryParser.ExpressionContext context) {
        return expressions.visit(context);
    }
}
