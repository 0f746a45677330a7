package io.leat.compiler.bind;

import io.leat.compiler.catalog.Table;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.source.Suggestion;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Statement;
import io.leat.grammar.tree.Statement.ColumnDefinition;
import io.leat.grammar.tree.Statement.ComputedColumn;
import io.leat.grammar.tree.Statement.CreateTable;
import io.leat.grammar.tree.Statement.LikeOption;
import io.leat.grammar.tree.Statement.LikeOption.Taking;
import io.leat.grammar.tree.Statement.PrimaryKey;
import io.leat.grammar.tree.Statement.Property;
import io.leat.grammar.tree.Statement.TableElement;
import io.leat.grammar.tree.Statement.Watermark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code CREATE TABLE … LIKE t}: a declaration as it would be written in full. Columns that rows carry are always taken over; what else is, is
 * said feature by feature.
 */
final class LikeBinder {
    /** What a table has beside the columns that its rows carry. */
    private enum Feature {
        CONSTRAINTS,
        GENERATED,
        METADATA,
        OPTIONS,
        WATERMARKS
    }

    private final Problems problems;
    /** The declarations of tables by the key of their names. */
    private final Map<String, CreateTable> declared;

    LikeBinder(Problems problems, Map<String, CreateTable> declared) {
        this.problems = problems;
        this.declared = declared;
    }

    /** One that knows the same, and learns for itself. */
    LikeBinder copy() {
        return new LikeBinder(problems, new HashMap<>(declared));
    }

    /** Notes the declaration of a table, written in full. */
    void note(CreateTable table) {
        declared.put(Identifier.key(table.name().toString()), table);
    }

    /** Another declaration takes the place of one, without columns of its own. */
    void forget(String name) {
        declared.remove(Identifier.key(name));
    }

    /** A table written in full. */
    CreateTable inFull(CreateTable table, Context context) {
        if (table.like().isEmpty()) {
            return table;
        }
        Statement.Like like = table.like().get();
        CreateTable source = source(like, context);
        Map<Feature, Taking> takings = takings(like);
        return new CreateTable(
                table.name(),
                table.orReplace(),
                table.ifNotExists(),
                elements(source, table, takings, like.at()),
                options(source, table, takings.get(Feature.OPTIONS)),
                Optional.empty(),
                table.outlets(),
                table.at());
    }

    private CreateTable source(Statement.Like like, Context context) {
        String name = like.table().toString();
        CreateTable source = declared.get(Identifier.key(name));
        Optional<Table> table = context.catalog().table(name);
        if (source != null && table.isPresent()) {
            return source;
        }
        if (table.isEmpty() && context.catalog().view(name).isEmpty()) {
            throw new FromBinder(new QueryBinder(context))
                    .unknown(name, like.table().at());
        }
        throw problems.abandon(
                ErrorCode.NOT_SUPPORTED,
                like.table().at(),
                "'" + name + "' is not declared with columns in this file",
                "write the columns in full, or CREATE TABLE … AS SELECT … for those of a query");
    }

    private Map<Feature, Taking> takings(Statement.Like like) {
        Map<Feature, Taking> takings = new EnumMap<>(Feature.class);
        Arrays.stream(Feature.values()).forEach(each -> takings.put(each, Taking.INCLUDING));
        takings.put(Feature.OPTIONS, Taking.OVERWRITING);
        Map<Optional<Feature>, LikeOption> said = new HashMap<>();
        for (LikeOption option : like.options()) {
            Optional<Feature> feature = option.feature().map(this::feature);
            if (said.put(feature, option) != null) {
                problems.add(
                        ErrorCode.MISPLACED_CLAUSE, option.at(), "this repeats or contradicts what LIKE says before");
            }
            boolean cannot = feature.isEmpty() || feature.get() == Feature.CONSTRAINTS;
            if (cannot && option.taking() == Taking.OVERWRITING) {
                problems.add(
                        ErrorCode.NOT_SUPPORTED,
                        option.at(),
                        feature.isEmpty() ? "not all can be overwritten" : "a key cannot be overwritten",
                        "write EXCLUDING, and what is to be there instead");
            }
        }
        Optional.ofNullable(said.get(Optional.<Feature>empty()))
                .ifPresent(all -> takings.replaceAll((feature, taking) -> all.taking()));
        said.forEach((feature, option) -> feature.ifPresent(each -> takings.put(each, option.taking())));
        return takings;
    }

    private Feature feature(Identifier written) {
        String name = written.text().toUpperCase(Locale.ROOT);
        List<String> names = Arrays.stream(Feature.values()).map(Feature::name).toList();
        if (names.contains(name)) {
            return Feature.valueOf(name);
        }
        throw problems.abandon(
                ErrorCode.NOT_SUPPORTED,
                written.at(),
                "a table has no " + name + " that LIKE could speak of",
                Suggestion.nearest(name, new TreeSet<>(names))
                        .map(near -> "did you mean " + near + "?")
                        .orElse("write ALL, CONSTRAINTS, GENERATED, METADATA, OPTIONS or WATERMARKS"));
    }

    // ---- what is taken over
    // --------------------------------------------------------------------------------------------

    private List<TableElement> elements(
            CreateTable source, CreateTable table, Map<Feature, Taking> takings, Origin at) {
        List<TableElement> elements = new ArrayList<>();
        List<TableElement> own = new ArrayList<>(table.elements());
        for (TableElement element : source.elements()) {
            Optional<Feature> feature = feature(element);
            Taking taking = feature.map(takings::get).orElse(Taking.INCLUDING);
            if (taking == Taking.EXCLUDING) {
                continue;
            }
            Optional<TableElement> said =
                    own.stream().filter(each -> says(each, element)).findFirst();
            boolean overwrites = said.isPresent()
                    && taking == Taking.OVERWRITING
                    && feature(said.get()).equals(feature);
            if (said.isPresent() && !overwrites) {
                String help = feature.isEmpty() || feature.get() == Feature.CONSTRAINTS
                        ? feature.map(each -> "write LIKE " + source.name() + " (EXCLUDING " + each + ")")
                                .orElse("leave it out: it is taken over from there")
                        : "write LIKE " + source.name() + " (OVERWRITING " + feature.get() + ")";
                problems.add(
                        feature(said.get()).equals(Optional.of(Feature.CONSTRAINTS)) || said.get() instanceof Watermark
                                ? ErrorCode.MISPLACED_CLAUSE
                                : ErrorCode.DUPLICATE_COLUMN,
                        said.get().at(),
                        "'" + source.name() + "' says this already",
                        help);
                own.remove(said.get());
            }
            if (overwrites) {
                own.remove(said.get());
            }
            elements.add(overwrites ? said.get() : withoutKey(element, takings.get(Feature.CONSTRAINTS)));
        }
        elements.addAll(own);
        return elements;
    }

    /** Of columns that rows carry there is no feature: they are always taken over. */
    private static Optional<Feature> feature(TableElement element) {
        if (element instanceof ColumnDefinition column) {
            return column.metadata().map(metadata -> Feature.METADATA);
        }
        if (element instanceof ComputedColumn) {
            return Optional.of(Feature.GENERATED);
        }
        return Optional.of(element instanceof Watermark ? Feature.WATERMARKS : Feature.CONSTRAINTS);
    }

    /** Whether two elements cannot both be there. */
    private static boolean says(TableElement one, TableElement other) {
        Optional<String> column = column(one);
        return column.isPresent()
                ? column.equals(column(other)) || isKey(one) && isKey(other)
                : one instanceof Watermark && other instanceof Watermark || isKey(one) && isKey(other);
    }

    private static Optional<String> column(TableElement element) {
        if (element instanceof ColumnDefinition column) {
            return Optional.of(column.name().key());
        }
        return element instanceof ComputedColumn column
                ? Optional.of(column.name().key())
                : Optional.empty();
    }

    private static boolean isKey(TableElement element) {
        return element instanceof PrimaryKey || element instanceof ColumnDefinition column && column.primaryKey();
    }

    private static TableElement withoutKey(TableElement element, Taking ofKeys) {
        return ofKeys == Taking.EXCLUDING && element instanceof ColumnDefinition column && column.primaryKey()
                ? new ColumnDefinition(
                        column.name(), column.type(), column.notNull(), column.metadata(), false, column.at())
                : element;
    }

    private List<Property> options(CreateTable source, CreateTable table, Taking taking) {
        if (taking == Taking.EXCLUDING) {
            return table.options();
        }
        Map<String, Property> options = new TreeMap<>();
        source.options().forEach(option -> options.put(option.key(), option));
        for (Property option : table.options()) {
            if (options.put(option.key(), option) != null && taking == Taking.INCLUDING) {
                problems.add(
                        ErrorCode.BAD_OPTION,
                        option.at(),
                        "'" + source.name() + "' says '" + option.key() + "' already",
                        "write LIKE " + source.name() + " (OVERWRITING OPTIONS)");
            }
        }
        return List.copyOf(options.values());
    }
}
