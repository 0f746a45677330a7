package io.leat.runtime.local;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.Connectors;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobGraph;
import io.leat.runtime.job.JobSettings.StateStoreKind;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.platform.Platform;
import io.leat.runtime.state.StateStore;
import io.leat.runtime.state.chronicle.ChronicleStores;
import io.leat.runtime.state.heap.HeapStores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * Runs compiled jobs in this JVM. Several may run at once. Safe from any thread; closing it ends its jobs.
 *
 * <pre>{@code
 * try (Engine engine = Engine.open(); Job job = engine.deploy(CompiledJob.load(path), JobOptions.defaults())) {
 *     job.await();
 * }
 * }</pre>
 */
public final class Engine implements AutoCloseable {
    private final Platform platform;
    private final SecretResolver secrets;
    private final Connectors connectors;
    private final BufferAllocator allocator;
    private final ChronicleStores chronicle;
    private final List<Job> jobs = new ArrayList<>();

    private Engine(Platform platform, SecretResolver secrets, Connectors connectors) {
        this.platform = platform;
        this.secrets = secrets;
        this.connectors = connectors;
        this.allocator = newAllocator();
        this.chronicle = new ChronicleStores(platform.threads());
    }

    /** An engine on this machine that takes secrets from the environment. */
    public static Engine open() {
        return open(Platform.system(), SecretResolver.environmentOnly());
    }

    /**
     * An engine on the given machine.
     *
     * @throws ConnectorException if this JVM was started without the options that off-heap memory needs
     */
    public static Engine open(Platform platform, SecretResolver secrets) {
        return open(platform, secrets, Connectors.installed());
    }

    /**
     * As above, with these connectors.
     *
     * @throws ConnectorException if this JVM was started without the options that off-heap memory needs
     */
    public static Engine open(Platform platform, SecretResolver secrets, Connectors connectors) {
        return new Engine(platform, secrets, connectors);
    }

    /** Arrow itself notices only when a buffer is first seen as a {@code ByteBuffer}, in the middle of a job. */
    private static BufferAllocator newAllocator() {
        if (!Object.class.getModule().isOpen("java.nio", RootAllocator.class.getModule())) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    "this JVM does not let Arrow reach off-heap memory: start java with"
                            + " --add-opens=java.base/java.nio=ALL-UNNAMED");
        }
        return new RootAllocator();
    }

    /**
     * Starts a job.
     *
     * @throws ConnectorException if the state store that the options demand does not run here
     */
    public Job deploy(CompiledJob compiled, JobOptions options) {
        JobOptions effective = options.over(compiled.graph().settings());
        Notes notes = new Notes();
        StateStore.Factory stores = stores(effective.stateStore(), keepsGroups(compiled.graph()), notes);
        BufferAllocator ofJob = allocator.newChildAllocator(compiled.graph().name(), 0, Long.MAX_VALUE);
        JobContext context = new JobContext(compiled, effective, platform, ofJob, stores, secrets, connectors, notes);
        JobRun run = new JobRun(context);
        Job job = new Job(run, context, platform.threads(), closed -> {
            ofJob.close();
            forget(closed);
        });
        synchronized (jobs) {
            jobs.add(job);
        }
        job.start(compiled.graph().name());
        return job;
    }

    /** So that the classes of a closed job can be unloaded. */
    private void forget(Job closed) {
        synchronized (jobs) {
            jobs.remove(closed);
        }
    }

    private static boolean keepsGroups(JobGraph graph) {
        return graph.phases().stream()
                .flatMap(phase -> phase.nodes().stream())
                .anyMatch(NodeSpec.Aggregate.class::isInstance);
    }

    /**
     * @param used whether the job keeps groups there, so that its user should know where that is; of other state he is told when
     *     it goes there
     */
    private StateStore.Factory stores(StateStoreKind kind, boolean used, Notes notes) {
        if (kind == StateStoreKind.HEAP) {
            return new HeapStores();
        }
        Optional<String> obstacle = ChronicleStores.obstacle();
        if (obstacle.isEmpty()) {
            return chronicle;
        }
        if (kind == StateStoreKind.CHRONICLE) {
            throw new ConnectorException(Kind.CONFIGURATION, "state.store is chronicle, but " + obstacle.get());
        }
        String note = "state is kept on the heap: " + obstacle.get();
        if (used) {
            notes.add(note);
        }
        return new HeapStores(() -> notes.add(note));
    }

    @Override
    public void close() {
        List<Job> open;
        synchronized (jobs) {
            open = List.copyOf(jobs);
            jobs.clear();
        }
        open.forEach(Job::close);
        allocator.close();
    }
}
