package io.leat.grammar.tree;

import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Query.Column;
import io.leat.grammar.tree.Query.CommonTable;
import io.leat.grammar.tree.Query.GroupItem;
import io.leat.grammar.tree.Query.SelectItem;
import io.leat.grammar.tree.Query.SortItem;
import io.leat.grammar.tree.Query.Star;
import io.leat.grammar.tree.Relation.Argument;
import io.leat.grammar.tree.Relation.ArgumentValue;
import io.leat.grammar.tree.Relation.JoinCondition;
import io.leat.grammar.tree.Relation.JoinKind;
import io.leat.grammar.tree.Statement.Outlets;
import io.leat.grammar.tree.Statement.Property;
import io.leat.grammar.tree.Statement.TableElement;
import java.util.List;
import java.util.Optional;

/** Random statements, of every shape that a text can have. */
public final class RandomTrees {
    private static final Origin AT = Origin.NONE;
    private static final int MAX_NODES = 300;

    private final Dice dice;
    private final RandomExpressions expressions;
    private int depth;
    private int nodesLeft;

    public RandomTrees(long seed) {
        dice = new Dice(seed);
        expressions = new RandomExpressions(dice, this);
    }

    public Statement statement() {
        nodesLeft = MAX_NODES;
        return switch (dice.below(10)) {
            case 0 ->
                new Statement.CreateTable(
                        name(),
                        dice.flip(),
                        dice.flip(),
                        dice.many(0, 5, this::element),
                        dice.many(0, 3, this::property),
                        dice.maybe(this::like),
                        outlets(),
                        AT);
            case 1 ->
                new Statement.CreateTableAs(
                        name(),
                        dice.flip(),
                        dice.flip(),
                        dice.many(0, 3, this::element),
                        dice.many(0, 3, this::property),
                        query(),
                        outlets(),
                        AT);
            case 2 -> new Statement.CreateView(name(), dice.flip(), identifiers(0), query(), AT);
            case 3 ->
                new Statement.CreateMaterializedView(
                        name(),
                        dice.flip(),
                        identifiers(0),
                        dice.many(0, 3, this::property),
                        dice.maybe(expressions::interval),
                        query(),
                        outlets(),
                        AT);
            case 4 -> new Statement.InsertInto(name(), identifiers(0), query(), outlets(), AT);
            case 5 -> new Statement.SetOption(property(), AT);
            case 7 -> fork(query());
            case 6 ->
                new Statement.Explain(
                        dice.maybe(() -> new Identifier(dice.pick("RULES", "physical", "Code"), false, AT)),
                        new Statement.Print(query(), outlets(), AT),
                        AT);
            default -> new Statement.Print(query(), outlets(), AT);
        };
    }

    private Statement.Fork fork(Query input) {
        return new Statement.Fork(input, dice.many(1, 3, this::branch), AT);
    }

    private Statement branch() {
        Query.Incoming rows = new Query.Incoming(AT);
        Query query = dice.flip() ? rows : new Query.Pipe(rows, dice.many(1, 3, this::step), AT);
        return switch (dice.below(6)) {
            case 0 -> fork(query);
            case 1, 2 -> new Statement.InsertInto(name(), identifiers(0), query, outlets(), AT);
            case 3 ->
                new Statement.CreateTableAs(
                        name(),
                        dice.flip(),
                        dice.flip(),
                        dice.many(0, 3, this::element),
                        dice.many(0, 3, this::property),
                        query,
                        outlets(),
                        AT);
            default -> new Statement.Print(query, outlets(), AT);
        };
    }

    /** Whether it is time for leaves: at some depth, or when the statement has grown large. */
    boolean isDeepEnough(int depth, int maxDepth) {
        return depth > maxDepth || --nodesLeft < 0;
    }

    Expression expression() {
        return expressions.expression();
    }

    // Names ----------------------------------------------------------------------------------------------------------

    Identifier identifier() {
        return dice.below(4) == 0
                ? new Identifier(dice.pick("select", "a b", "x\"y", "plain", "z`z", "1", "è\n$", "From"), true, AT)
                : new Identifier(
                        dice.pick(
                                "a",
                                "b",
                                "Tab",
                                "größe",
                                "readings$late",
                                "_1",
                                "emit",
                                "late",
                                "key",
                                "year",
                                "offset",
                                "date",
                                "left",
                                "both",
                                "position",
                                "row",
                                "final",
                                "unbounded",
                                "within",
                                "expire",
                                "fork",
                                "interval"),
                        false,
                        AT);
    }

    List<Identifier> identifiers(int least) {
        return dice.many(least, 3, this::identifier);
    }

    Name name() {
        return new Name(dice.many(1, 2, this::identifier), AT);
    }

    Optional<Identifier> alias() {
        return dice.maybe(this::identifier);
    }

    // Tables and options ---------------------------------------------------------------------------------------------

    private Query.Grouping grouping() {
        return dice.below(4) == 0
                ? new Query.GroupingSets(dice.many(1, 3, () -> dice.many(0, 2, this::key)), AT)
                : new GroupItem(key(), Optional.empty(), AT);
    }

    private Query.Grouping pipeGrouping() {
        return dice.below(4) == 0 ? grouping() : new GroupItem(expression(), alias(), AT);
    }

    /** What is neither several keys nor a grouping of its own. */
    private Expression key() {
        return new Expression.Reference(name(), AT);
    }

    private Statement.Like like() {
        return new Statement.Like(
                name(),
                dice.many(
                        0,
                        2,
                        () -> new Statement.LikeOption(
                                dice.pick(Statement.LikeOption.Taking.values()), dice.maybe(this::identifier), AT)),
                AT);
    }

    private TableElement element() {
        return switch (dice.below(5)) {
            case 0 -> new Statement.ComputedColumn(identifier(), expression(), AT);
            case 1 -> new Statement.Watermark(name(), expression(), AT);
            case 2 -> new Statement.PrimaryKey(identifiers(1), dice.flip(), AT);
            default ->
                new Statement.ColumnDefinition(
                        identifier(),
                        expressions.type(),
                        dice.flip(),
                        dice.maybe(() -> new Statement.Metadata(dice.maybe(dice::text), dice.flip())),
                        dice.flip(),
                        AT);
        };
    }

    private Property property() {
        Statement.PropertyValue value = dice.below(3) == 0
                ? new Statement.SecretValue(dice.pick("env", "secret"), dice.text(), AT)
                : new Statement.PlainValue(dice.text(), AT);
        return new Property(dice.text(), AT, value, AT);
    }

    private Outlets outlets() {
        return new Outlets(dice.maybe(this::emit), dice.maybe(this::name), dice.maybe(this::name));
    }

    private Statement.Emit emit() {
        boolean changes = dice.flip();
        Optional<Expression> interval = dice.maybe(expressions::interval);
        return changes
                ? new Statement.Emit(Statement.Emit.Mode.CHANGES, interval, Optional.empty(), AT)
                : new Statement.Emit(Statement.Emit.Mode.FINAL, Optional.empty(), interval, AT);
    }

    // Queries --------------------------------------------------------------------------------------------------------

    Query query() {
        depth++;
        int kind = isDeepEnough(depth, 4) ? dice.below(2) : dice.below(9);
        Query query = switch (kind) {
            case 0 -> new Query.Values(dice.many(1, 3, () -> dice.many(1, 3, this::expression)), AT);
            case 2 -> new Query.SetOperation(setOperator(), dice.many(2, 3, this::query), AT);
            case 3 -> ordered();
            case 4, 5 -> new Query.Pipe(query(), dice.many(1, 5, this::step), AT);
            case 6 ->
                new Query.With(
                        dice.many(1, 2, () -> new CommonTable(identifier(), identifiers(0), query(), AT)),
                        dice.flip(),
                        query(),
                        AT);
            case 7 -> new Query.About(dice.pick(Query.About.Kind.values()), query(), AT);
            default -> select();
        };
        depth--;
        return query;
    }

    private Query.Select select() {
        return new Query.Select(
                distinct(),
                items(),
                dice.maybe(this::relation),
                dice.maybe(this::expression),
                dice.below(8) == 0 ? List.of(new Query.GroupAll(AT)) : dice.many(0, 2, this::grouping),
                dice.maybe(this::expression),
                dice.many(0, 2, () -> new Window.Named(identifier(), expressions.window(), AT)),
                dice.maybe(this::expression),
                AT);
    }

    private Query.Ordered ordered() {
        List<? extends Query.Sorting> order = sorting(0);
        Optional<Expression> limit = order.isEmpty() ? Optional.of(expression()) : dice.maybe(this::expression);
        return new Query.Ordered(query(), order, limit, dice.maybe(this::expression), AT);
    }

    private Query.SetOperator setOperator() {
        return new Query.SetOperator(dice.pick(Query.SetOperator.Kind.values()), dice.flip(), dice.flip());
    }

    private Query.Distinct distinct() {
        return switch (dice.below(6)) {
            case 0 -> new Query.EqualRows();
            case 1 -> new Query.DistinctOn(dice.many(1, 2, this::expression), AT);
            default -> new Query.EveryRow();
        };
    }

    private List<? extends Query.Sorting> sorting(int least) {
        return dice.below(6) == 0
                ? List.of(new Query.SortAll(dice.flip(), dice.maybe(dice::flip), AT))
                : dice.many(least, 2, this::sortItem);
    }

    SortItem sortItem() {
        return new SortItem(expression(), dice.flip(), dice.maybe(dice::flip), AT);
    }

    private List<SelectItem> items() {
        return dice.many(
                1,
                3,
                () -> dice.below(4) == 0
                        ? new Star(dice.maybe(this::name), starChanges(), AT)
                        : new Column(expression(), alias(), AT));
    }

    private Query.StarChanges starChanges() {
        return dice.flip()
                ? Query.StarChanges.NONE
                : new Query.StarChanges(
                        dice.many(0, 2, this::name),
                        dice.many(0, 2, () -> new Column(expression(), Optional.of(identifier()), AT)),
                        dice.many(0, 2, this::renaming));
    }

    private PipeOperator.Renaming renaming() {
        return new PipeOperator.Renaming(identifier(), identifier(), AT);
    }

    private PipeOperator step() {
        return switch (dice.below(15)) {
            case 0 -> new PipeOperator.Where(expression(), AT);
            case 1 -> new PipeOperator.Select(dice.flip(), items(), AT);
            case 2 -> new PipeOperator.Extend(items(), AT);
            case 3 ->
                new PipeOperator.Assign(
                        dice.many(1, 2, () -> new PipeOperator.Assignment(identifier(), expression(), AT)), AT);
            case 4 -> new PipeOperator.Drop(identifiers(1), AT);
            case 5 -> new PipeOperator.Rename(dice.many(1, 2, this::renaming), AT);
            case 6 -> new PipeOperator.As(identifier(), AT);
            case 7 -> {
                JoinKind kind = dice.pick(JoinKind.values());
                yield new PipeOperator.Join(kind, relation(), condition(kind), AT);
            }
            case 8 -> new PipeOperator.Call(function(false), AT);
            case 9 -> {
                boolean hasItems = dice.flip();
                yield new PipeOperator.Aggregate(
                        hasItems ? items() : List.of(), dice.many(hasItems ? 0 : 1, 2, this::pipeGrouping), AT);
            }
            case 10 -> new PipeOperator.Distinct(AT);
            case 11 -> new PipeOperator.SetOperation(setOperator(), dice.many(1, 2, this::query), AT);
            case 12 -> new PipeOperator.OrderBy(sorting(1), AT);
            case 13 ->
                new PipeOperator.DistinctOn(dice.many(1, 2, this::expression), dice.many(0, 2, this::sortItem), AT);
            default -> new PipeOperator.Limit(expression(), dice.maybe(this::expression), AT);
        };
    }

    // Relations ------------------------------------------------------------------------------------------------------

    private Relation relation() {
        depth++;
        int kind = isDeepEnough(depth, 4) ? dice.below(2) : dice.below(9);
        Relation relation = switch (kind) {
            case 0 -> table();
            case 1 -> new Relation.File(dice.text(), alias(), AT);
            case 2 -> function(true);
            case 4 -> new Relation.AsOf(table(), expression(), AT);
            case 5 -> expiring();
            case 6 -> {
                Optional<Expression> every = dice.maybe(expressions::interval);
                Relation input = dice.flip() ? table() : expiring();
                yield new Relation.Refreshing(input, every, every.isEmpty() || dice.flip(), AT);
            }
            case 3 -> {
                Optional<Identifier> alias = alias();
                Relation.Subquery subquery =
                        new Relation.Subquery(query(), alias, alias.isPresent() ? identifiers(0) : List.of(), AT);
                yield dice.flip() ? subquery : new Relation.Lateral(subquery, AT);
            }
            default -> {
                JoinKind join = dice.pick(JoinKind.values());
                yield new Relation.Join(join, relation(), relation(), condition(join), AT);
            }
        };
        depth--;
        return relation;
    }

    private Relation.Table table() {
        return new Relation.Table(name(), dice.many(0, dice.below(2), this::property), alias(), AT);
    }

    /** Once and not around a table that is read again: that is how it is written. */
    private Relation.Expiring expiring() {
        Relation input = relation();
        boolean isPlain = !(input instanceof Relation.Expiring || input instanceof Relation.Refreshing);
        return new Relation.Expiring(isPlain ? input : table(), expressions.interval(), AT);
    }

    private JoinCondition condition(JoinKind kind) {
        if (kind == JoinKind.CROSS) {
            return new Relation.Unconditional(false);
        }
        return switch (dice.below(3)) {
            case 0 -> new Relation.On(expression());
            case 1 -> new Relation.Using(identifiers(1), AT);
            default -> new Relation.Unconditional(kind != JoinKind.ASOF && kind != JoinKind.ASOF_LEFT && dice.flip());
        };
    }

    /**
     * @param more whether its rows may be numbered and its columns named, which a pipe leaves out
     */
    private Relation.TableFunction function(boolean more) {
        Identifier name = new Identifier(dice.pick("TUMBLE", "f", "left"), false, AT);
        Optional<Identifier> alias = alias();
        List<Identifier> columns = more && alias.isPresent() ? dice.many(0, 2, this::identifier) : List.of();
        return new Relation.TableFunction(
                name, dice.many(0, 3, this::argument), more && dice.flip(), alias, columns, AT);
    }

    private Argument argument() {
        return new Argument(dice.maybe(this::identifier), argumentValue(), AT);
    }

    private ArgumentValue argumentValue() {
        return switch (dice.below(4)) {
            case 0 ->
                new Relation.TableArgument(
                        new Relation.Table(name(), Optional.empty(), AT), dice.many(0, 2, this::name));
            case 1 -> new Relation.TableArgument(new Relation.Subquery(query(), Optional.empty(), List.of(), AT));
            case 2 -> new Relation.DescriptorArgument(dice.many(1, 2, this::name), AT);
            default -> new Relation.ExpressionArgument(expressions.withoutQuery());
        };
    }
}
