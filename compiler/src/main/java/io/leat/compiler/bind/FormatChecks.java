package io.leat.compiler.bind;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.catalog.Table.TableColumn;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Statement.Property;
import io.leat.runtime.connector.FormatSpec;
import io.leat.runtime.connector.SourceTraits;
import io.leat.runtime.connector.format.ColumnarFormat;
import io.leat.runtime.connector.format.FormatOptions;
import io.leat.runtime.job.OptionValue;
import io.leat.runtime.type.Type;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks that the format of a table can carry its columns. */
final class FormatChecks {
    private final Problems problems;

    FormatChecks(Problems problems) {
        this.problems = problems;
    }

    void check(Table table, List<Property> options, Origin at) {
        Optional<FormatSpec> format = table.source().flatMap(SourceTraits::format);
        if (format.isEmpty()) {
            checkColumnar(table, options, at);
            return;
        }
        Origin where = options.stream()
                .filter(option -> option.key().equals("format") || option.key().equals("value.format"))
                .map(Property::at)
                .findFirst()
                .orElse(at);
        List<TableColumn> carried = table.physicalColumns().stream()
                .filter(column -> column.metadata().isEmpty())
                .toList();
        for (TableColumn column : carried) {
            refusal(format.get().name(), column.type())
                    .ifPresent(reason -> problems.add(
                            ErrorCode.NOT_SUPPORTED,
                            where,
                            "column '" + column.name() + "' of " + table.name() + ": " + reason));
        }
        table.source()
                .flatMap(SourceTraits::keyFormat)
                .ifPresent(key -> checkKeyFields(key.fields(), table, options, at));
        checkKey(table, options, at);
        if (format.get().name().equals("raw")) {
            boolean one = carried.size() == 1
                    && (carried.get(0).type() instanceof Type.VarcharType
                            || carried.get(0).type() instanceof Type.VarbinaryType);
            if (!one) {
                problems.add(
                        ErrorCode.NOT_SUPPORTED,
                        where,
                        "format raw carries one column of type VARCHAR or VARBINARY",
                        "declare one such column, and take it apart with functions such as REGEXP_EXTRACT");
            }
        }
    }

    /** Files that hold their rows by column have no format of records, and say themselves what they carry. */
    private void checkColumnar(Table table, List<Property> options, Origin at) {
        Optional<ColumnarFormat> format = Stream.of("format", "value.format")
                .map(table.options()::get)
                .filter(Objects::nonNull)
                .map(OptionValue::text)
                .findFirst()
                .flatMap(ColumnarFormat::find);
        if (table.source().isEmpty() || format.isEmpty()) {
            return;
        }
        for (TableColumn column : table.physicalColumns()) {
            format.get()
                    .refusal(column.type())
                    .ifPresent(reason -> problems.add(
                            ErrorCode.NOT_SUPPORTED,
                            place("format", options, at),
                            "column '" + column.name() + "' of " + table.name() + ": " + reason));
        }
    }

    private void checkKeyFields(List<String> fields, Table table, List<Property> options, Origin at) {
        Origin where = place("key.fields", options, at);
        List<String> names =
                table.physicalColumns().stream().map(TableColumn::name).toList();
        for (String field : fields) {
            if (names.stream().noneMatch(name -> Identifier.key(name).equals(Identifier.key(field)))) {
                problems.add(
                        ErrorCode.UNKNOWN_COLUMN,
                        where,
                        "no column '" + field + "' in " + table.name() + " for the key of a record",
                        Problems.meant(field, names, "there is"));
            }
        }
    }

    /** The key of a record holds the columns that {@code key.fields} names, or the primary key; both are the same. */
    private void checkKey(Table table, List<Property> options, Origin at) {
        Optional<FormatSpec> format = table.source().flatMap(SourceTraits::keyFormat);
        if (format.isEmpty()) {
            return;
        }
        List<String> fields = format.get().fields();
        Set<String> primary = table.primaryKey().stream()
                .map(column -> Identifier.key(table.columns().get(column).name()))
                .collect(Collectors.toSet());
        if (fields.isEmpty() && primary.isEmpty()) {
            problems.add(
                    ErrorCode.BAD_OPTION,
                    place("key.format", options, at),
                    "the format of a key needs columns",
                    "name them with 'key.fields', or declare PRIMARY KEY (…) NOT ENFORCED");
        }
        Set<String> named = fields.stream().map(Identifier::key).collect(Collectors.toSet());
        if (!fields.isEmpty() && !primary.isEmpty() && !named.equals(primary)) {
            problems.add(
                    ErrorCode.BAD_OPTION,
                    place("key.fields", options, at),
                    "'key.fields' and the primary key of " + table.name() + " name different columns",
                    "leave 'key.fields' out: the key of a record is the primary key");
        }
    }

    private static Origin place(String option, List<Property> options, Origin otherwise) {
        return options.stream()
                .filter(each -> each.key().equals(option))
                .map(Property::at)
                .findFirst()
                .orElse(otherwise);
    }

    private static Optional<String> refusal(String format, Type type) {
        if (type instanceof Type.IntervalType) {
            return Optional.of("an INTERVAL cannot be read from " + format);
        }
        if (type instanceof Type.ArrayType array) {
            return format.equals("json") || format.equals(FormatOptions.DEBEZIUM)
                    ? refusal(format, array.element())
                    : Optional.of("an ARRAY cannot be read from " + format);
        }
        if (type instanceof Type.RowType row) {
            if (!format.equals("json") && !format.equals(FormatOptions.DEBEZIUM)) {
                return Optional.of("a ROW cannot be read from " + format);
            }
            return row.fields().stream()
                    .map(field -> refusal(format, field.type()))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return Optional.empty();
    }
}
