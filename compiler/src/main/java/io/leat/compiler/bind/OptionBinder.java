package io.leat.compiler.bind;

import io.leat.compiler.catalog.ParameterText;
import io.leat.compiler.catalog.Table;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Statement.PlainValue;
import io.leat.grammar.tree.Statement.Property;
import io.leat.grammar.tree.Statement.PropertyValue;
import io.leat.grammar.tree.Statement.SecretValue;
import io.leat.runtime.connector.Connector;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.Connectors;
import io.leat.runtime.connector.FoundColumns;
import io.leat.runtime.connector.OptionException;
import io.leat.runtime.connector.OptionSet;
import io.leat.runtime.connector.OptionSpec;
import io.leat.runtime.connector.Options;
import io.leat.runtime.connector.SinkTraits;
import io.leat.runtime.connector.SourceSettings;
import io.leat.runtime.connector.SourceTraits;
import io.leat.runtime.connector.memory.MemoryConnector;
import io.leat.runtime.job.OptionValue;
import io.leat.runtime.platform.OutsideRootsException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The options of a table: which connector, and whether it knows them. */
final class OptionBinder {
    private static final String CONNECTOR = "connector";
    private static final Map<String, String> LATER = Map.of(
            "iceberg", "lake tables come later; write files with 'connector' = 'filesystem'",
            "delta", "lake tables come later; write files with 'connector' = 'filesystem'");
    /** Another name for a topic whose rows replace each other by key, which is what a topic with a primary key is. */
    private static final String UPSERTS = "upsert-kafka";

    private static final String NO_COLUMNS_HELP =
            "the columns of a table that declares none are those of its files, which have to be there when the query is compiled";

    private final Context context;
    private final Problems problems;
    private final String table;

    OptionBinder(Context context, String table) {
        this.context = context;
        this.problems = context.problems();
        this.table = table;
    }

    /**
     * What the options say, and the settings of the file where they say nothing.
     *
     * @param source what reading the table is like; empty if it cannot be read
     * @param upserts whether the connector is named as one whose tables have a key
     */
    record Bound(
            Optional<String> connector,
            Map<String, OptionValue> options,
            Map<String, OptionValue> commonOptions,
            Optional<SourceTraits> source,
            boolean upserts) {

        /** The same with options for those that are not written. */
        Bound completed(Map<String, String> more) {
            Map<String, OptionValue> all = new LinkedHashMap<>(options);
            more.forEach((key, value) -> all.putIfAbsent(key, OptionValue.plain(value)));
            return new Bound(connector, all, commonOptions, source, upserts);
        }
    }

    Bound bind(List<Property> properties, boolean hasEventTime, Origin at) {
        if (properties.isEmpty()) {
            return new Bound(Optional.empty(), Map.of(), Map.of(), Optional.of(MemoryConnector.TRAITS), false);
        }
        Map<String, OptionValue> options = new LinkedHashMap<>();
        Map<String, OptionValue> common = new LinkedHashMap<>();
        Map<String, Property> places = new LinkedHashMap<>();
        Optional<Property> connector = Optional.empty();
        for (Property property : properties) {
            if (places.put(property.key(), property) != null) {
                problems.add(ErrorCode.BAD_OPTION, property.keyAt(), "option '" + property.key() + "' is given twice");
            }
            if (property.key().equals(CONNECTOR)) {
                connector = Optional.of(property);
            } else if (SourceSettings.isCommon(property.key())) {
                common.put(property.key(), value(property));
            } else {
                options.put(property.key(), value(property));
            }
        }
        Optional<Connector> found = connector.flatMap(this::connector);
        if (connector.isEmpty()) {
            problems.add(
                    ErrorCode.BAD_OPTION,
                    at,
                    "table " + table + " has options and no 'connector'",
                    "add connector = '…', one of "
                            + String.join(", ", Connectors.installed().names()));
        }
        check(SourceSettings.OPTIONS, common, places, at);
        Map<String, OptionValue> complete = found.flatMap(Connector::readable)
                .map(side -> context.scan().completed(options, side.options(), hasEventTime))
                .orElse(options);
        Optional<SourceTraits> source = found.flatMap(each -> source(each, complete, places, at));
        // A table in memory is one without connector, however that is written.
        Optional<String> name = found.map(Connector::name).filter(each -> !each.equals(MemoryConnector.NAME));
        boolean upserts = connector.filter(each -> text(each).equals(UPSERTS)).isPresent();
        return new Bound(name, complete, common, source, upserts);
    }

    /**
     * The columns of a table that declares none, as what is there shows them; empty if the connector does not look, or there is something
     * wrong with the table, which is noted.
     */
    Optional<FoundColumns> columns(Bound bound, List<Property> written, Origin at) {
        Optional<Connector.Readable> side = bound.connector()
                .filter(name -> bound.source().isPresent())
                .flatMap(name -> Connectors.installed().find(name))
                .flatMap(Connector::readable);
        if (side.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Property> places = new LinkedHashMap<>();
        written.forEach(property -> places.putIfAbsent(property.key(), property));
        int before = problems.errors();
        bound.options()
                .forEach((key, value) -> openParameter(value).ifPresent(open -> noValue(open, place(key, places, at))));
        if (problems.errors() > before) {
            throw new Problems.Abandoned();
        }
        try {
            Options resolved = check(side.get().options(), bound.options(), places, at);
            Optional<FoundColumns> found =
                    context.lookout().columns(bound.connector().orElseThrow(), bound.options(), side.get(), resolved);
            found.ifPresent(
                    each -> each.notes()
                            .forEach(
                                    note -> problems.add(
                                            ErrorCode.VALUES_DIFFER,
                                            place("path", places, at),
                                            note,
                                            "declare the columns that you need: CREATE TABLE t (…) WITH (connector = 'filesystem', …)")));
            return found;
        } catch (OptionException e) {
            report(e, bound.options(), places, at);
        } catch (OutsideRootsException e) {
            problems.add(ErrorCode.BAD_OPTION, place("path", places, at), e.getMessage());
        } catch (ConnectorException e) {
            boolean missing = e.kind() == ConnectorException.Kind.INPUT_MISSING;
            ErrorCode code = missing ? ErrorCode.NO_FILE : ErrorCode.NO_COLUMNS;
            problems.add(code, place("path", places, at), e.getMessage(), NO_COLUMNS_HELP);
        }
        throw new Problems.Abandoned();
    }

    /** The options of a table as they could be written. */
    List<Property> written(Table table) {
        Map<String, OptionValue> all = new TreeMap<>(table.options());
        all.putAll(table.commonOptions());
        table.connector().ifPresent(name -> all.put(CONNECTOR, OptionValue.plain(name)));
        List<Property> properties = new ArrayList<>();
        all.forEach(
                (key, value) -> properties.add(new Property(key, table.at(), written(value, table.at()), table.at())));
        return properties;
    }

    private static PropertyValue written(OptionValue value, Origin at) {
        return switch (value.kind()) {
            case PLAIN -> new PlainValue(value.text(), at);
            case ENVIRONMENT -> new SecretValue("env", value.text(), at);
            case SECRET -> new SecretValue("secret", value.text(), at);
        };
    }

    /** The value of an option as it may be shown. */
    static String shown(Property property) {
        return property.value() instanceof PlainValue plain ? "'" + plain.text() + "'" : "a secret";
    }

    private OptionValue value(Property property) {
        if (property.value() instanceof SecretValue secret) {
            OptionValue.Kind kind =
                    secret.function().equals("env") ? OptionValue.Kind.ENVIRONMENT : OptionValue.Kind.SECRET;
            return new OptionValue(kind, secret.name());
        }
        return OptionValue.plain(((PlainValue) property.value()).text());
    }

    private Optional<Connector> connector(Property property) {
        String name = text(property);
        Connectors connectors = Connectors.installed();
        Optional<Connector> found = connectors.find(name.equals(UPSERTS) ? "kafka" : name);
        if (found.isEmpty()) {
            String help = LATER.getOrDefault(name, Problems.meant(name, connectors.names(), "connectors are"));
            problems.add(ErrorCode.UNKNOWN_CONNECTOR, property.at(), "no connector '" + name + "'", help);
        }
        return found;
    }

    private static String text(Property property) {
        return property.value() instanceof PlainValue plain ? plain.text() : "";
    }

    /** Checks options against those of the readable side, or, of a connector that is only written, of the other. */
    private Optional<SourceTraits> source(
            Connector connector, Map<String, OptionValue> options, Map<String, Property> places, Origin at) {
        if (connector.readable().isEmpty()) {
            connector.writable().ifPresent(writable -> {
                Options resolved = check(writable.options(), options, places, at);
                if (traits(() -> writable.traits(resolved), options, places, at).isPresent()) {
                    confine(connector, resolved, options, places, at);
                }
            });
            return Optional.empty();
        }
        // A table may be meant for reading or for writing: an option that either side knows is right.
        OptionSet readable = connector.readable().get().options();
        OptionSet both = connector
                .writable()
                .map(side -> union(readable, side.options()))
                .orElse(readable);
        int before = problems.all().size();
        Options resolved = check(both, options, places, at);
        if (problems.all().size() > before) {
            return Optional.empty();
        }
        Optional<SourceTraits> traits = traits(() -> connector.readable().get().traits(resolved), options, places, at);
        if (traits.isPresent()) {
            confine(connector, resolved, options, places, at);
        }
        return traits.map(this::ending);
    }

    /** Files that are not known before the job starts are looked at then. */
    private void confine(
            Connector connector,
            Options resolved,
            Map<String, OptionValue> options,
            Map<String, Property> places,
            Origin at) {
        if (!context.lookout().roots().areSet()) {
            return;
        }
        try {
            connector.confine(resolved, context.lookout().roots());
        } catch (OptionException e) {
            OptionValue value = options.get(e.key());
            if (value != null
                    && value.kind() == OptionValue.Kind.PLAIN
                    && openParameter(value).isEmpty()) {
                report(e, options, places, at);
            }
        }
    }

    private static OptionSet union(OptionSet first, OptionSet second) {
        List<OptionSpec> specs = new ArrayList<>(first.specs());
        second.specs().stream()
                .filter(spec -> specs.stream().noneMatch(each -> each.name().equals(spec.name())))
                .forEach(specs::add);
        return new OptionSet(specs);
    }

    /** A stream may end elsewhere in this run than by itself. */
    private SourceTraits ending(SourceTraits traits) {
        return switch (context.streamEnd()) {
            case OF_SOURCE -> traits;
            case NOW -> traits.end() == SourceTraits.End.UNBOUNDED ? traits.ending(SourceTraits.End.ENDING) : traits;
            case NONE -> traits.end() == SourceTraits.End.ENDING ? traits.ending(SourceTraits.End.UNBOUNDED) : traits;
        };
    }

    private <T> Optional<T> traits(
            Supplier<T> asked, Map<String, OptionValue> options, Map<String, Property> places, Origin at) {
        try {
            return Optional.of(asked.get());
        } catch (OptionException e) {
            report(e, options, places, at);
            return Optional.empty();
        }
    }

    private Options check(OptionSet set, Map<String, OptionValue> options, Map<String, Property> places, Origin at) {
        List<OptionException> found = new ArrayList<>();
        Options resolved = set.resolve(known(options), found);
        found.forEach(problem -> report(problem, options, places, at));
        return resolved;
    }

    /** The first parameter in an option that has no value yet. */
    private Optional<String> openParameter(OptionValue value) {
        return value.kind() == OptionValue.Kind.PLAIN
                ? ParameterText.firstOpen(value.text(), context.parameters())
                : Optional.empty();
    }

    /** What a table takes when it is written; empty, and problems noted, if its options are not in order for that. */
    Optional<SinkTraits> sink(Connector.Writable writable, Table target, Origin at) {
        Map<String, OptionValue> options = new LinkedHashMap<>(target.options());
        // What only the reading side knows was checked when the table was declared.
        options.keySet().removeIf(key -> !writable.options().knows(key));
        int before = problems.errors();
        Options resolved = check(writable.options(), options, Map.of(), at);
        return problems.errors() > before
                ? Optional.empty()
                : traits(() -> writable.traits(resolved), options, Map.of(), at);
    }

    private static Origin place(String key, Map<String, Property> places, Origin otherwise) {
        Property place = places.get(key);
        return place == null ? otherwise : place.at();
    }

    private void report(
            OptionException problem, Map<String, OptionValue> options, Map<String, Property> places, Origin at) {
        Origin where = place(problem.key(), places, at);
        OptionValue value = options.get(problem.key());
        Optional<String> open = value == null ? Optional.empty() : openParameter(value);
        if (open.isPresent()) {
            noValue(open.get(), where);
        } else if (value != null && value.kind() != OptionValue.Kind.PLAIN) {
            problems.add(
                    ErrorCode.BAD_OPTION,
                    where,
                    "option '" + problem.key() + "' has to be known when the query is compiled",
                    "write its value, or a parameter such as ${name}");
        } else if (problem.help().isEmpty()) {
            problems.add(ErrorCode.BAD_OPTION, where, problem.getMessage());
        } else {
            problems.add(ErrorCode.BAD_OPTION, where, problem.getMessage(), problem.help());
        }
    }

    private void noValue(String parameter, Origin at) {
        problems.add(
                ErrorCode.UNKNOWN_PARAMETER,
                at,
                "the parameter ${" + parameter + "} has no value",
                "give it one with -D " + parameter + "=value");
    }

    /** Values as far as they are known now. */
    private Map<String, String> known(Map<String, OptionValue> options) {
        Map<String, String> texts = new TreeMap<>();
        options.forEach((key, value) -> {
            texts.put(key, ParameterText.filled(value.text(), context.parameters()));
        });
        return texts;
    }
}
