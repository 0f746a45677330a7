package io.leat.compiler.bind;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.catalog.Table.Changelog;
import io.leat.compiler.catalog.Table.TableColumn;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Statement.Property;
import io.leat.runtime.connector.FormatSpec;
import io.leat.runtime.connector.SourceSettings;
import io.leat.runtime.connector.SourceTraits;
import io.leat.runtime.type.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether rows of a table come and go when it is read: a topic with a primary key, records as Debezium writes them, or a first column
 * {@code op} that says so with {@code changelog = 'op'}.
 */
final class ChangelogBinder {
    private static final String TOPIC = "kafka";
    private static final String FILES = "filesystem";

    private final Problems problems;

    ChangelogBinder(Problems problems) {
        this.problems = problems;
    }

    /**
     * The table with what reading it means.
     *
     * @param upserts whether its connector is named as one whose rows replace each other by key
     */
    Table bind(Table table, boolean upserts, List<Property> options, Origin at) {
        boolean op = table.commonOptions().containsKey(SourceSettings.CHANGELOG);
        boolean envelopes = table.source()
                .flatMap(SourceTraits::format)
                .filter(FormatSpec::isChanges)
                .isPresent();
        boolean keyed = !table.primaryKey().isEmpty();
        if (upserts && !keyed) {
            problems.add(
                    ErrorCode.BAD_OPTION,
                    place("connector", options, at),
                    "rows of '" + table.name() + "' replace each other by key, and it has none",
                    "declare PRIMARY KEY (…) NOT ENFORCED");
        }
        int before = problems.errors();
        if (op) {
            checkOp(table, envelopes, place(SourceSettings.CHANGELOG, options, at));
        }
        boolean topic = keyed && !op && !envelopes && table.connector().equals(Optional.of(TOPIC));
        boolean reads = table.source().isPresent() && (op || envelopes || topic);
        if (!reads || problems.errors() > before) {
            return table;
        }
        if (keyed) {
            checkKey(table, op, at);
        }
        if (problems.errors() > before) {
            return table;
        }
        Changelog changelog =
                new Changelog(op, keyed, topic, table.connector().equals(Optional.of(FILES)), table.watermark(), false);
        return table.withChangelog(changelog, topic ? byKey(table, at) : table.source());
    }

    private static Origin place(String key, List<Property> options, Origin otherwise) {
        return options.stream()
                .filter(option -> option.key().equals(key))
                .map(Property::at)
                .findFirst()
                .orElse(otherwise);
    }

    private void checkOp(Table table, boolean envelopes, Origin at) {
        if (table.kind() != Table.Kind.CONNECTOR) {
            problems.add(
                    ErrorCode.BAD_OPTION,
                    at,
                    "a table in memory holds rows, not changes",
                    "leave 'changelog' out, or write the changes to files and read them from there");
        } else if (envelopes) {
            problems.add(
                    ErrorCode.BAD_OPTION,
                    at,
                    "records of format debezium-json say themselves what happens",
                    "leave 'changelog' out");
        } else if (!EmitBinder.hasKind(table)
                || !isKind(table.columns().get(0))
                || table.physicalColumns().size() < 2) {
            problems.add(
                    ErrorCode.BAD_OPTION,
                    at,
                    "changelog = 'op' reads the kind of each change from the first column, and that of '" + table.name()
                            + "' is not op STRING",
                    "declare op STRING in front of the columns of the rows; it holds +I, -U, +U or -D");
        }
    }

    private static boolean isKind(TableColumn column) {
        return column.name().equalsIgnoreCase(EmitBinder.OP) && !column.isComputed();
    }

    private void checkKey(Table table, boolean op, Origin at) {
        for (int column : table.primaryKey()) {
            TableColumn key = table.columns().get(column);
            if (key.isComputed() || op && column == 0) {
                problems.add(
                        ErrorCode.BAD_OPTION,
                        at,
                        "rows of '" + table.name() + "' replace each other by its primary key, and '" + key.name()
                                + "' is " + (key.isComputed() ? "computed" : "the kind of a change"),
                        "name columns that the rows carry");
            }
        }
    }

    /** The key of a record holds the primary key, as JSON unless its format is named: as it is written. */
    private Optional<SourceTraits> byKey(Table table, Origin at) {
        SourceTraits traits = table.source().orElseThrow();
        List<String> names = table.primaryKey().stream()
                .map(column -> table.columns().get(column).name())
                .toList();
        FormatSpec key =
                traits.keyFormat().orElseGet(() -> new FormatSpec("json", Map.of("lines", "false"), false, names));
        if (key.name().equals("raw")) {
            Type type = table.columns().get(table.primaryKey().get(0)).type();
            boolean one = names.size() == 1 && (type instanceof Type.VarcharType || type instanceof Type.VarbinaryType);
            if (!one) {
                problems.add(
                        ErrorCode.BAD_OPTION,
                        at,
                        "a raw key is one column of type VARCHAR or VARBINARY, and the primary key of '" + table.name()
                                + "' is not",
                        "write 'key.format' = 'json' or 'csv'");
            }
        }
        FormatSpec named = new FormatSpec(key.name(), key.settings(), key.lines(), names, key.without());
        return Optional.of(new SourceTraits(
                traits.end(), traits.stream(), traits.format(), Optional.of(named), traits.metadata(), traits.once()));
    }
}
