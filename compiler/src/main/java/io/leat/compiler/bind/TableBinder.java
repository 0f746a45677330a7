package io.leat.compiler.bind;

import io.leat.compiler.catalog.Catalog;
import io.leat.compiler.catalog.Table;
import io.leat.compiler.catalog.Table.TableColumn;
import io.leat.compiler.catalog.View;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Statement.ColumnDefinition;
import io.leat.grammar.tree.Statement.ComputedColumn;
import io.leat.grammar.tree.Statement.Metadata;
import io.leat.grammar.tree.Statement.PrimaryKey;
import io.leat.grammar.tree.Statement.Property;
import io.leat.grammar.tree.Statement.TableElement;
import io.leat.grammar.tree.Statement.Watermark;
import io.leat.runtime.connector.FoundColumns;
import io.leat.runtime.connector.MetadataColumn;
import io.leat.runtime.connector.SourceTraits;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.TimestampType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code CREATE TABLE}: columns, computed columns, watermark, key and options to a table. */
final class TableBinder {
    private final Context context;
    private final Problems problems;
    private final TypeBinder types;

    TableBinder(Context context) {
        this.context = context;
        this.problems = context.problems();
        this.types = new TypeBinder(problems);
    }

    Table bind(String name, List<TableElement> elements, List<Property> options, Origin at) {
        boolean hasEventTime = elements.stream().anyMatch(Watermark.class::isInstance);
        OptionBinder binder = new OptionBinder(context, name);
        boolean declared = elements.stream().anyMatch(ColumnDefinition.class::isInstance);
        int before = problems.errors();
        OptionBinder.Bound written = binder.bind(options, hasEventTime, at);
        if (!declared && problems.errors() > before) {
            throw new Problems.Abandoned(); // options that make no sense lead to no columns
        }
        Optional<FoundColumns> found = declared ? Optional.empty() : binder.columns(written, options, at);
        OptionBinder.Bound bound =
                found.map(each -> written.completed(each.options())).orElse(written);
        List<TableColumn> columns =
                columns(name, found.map(FoundColumns::fields).orElse(List.of()), elements, bound, at);
        Optional<Table.Watermark> watermark = watermark(name, elements, columns);
        List<Integer> key = primaryKey(name, elements, columns);
        return table(name, columns, watermark, key, bound, options, at);
    }

    /** The same table with other values for some of its options. */
    Table with(Table table, List<Property> hints) {
        List<Property> all = new ArrayList<>(hints);
        new OptionBinder(context, table.name())
                .written(table).stream()
                        .filter(property ->
                                hints.stream().noneMatch(hint -> hint.key().equals(property.key())))
                        .forEach(all::add);
        String changed = hints.stream()
                .map(hint -> "'" + hint.key() + "' = " + OptionBinder.shown(hint))
                .collect(Collectors.joining(", "));
        String name = table.name() + " with " + changed;
        boolean hasEventTime = table.watermark().isPresent();
        OptionBinder.Bound bound = new OptionBinder(context, table.name()).bind(all, hasEventTime, table.at());
        return table(name, table.columns(), table.watermark(), table.primaryKey(), bound, all, table.at());
    }

    private Table table(
            String name,
            List<TableColumn> columns,
            Optional<Table.Watermark> watermark,
            List<Integer> key,
            OptionBinder.Bound bound,
            List<Property> options,
            Origin at) {
        Table table = new Table(
                name,
                bound.connector().isPresent() ? Table.Kind.CONNECTOR : Table.Kind.MEMORY,
                columns,
                watermark,
                key,
                bound.connector(),
                bound.options(),
                bound.commonOptions(),
                bound.source(),
                Optional.empty(),
                Optional.empty(),
                at);
        new FormatChecks(problems).check(table, options, at);
        return new ChangelogBinder(problems).bind(table, bound.upserts(), options, at);
    }

    /** The columns; those that are not computed first get their types, since computed ones are expressions over them. */
    private List<TableColumn> columns(
            String table, List<Field> found, List<TableElement> elements, OptionBinder.Bound bound, Origin at) {
        List<TableColumn> physical = new ArrayList<>();
        Map<String, Identifier> names = new HashMap<>();
        for (Field field : found) {
            names.put(Identifier.key(field.name()), new Identifier(field.name(), true, at));
            physical.add(
                    new TableColumn(field.name(), field.type(), field.nullable(), Optional.empty(), Optional.empty()));
        }
        for (TableElement element : elements) {
            if (element instanceof ColumnDefinition column) {
                checkUnique(table, column.name(), names);
                physical.add(column(column, bound));
            } else if (element instanceof ComputedColumn column) {
                checkUnique(table, column.name(), names);
            }
        }
        if (names.isEmpty()) {
            problems.add(
                    ErrorCode.NOT_SUPPORTED,
                    elements.isEmpty() ? at : elements.get(0).at(),
                    "table " + table + " has no columns",
                    "declare them, such as " + table
                            + " (id BIGINT, name STRING); only files show what columns they have");
        }
        ExpressionBinder expressions = new ExpressionBinder(context, physicalRows(table, physical));
        List<TableColumn> all = new ArrayList<>(physical.subList(0, found.size()));
        int next = found.size();
        for (TableElement element : elements) {
            if (element instanceof ColumnDefinition) {
                all.add(physical.get(next++));
            } else if (element instanceof ComputedColumn column) {
                Expr value = expressions.conversions().settled(expressions.bind(column.expression()));
                all.add(new TableColumn(
                        column.name().text(), value.type(), value.nullable(), Optional.empty(), Optional.of(value)));
            }
        }
        return all;
    }

    /** The physical columns as a relation, for computed columns to speak of. */
    private static BoundRelation physicalRows(String table, List<TableColumn> physical) {
        List<Field> fields = physical.stream().map(TableColumn::field).toList();
        return BoundRelation.of(new LogicalPlan.Values(fields, List.of(), Origin.NONE), table);
    }

    private void checkUnique(String table, Identifier name, Map<String, Identifier> names) {
        Identifier first = names.putIfAbsent(name.key(), name);
        if (first != null) {
            problems.add(new Diagnostic(
                            ErrorCode.DUPLICATE_COLUMN,
                            "two columns of " + table + " are named '" + name + "'",
                            name.at())
                    .withNote("the first one", first.at())
                    .withHelp("give one of them another name; case makes no difference"));
        }
    }

    private TableColumn column(ColumnDefinition column, OptionBinder.Bound bound) {
        Type type = types.bind(column.type());
        Optional<MetadataColumn> metadata =
                column.metadata().flatMap(each -> metadata(column, each, type, bound.source()));
        return new TableColumn(
                column.name().text(), type, !column.notNull() && !column.primaryKey(), metadata, Optional.empty());
    }

    private Optional<MetadataColumn> metadata(
            ColumnDefinition column, Metadata metadata, Type type, Optional<SourceTraits> source) {
        String key = metadata.key().orElse(column.name().text());
        List<MetadataColumn> known = new ArrayList<>();
        source.map(SourceTraits::metadata).ifPresent(known::addAll);
        if (!known.isEmpty()) {
            known.add(MetadataColumn.VERSION);
        }
        Optional<MetadataColumn> found =
                known.stream().filter(each -> each.key().equals(key)).findFirst();
        List<String> names = known.stream().map(MetadataColumn::key).toList();
        if (found.isEmpty()) {
            problems.add(
                    ErrorCode.UNKNOWN_COLUMN,
                    column.at(),
                    "no metadata '" + key + "'",
                    names.isEmpty() ? "this table has no metadata" : Problems.meant(key, names, "there is"));
            return Optional.empty();
        }
        Type actual = found.get().type();
        boolean same = actual.equals(type)
                || actual instanceof TimestampType a
                        && type instanceof TimestampType b
                        && a.local() == b.local()
                        && b.precision() >= a.precision()
                        && !b.nanos();
        if (!same) {
            problems.add(
                    ErrorCode.TYPE_MISMATCH,
                    column.type().at(),
                    "metadata '" + key + "' is " + actual.sql() + " and not " + type.sql(),
                    "declare the column as " + actual.sql());
        }
        boolean required = column.notNull() || column.primaryKey();
        if (required && found.get().nullable()) {
            problems.add(
                    ErrorCode.TYPE_MISMATCH,
                    column.at(),
                    "metadata '" + key + "' may be missing, and '" + column.name() + "' is NOT NULL",
                    "leave NOT NULL out, and reject such rows with a filter");
        }
        return found;
    }

    private Optional<Table.Watermark> watermark(String name, List<TableElement> elements, List<TableColumn> columns) {
        Optional<Table.Watermark> watermark = Optional.empty();
        for (TableElement element : elements) {
            if (element instanceof Watermark definition) {
                if (watermark.isPresent()) {
                    problems.add(
                            ErrorCode.BAD_WATERMARK,
                            definition.at(),
                            "a table has one watermark",
                            "keep that of the column which windows go by");
                }
                watermark = Optional.of(new WatermarkBinder(context, name, columns).bind(definition));
            }
        }
        return watermark;
    }

    private List<Integer> primaryKey(String name, List<TableElement> elements, List<TableColumn> columns) {
        List<Integer> key = new ArrayList<>();
        for (TableElement element : elements) {
            if (element instanceof PrimaryKey definition) {
                if (definition.enforced()) {
                    problems.add(
                            ErrorCode.NOT_SUPPORTED,
                            definition.at(),
                            "a primary key is not enforced",
                            "write PRIMARY KEY (…) NOT ENFORCED");
                }
                definition.columns().forEach(column -> key.add(position(name, column, columns)));
            } else if (element instanceof ColumnDefinition column && column.primaryKey()) {
                key.add(position(name, column.name(), columns));
            }
        }
        key.removeIf(column -> column < 0);
        return key;
    }

    private int position(String table, Identifier name, List<TableColumn> columns) {
        for (int i = 0; i < columns.size(); i++) {
            if (Identifier.key(columns.get(i).name()).equals(name.key())) {
                return i;
            }
        }
        List<String> names = columns.stream().map(TableColumn::name).toList();
        problems.add(
                ErrorCode.UNKNOWN_COLUMN,
                name.at(),
                "no column '" + name + "' in " + table,
                Problems.meant(name.text(), names, table + " has"));
        return -1;
    }

    /** A table that a query fills, with the query's columns unless it declares its own. */
    Table ofQuery(String name, List<TableElement> elements, List<Property> options, LogicalPlan query, Origin at) {
        if (!elements.isEmpty()) {
            return bind(name, elements, options, at);
        }
        OptionBinder.Bound bound = new OptionBinder(context, name).bind(options, false, at);
        List<TableColumn> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Field field : query.output()) {
            if (!names.add(Identifier.key(field.name()))) {
                problems.add(
                        ErrorCode.DUPLICATE_COLUMN,
                        at,
                        "two columns of " + name + " would be named '" + field.name() + "'",
                        "give one of them another name with AS");
            }
            columns.add(
                    new TableColumn(field.name(), field.type(), field.nullable(), Optional.empty(), Optional.empty()));
        }
        return table(name, columns, Optional.empty(), List.of(), bound, options, at);
    }

    /** The catalog with one more table; a name that is taken is an error, unless it is to be replaced. */
    Catalog declare(Table table, boolean orReplace, Origin nameAt) {
        checkFree(table.name(), orReplace, nameAt);
        return context.catalog().with(table);
    }

    void checkFree(String name, boolean orReplace, Origin at) {
        Optional<Origin> first = context.catalog()
                .table(name)
                .map(Table::at)
                .or(() -> context.catalog().view(name).map(View::at));
        if (!orReplace && first.isPresent()) {
            problems.add(new Diagnostic(ErrorCode.DUPLICATE_TABLE, "'" + name + "' is declared already", at)
                    .withNote("it is declared here", first.get())
                    .withHelp("choose another name, or write CREATE OR REPLACE"));
        }
    }
}
