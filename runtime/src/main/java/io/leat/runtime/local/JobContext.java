package io.leat.runtime.local;

import io.leat.runtime.connector.Connector;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.Connectors;
import io.leat.runtime.connector.EpochApplier;
import io.leat.runtime.connector.EpochTransactions;
import io.leat.runtime.connector.LookupContext;
import io.leat.runtime.connector.LookupSource;
import io.leat.runtime.connector.OptionException;
import io.leat.runtime.connector.OptionSet;
import io.leat.runtime.connector.Options;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceContext;
import io.leat.runtime.connector.SourceSettings;
import io.leat.runtime.connector.SourceTraits;
import io.leat.runtime.connector.StagedSink;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobClassLoader;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.NodeSpec.JoinBound;
import io.leat.runtime.job.OptionValue;
import io.leat.runtime.job.SinkSpec;
import io.leat.runtime.job.SourceSpec;
import io.leat.runtime.kernel.Zone;
import io.leat.runtime.platform.Disk;
import io.leat.runtime.platform.Platform;
import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.StateStore;
import io.leat.runtime.state.StaticTable;
import io.leat.runtime.state.TableLayout;
import io.leat.runtime.state.paged.PagedStates;
import io.leat.runtime.type.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;

/** What all workers of a running job share. */
final class JobContext implements AutoCloseable {
    private final CompiledJob job;
    private final JobOptions options;
    private final Platform platform;
    /** What connectors see of it. */
    private final Platform confined;

    private final BufferAllocator allocator;
    private final StateStore.Factory stores;
    private final KeyedState.Factory keyedStates;
    private final StateMemory stateMemory;
    private final SecretResolver secrets;
    private final Notes notes;
    private final JobClassLoader loader;
    private final Zone zone;
    private final Connectors connectors;
    private final MemoryTables memory = new MemoryTables();
    private final Results results;
    private final Map<Integer, StaticTable> staticTables = new HashMap<>();
    private final RefreshedTables refreshed;
    /** Written before the first phase. */
    private Optional<DurableEpochs> durable = Optional.empty();

    private final SourceFindings findings = new SourceFindings();

    JobContext(
            CompiledJob job,
            JobOptions options,
            Platform platform,
            BufferAllocator allocator,
            StateStore.Factory stores,
            SecretResolver secrets,
            Connectors connectors,
            Notes notes) {
        this.job = job;
        this.options = options;
        this.platform = platform;
        this.confined = confined(platform, options);
        this.allocator = allocator;
        this.stateMemory = new StateMemory(allocator, options.stateMemory());
        this.stores = stateMemory.counted(stores);
        this.keyedStates = new PagedStates(this.stores, allocator, options.hotGroups());
        this.secrets = secrets;
        this.connectors = connectors;
        this.notes = notes;
        this.loader = job.loader();
        this.zone = Zone.of(ZoneId.of(job.graph().zone()));
        this.results = new Results(options.results());
        this.refreshed = new RefreshedTables(this);
    }

    /** A query that may use some directories only has the state directory, too, for what its sinks keep there. */
    private static Platform confined(Platform platform, JobOptions options) {
        try {
            List<Path> own = options.state().map(List::of).orElse(List.of());
            Disk disk = options.roots().confine(platform.disk(), own);
            return new Platform(platform.clock(), disk, platform.threads());
        } catch (IOException e) {
            throw new ConnectorException(Kind.IO, "cannot find the state directory: " + Disk.reason(e), e);
        }
    }

    CompiledJob job() {
        return job;
    }

    JobOptions options() {
        return options;
    }

    Platform platform() {
        return platform;
    }

    BufferAllocator allocator() {
        return allocator;
    }

    StateStore.Factory stores() {
        return stores;
    }

    /** Opens what operators keep between rows. */
    KeyedState.Factory keyedStates() {
        return keyedStates;
    }

    /** How much memory the job takes. */
    StateMemory stateMemory() {
        return stateMemory;
    }

    /** What the user should know. */
    Notes notes() {
        return notes;
    }

    JobClassLoader loader() {
        return loader;
    }

    Zone zone() {
        return zone;
    }

    MemoryTables memory() {
        return memory;
    }

    Results results() {
        return results;
    }

    RefreshedTables refreshed() {
        return refreshed;
    }

    Map<Integer, StaticTable> staticTables() {
        return staticTables;
    }

    /** What turned up in sources beside their rows. */
    SourceFindings findings() {
        return findings;
    }

    /** A new static table, the caller's. */
    StaticTable newStaticTable(NodeSpec.Build build) {
        return loader.create(
                build.tableClass(),
                StaticTable.class,
                new Class<?>[] {TableLayout.class, BufferAllocator.class},
                build.layout(),
                allocator);
    }

    /** Whether this run pauses where the source goes on in a later run. */
    boolean pausesIn(SourceSpec spec) {
        return options.untilNow() && options.state().isPresent() && spec.end() == SourceTraits.End.UNBOUNDED;
    }

    Source openSource(SourceSpec spec) {
        Connector.Readable readable =
                connector(spec.connector().orElseThrow()).readable().orElseThrow(() -> cannot("read", spec.table()));
        Options resolved = resolve(
                spec.table(),
                readable.options(),
                spec.options(),
                check(spec.connector().orElseThrow(), readable::traits));
        // What the compiler took to end must end, also where a job jar is run without being told so again.
        boolean untilNow = options.untilNow() || spec.end() != SourceTraits.End.UNBOUNDED;
        Source source =
                readable.open(new SourceContext(spec.table(), resolved, spec.carried(), untilNow, confined, allocator));
        source.onlyOnce().filter(name -> durable.isPresent()).ifPresent(name -> {
            source.close();
            throw new ConnectorException(
                    ConnectorException.Kind.CONFIGURATION,
                    "'" + name
                            + "' can be read only once, so that a job that keeps its state could not go on: write the"
                            + " rows of " + spec.table() + " into a file first, or run without a state directory");
        });
        return source;
    }

    /** A table that is asked for keys. */
    LookupSource openLookup(JoinBound.Lookup lookup, Schema schema) {
        Connector.Readable readable =
                connector(lookup.connector()).readable().orElseThrow(() -> cannot("read", lookup.table()));
        Options resolved = resolve(
                lookup.table(), readable.options(), lookup.options(), check(lookup.connector(), readable::traits));
        return readable.openLookup(new LookupContext(
                lookup.table(), resolved, schema, lookup.keys(), options.batchRows(), confined, allocator));
    }

    SourceSettings settings(SourceSpec spec) {
        Options resolved = resolve(spec.table(), SourceSettings.OPTIONS, spec.commonOptions(), none -> {});
        return SourceSettings.of(resolved, spec.end() == SourceTraits.End.UNBOUNDED);
    }

    /** From now on, rows that are delivered wait until their epoch is decided, where that is possible. */
    void durable(DurableEpochs epochs) {
        durable = Optional.of(epochs);
    }

    /**
     * @param node that delivers
     * @param resumed whether rows of an earlier run were delivered there, behind which these come
     */
    Delivery openDelivery(int node, SinkSpec spec, int statement, int result, boolean resumed) {
        return switch (spec.kind()) {
            case MEMORY -> Delivery.toMemory(memory, spec.name(), statement);
            case PRINT -> {
                atLeastOnce(spec.name());
                yield Delivery.toResult(results, result);
            }
            case TABLE -> {
                Connector.Writable writable = writable(spec);
                SinkContext sink = sinkContext(spec, spec.replace() && !resumed);
                Optional<EpochTransactions> transactions = durable.flatMap(DurableEpochs::transactions);
                if (transactions.isPresent() && writable.isTransactional(sink.options())) {
                    yield Delivery.toSink(transactions.get().open(sink));
                }
                Optional<StagedSink> staged = durable.flatMap(epochs -> writable.openStaged(sink, epochs.run(node)));
                if (staged.isPresent()) {
                    yield Delivery.toStaged(staged.get());
                }
                atLeastOnce(spec.name());
                yield Delivery.toSink(writable.open(sink));
            }
        };
    }

    /**
     * What shows rows in a table when they are decided; empty if they do not wait for that.
     *
     * @param sink what it is called where rows are staged
     */
    Optional<EpochApplier> openApplier(SinkSpec spec, String sink) {
        return writable(spec).openApplier(sinkContext(spec, false), sink);
    }

    Connector.Writable writable(SinkSpec spec) {
        return connector(spec.connector().orElseThrow()).writable().orElseThrow(() -> cannot("write", spec.name()));
    }

    private SinkContext sinkContext(SinkSpec spec, boolean replace) {
        return new SinkContext(
                spec.name(),
                sinkOptions(spec),
                spec.schema(),
                spec.telling().forSink(),
                keyColumns(spec),
                replace,
                zone.id(),
                confined,
                allocator);
    }

    Options sinkOptions(SinkSpec spec) {
        Connector.Writable writable = writable(spec);
        return resolve(
                spec.name(),
                writable.options(),
                spec.options(),
                check(spec.connector().orElseThrow(), writable::traits));
    }

    /** Options must not contradict each other, nor lead to files that the query must not use. */
    private Consumer<Options> check(String connector, Consumer<Options> traits) {
        return resolved -> {
            traits.accept(resolved);
            if (options.roots().areSet()) {
                connector(connector).confine(resolved, options.roots());
            }
        };
    }

    private void atLeastOnce(String sink) {
        if (durable.isPresent()) {
            notes.add("rows of " + sink + " are delivered at least once: those of the epoch in which a run is killed"
                    + " come again");
        }
    }

    private static List<Integer> keyColumns(SinkSpec spec) {
        int first = spec.telling().marked() ? 1 : 0;
        return spec.key().stream().map(column -> first + column).toList();
    }

    private Connector connector(String name) {
        return connectors
                .find(name)
                .orElseThrow(() -> new ConnectorException(
                        Kind.CONFIGURATION,
                        "no connector '" + name + "' on the class path; there are "
                                + String.join(", ", connectors.names())));
    }

    private static ConnectorException cannot(String what, String table) {
        return new ConnectorException(Kind.CONFIGURATION, "the connector of " + table + " cannot " + what + " tables");
    }

    /**
     * @param check what finds options that contradict each other, which may come to light only with the values of parameters
     */
    private Options resolve(String table, OptionSet set, Map<String, OptionValue> values, Consumer<Options> check) {
        Map<String, String> texts = new TreeMap<>();
        values.forEach((key, value) -> texts.put(key, text(table, key, value)));
        List<OptionException> problems = new ArrayList<>();
        Options resolved = set.resolve(texts, problems);
        try {
            if (problems.isEmpty()) {
                check.accept(resolved);
            }
        } catch (OptionException e) {
            problems.add(e);
        }
        if (!problems.isEmpty()) {
            OptionException problem = problems.get(0);
            OptionValue value = values.get(problem.key());
            // The message quotes the value, which must not be shown if it is a secret.
            boolean secret = value != null && value.kind() != OptionValue.Kind.PLAIN;
            String message = secret
                    ? "the value of '" + value.text() + "' makes no sense for option '" + problem.key() + "'"
                    : problem.getMessage();
            throw new ConnectorException(Kind.CONFIGURATION, table + ": " + message);
        }
        return resolved;
    }

    private String text(String table, String key, OptionValue value) {
        return switch (value.kind()) {
            case PLAIN -> Parameters.replace(value.text(), options.parameters(), table, key);
            case ENVIRONMENT ->
                secrets.environment(value.text())
                        .orElseThrow(() -> new ConnectorException(
                                Kind.CONFIGURATION,
                                "option '" + key + "' of " + table + " needs the environment variable "
                                        + value.text()));
            case SECRET ->
                secrets.secret(value.text())
                        .orElseThrow(() -> new ConnectorException(
                                Kind.CONFIGURATION,
                                "option '" + key + "' of " + table + " needs the secret '" + value.text() + "'"));
        };
    }

    @Override
    public void close() {
        results.close();
        memory.close();
        refreshed.close();
        staticTables.values().forEach(StaticTable::close);
        staticTables.clear();
    }
}
