package io.leat.compiler.simulation;

import io.leat.runtime.platform.Random;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A machine, its disk, its clock, and a broker: all that is outside of processes. Whatever happens in it follows from a seed. */
final class World {
    private static final Places PLACES = new Places(Path.of("/simulated"));

    private final Mutant mutant;
    private final Scenario scenario;
    private final Trace trace;
    private final Faults faults;
    private final SimulatedClock clock = new SimulatedClock();
    private final SimulatedDisk disk = new SimulatedDisk();
    private final Decisions decisions = new Decisions();
    private final SimulatedBroker broker;
    private final Scheduler scheduler;

    /**
     * @param switching how likely another thread goes on at a point
     */
    World(Scenario scenario, Mutant mutant, Trace trace, Faults faults, Random random, double switching) {
        this.scenario = scenario;
        this.mutant = mutant;
        this.trace = trace;
        this.faults = faults;
        this.broker = new SimulatedBroker(this);
        this.scheduler = new Scheduler(clock, random, trace, switching);
        scenario.rows().forEach(this::write);
        disk.syncAll();
    }

    /** A world in which nothing goes wrong. */
    static World calm(Scenario scenario) {
        Faults none = new Faults(new Random(0), 0, 0, 0);
        none.end();
        return new World(scenario, Mutant.NONE, new Trace(false), none, new Random(0), 0);
    }

    private void write(String table, List<List<Scenario.Row>> partitions) {
        List<List<SimulatedBroker.Sent>> topic = new ArrayList<>();
        try {
            disk.createDirectories(PLACES.input(table));
            for (int i = 0; i < partitions.size(); i++) {
                List<SimulatedBroker.Sent> records = new ArrayList<>();
                try (OutputStream out = disk.create(PLACES.input(table).resolve(i + ".json"))) {
                    for (Scenario.Row row : partitions.get(i)) {
                        records.add(new SimulatedBroker.Sent(row.text(), row.nanos()));
                        out.write((row.text() + "\n").getBytes(StandardCharsets.UTF_8));
                    }
                }
                topic.add(records);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        broker.input(table, topic);
    }

    Mutant mutant() {
        return mutant;
    }

    Places places() {
        return PLACES;
    }

    boolean isTransactional() {
        return scenario.toTopics();
    }

    Trace trace() {
        return trace;
    }

    Faults faults() {
        return faults;
    }

    SimulatedClock clock() {
        return clock;
    }

    SimulatedDisk disk() {
        return disk;
    }

    Decisions decisions() {
        return decisions;
    }

    SimulatedBroker broker() {
        return broker;
    }

    Scheduler scheduler() {
        return scheduler;
    }
}
