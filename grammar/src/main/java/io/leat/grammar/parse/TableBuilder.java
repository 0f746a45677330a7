package io.leat.grammar.parse;

import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Statement.ColumnDefinition;
import io.leat.grammar.tree.Statement.ComputedColumn;
import io.leat.grammar.tree.Statement.Like;
import io.leat.grammar.tree.Statement.LikeOption;
import io.leat.grammar.tree.Statement.Metadata;
import io.leat.grammar.tree.Statement.PlainValue;
import io.leat.grammar.tree.Statement.PrimaryKey;
import io.leat.grammar.tree.Statement.Property;
import io.leat.grammar.tree.Statement.PropertyValue;
import io.leat.grammar.tree.Statement.SecretValue;
import io.leat.grammar.tree.Statement.TableElement;
import io.leat.grammar.tree.Statement.Watermark;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;

/** Builds what a table definition is made of, and options. */
final class TableBuilder extends FamilyBuilder<TableElement> {
    private final TreeBuilder build;

    TableBuilder(TreeBuilder build) {
        this.build = build;
    }

    /** No list at all is an empty one. */
    List<TableElement> elements(QueryParser.TableElementsContext context) {
        return context == null
                ? List.of()
                : ((QueryParser.ElementsContext) context)
                        .tableElement().stream().map(this::visit).toList();
    }

    @Override
    public TableElement visitColumn(QueryParser.ColumnContext context) {
        Map<Class<?>, QueryParser.ColumnConstraintContext> constraints = new HashMap<>();
        for (QueryParser.ColumnConstraintContext constraint : context.columnConstraint()) {
            QueryParser.ColumnConstraintContext earlier = constraints.putIfAbsent(family(constraint), constraint);
            if (earlier != null) {
                throw new SyntaxException(new Diagnostic(
                                ErrorCode.MISPLACED_CLAUSE,
                                "this repeats or contradicts what the column says before",
                                Places.of(constraint))
                        .withNote("said here", Places.of(earlier)));
            }
        }
        return new ColumnDefinition(
                build.names.identifier(context.columnName()),
                build.types.visit(context.type()),
                constraints.get(QueryParser.NotNullContext.class) instanceof QueryParser.NotNullContext,
                Optional.ofNullable(constraints.get(QueryParser.MetadataContext.class))
                        .map(this::metadata),
                constraints.containsKey(QueryParser.ColumnIsKeyContext.class),
                Places.of(context));
    }

    /** NULL and NOT NULL exclude each other. */
    private static Class<?> family(QueryParser.ColumnConstraintContext constraint) {
        return constraint instanceof QueryParser.NullableContext
                ? QueryParser.NotNullContext.class
                : constraint.getClass();
    }

    private Metadata metadata(QueryParser.ColumnConstraintContext constraint) {
        QueryParser.MetadataContext metadata = (QueryParser.MetadataContext) constraint;
        return new Metadata(
                Optional.ofNullable(metadata.STRING()).map(build.literals::text), metadata.VIRTUAL() != null);
    }

    @Override
    public TableElement visitComputedColumn(QueryParser.ComputedColumnContext context) {
        return new ComputedColumn(
                build.names.identifier(context.columnName()),
                build.expressions.visit(context.expression()),
                Places.of(context));
    }

    @Override
    public TableElement visitWatermark(QueryParser.WatermarkContext context) {
        return new Watermark(
                build.names.name(context.name()), build.expressions.visit(context.expression()), Places.of(context));
    }

    @Override
    public TableElement visitPrimaryKey(QueryParser.PrimaryKeyContext context) {
        // The name of a constraint is written like a column, in front of PRIMARY.
        int columnsFrom = context.CONSTRAINT() == null ? 0 : 1;
        List<QueryParser.IdentifierContext> names = context.identifier();
        List<Identifier> columns = build.names.identifiers(names.subList(columnsFrom, names.size()));
        return new PrimaryKey(columns, context.NOT() == null, Places.of(context));
    }

    Like like(QueryParser.LikeClauseContext context) {
        QueryParser.LikeTableContext like = (QueryParser.LikeTableContext) context;
        List<LikeOption> options =
                like.likeOption().stream().map(this::likeOption).toList();
        return new Like(build.names.name(like.name()), options, Places.of(context));
    }

    private LikeOption likeOption(QueryParser.LikeOptionContext context) {
        QueryParser.LikeFeatureContext feature = (QueryParser.LikeFeatureContext) context;
        LikeOption.Taking taking = switch (feature.getStart().getType()) {
            case QueryParser.INCLUDING -> LikeOption.Taking.INCLUDING;
            case QueryParser.EXCLUDING -> LikeOption.Taking.EXCLUDING;
            default -> LikeOption.Taking.OVERWRITING;
        };
        return new LikeOption(
                taking, Optional.ofNullable(feature.identifier()).map(build.names::identifier), Places.of(context));
    }

    // Options --------------------------------------------------------------------------------------------------------

    /** No list at all is an empty one. */
    List<Property> options(QueryParser.OptionClauseContext context) {
        return context == null
                ? List.of()
                : ((QueryParser.OptionListContext) context)
                        .property().stream().map(this::property).toList();
    }

    List<Property> properties(List<QueryParser.PropertyContext> contexts) {
        return contexts.stream().map(this::property).toList();
    }

    Property property(QueryParser.PropertyContext context) {
        QueryParser.KeyAndValueContext property = (QueryParser.KeyAndValueContext) context;
        QueryParser.PropertyKeyContext key = property.propertyKey();
        String text = key instanceof QueryParser.QuotedKeyContext quoted
                ? build.literals.text(quoted.STRING())
                : dotted(((QueryParser.DottedKeyContext) key).propertyWord());
        return new Property(text, Places.of(key), value(property.propertyValue()), Places.of(context));
    }

    private String dotted(List<QueryParser.PropertyWordContext> words) {
        return words.stream()
                .map(word -> build.names.identifier((ParserRuleContext) word).text())
                .collect(Collectors.joining("."));
    }

    private PropertyValue value(QueryParser.PropertyValueContext context) {
        Origin at = Places.of(context);
        if (context instanceof QueryParser.TextValueContext text) {
            return new PlainValue(build.literals.text(text.STRING()), at);
        }
        if (context instanceof QueryParser.WordValueContext words) {
            return new PlainValue(dotted(words.propertyWord()), at);
        }
        if (context instanceof QueryParser.SecretValueContext secret) {
            return secret(secret, at);
        }
        return new PlainValue(context.getText().toLowerCase(Locale.ROOT), at);
    }

    private SecretValue secret(QueryParser.SecretValueContext context, Origin at) {
        Identifier function = build.names.identifier(context.identifier());
        if (!function.key().equals("env") && !function.key().equals("secret")) {
            throw new SyntaxException(
                    ErrorCode.UNEXPECTED_TOKEN,
                    "found '" + TokenNames.shortened(function.text()) + "', expected env or secret",
                    function.at(),
                    "the value of an option is a text, a number, true, false, env('NAME') or secret('name')");
        }
        return new SecretValue(function.key(), build.literals.text(context.STRING()), at);
    }
}
