package io.leat.compiler.simulation;

import io.leat.compiler.simulation.Trace.Event;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.local.JobReport.SourceReport;
import io.leat.runtime.platform.Random;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The life of a job that keeps its state, with all that happens to it: starts that are killed, lose the power, stand still and wake up beside
 * the next one, meet errors of the disk and commits without answers. In the end nothing goes wrong any more, and the job comes to its end.
 */
final class Life {
    /** Starts merge files of state when there are more than so many, or fewer. */
    private static final int MOST_STATE_FILES = 4;

    private static final int MAX_STARTS = 12;
    private static final int MAX_POINTS = 1_500;
    private static final int MAX_POINTS_BETWEEN = 200;
    /** More than any start takes. */
    private static final long PATIENCE = 3_000_000;
    /** Starts that may fail in the end because an older one is still there. */
    private static final int LAST_STARTS = 5;

    private static final long MAX_JUMP_MICROS = 3_600_000_000L;

    private final long seed;
    private final Random random;
    private final Scenario scenario;
    private final World world;
    private final Outputs outputs;
    private final List<Start> zombies = new ArrayList<>();
    private final Tally tally = new Tally();
    private final boolean fullDisk;
    private long faultsBefore;
    /** Whether an older start was still there when the last one began. */
    private boolean zombiesBefore;

    private Optional<Undisturbed> expected = Optional.empty();

    Life(long seed, Mutant mutant, boolean verbose) {
        this.seed = seed;
        this.random = new Random(seed);
        this.scenario = Scenario.draw(random.split(), mutant);
        boolean errors = random.chance(0.4);
        Faults faults =
                new Faults(random.split(), errors ? 0.003 : 0, errors ? 0.001 : 0, random.chance(0.5) ? 0.02 : 0);
        this.fullDisk = random.chance(0.15);
        this.world = new World(
                scenario, mutant, new Trace(verbose), faults, random.split(), 0.05 + 0.6 * random.nextDouble());
        this.outputs = new Outputs(world, scenario);
    }

    /**
     * How a life went.
     *
     * @param violation what was wrong; empty for nothing
     */
    record End(long seed, String violation, long hash, Tally tally, List<String> lines) {}

    /** Lives it. */
    End live() {
        int starts = 2 + random.nextInt(MAX_STARTS - 1);
        boolean ended = false;
        for (int i = 0; i < starts && !ended && isSound(); i++) {
            ended = disturb();
        }
        world.faults().end();
        if (isSound() && !ended) {
            finish();
        }
        if (isSound() && random.chance(0.5)) {
            losePower(zombies);
            finish();
        }
        zombies.forEach(this::kill);
        if (isSound()) {
            compare();
        }
        tally.epochs = world.decisions().count();
        tally.events = world.trace().events();
        return new End(
                seed,
                world.decisions().violation(),
                world.trace().hash(),
                tally,
                world.trace().lines());
    }

    private boolean isSound() {
        return world.decisions().violation().isEmpty();
    }

    private Start start() {
        int workers = 1 + random.nextInt(3);
        tally.starts++;
        world.trace().note(Event.START, workers);
        faultsBefore = world.faults().made();
        zombiesBefore = zombies.stream().anyMatch(Start::isAlive);
        JobOptions options = JobOptions.defaults()
                .withSettings(Scenario.settings(random))
                .withSchedule(random.nextLong())
                .withState(world.places().state())
                .mergingStatesAfter(1 + (int) (tally.starts % MOST_STATE_FILES));
        return new Start(
                world,
                scenario.query().compile(world.places(), scenario.fromTopics(), scenario.toTopics(), workers),
                options);
    }

    /** A start with what happens to it; true if the job has come to its end. */
    private boolean disturb() {
        Start start = start();
        long points = 1L + random.nextInt(MAX_POINTS);
        while (start.isAlive() && points > 0 && isSound()) {
            long next = 1L + random.nextInt(MAX_POINTS_BETWEEN);
            world.scheduler().run(next);
            points -= next;
            outputs.look();
            disturbSlightly();
        }
        if (!start.isAlive()) {
            return ended(start);
        }
        int what = random.nextInt(10);
        if (what < 4) {
            kill(start);
        } else if (what < 8) {
            List<Start> all = new ArrayList<>(zombies);
            all.add(start);
            losePower(all);
        } else {
            stall(start);
        }
        outputs.look();
        return false;
    }

    private void disturbSlightly() {
        if (random.chance(0.05)) {
            world.trace().note(Event.JUMP, 0);
            world.clock().jump(random.nextLong(-MAX_JUMP_MICROS, MAX_JUMP_MICROS));
        }
        if (fullDisk && random.chance(0.05)) {
            world.faults().diskFull(!world.faults().isDiskFull());
        }
        for (Start zombie : zombies) {
            if (zombie.process().isStalled() && random.chance(0.3)) {
                world.trace().note(Event.WAKE, 0);
                zombie.process().stall(false);
            }
        }
    }

    private void kill(Start start) {
        if (start.isAlive()) {
            tally.kills++;
            world.trace().note(Event.KILL, 0);
            start.process().kill();
            end(start);
        }
        checkLeak(start);
    }

    /** Lets a start end that is about to. */
    private void end(Start start) {
        for (long points = 0; start.isAlive(); points += MAX_POINTS) {
            if (points > PATIENCE) {
                throw new IllegalStateException("seed " + seed + ": a start that is killed does not end");
            }
            world.scheduler().run(MAX_POINTS);
        }
    }

    /** All of these end with the power, if they have not yet. */
    private void losePower(List<Start> all) {
        tally.powerLosses++;
        world.trace().note(Event.POWER, 0);
        all.forEach(each -> each.process().kill());
        all.forEach(this::end);
        all.forEach(this::checkLeak);
        zombies.clear();
        world.disk().losePower(random);
        world.decisions().losePower(epoch -> world.disk().exists(world.places().decision(epoch)));
    }

    /** It stands still, and does not know that others go on. */
    private void stall(Start start) {
        tally.zombies++;
        world.trace().note(Event.STALL, 0);
        start.process().stall(true);
        start.process().losesLocks();
        zombies.add(start);
    }

    /** A start has ended by itself; true if the job has come to its end. */
    private boolean ended(Start start) {
        checkLeak(start);
        world.trace().note(Event.END, start.failure() == null ? 0 : 1);
        if (start.failure() == null) {
            start.report().ifPresent(report -> checkCounts(report.sources()));
            return true;
        }
        tally.failures++;
        boolean excused = zombiesBefore || world.faults().made() > faultsBefore;
        if (!excused) {
            world.decisions().violate("a start fails by itself: " + start.failure());
        }
        return false;
    }

    private void checkLeak(Start start) {
        if (start.leak() != null) {
            world.decisions().violate("a start leaves memory behind: " + start.leak());
        }
    }

    private void checkCounts(List<SourceReport> sources) {
        Map<String, String> counts = Undisturbed.counts(sources);
        boolean nothingLeftToDo = counts.values().stream().allMatch(each -> each.startsWith("0 read"));
        Undisturbed expected = expected();
        if (!nothingLeftToDo && !counts.equals(expected.counts())) {
            world.decisions().violate("counts are " + counts + " and not " + expected.counts());
        }
    }

    private Undisturbed expected() {
        if (expected.isEmpty()) {
            expected = Optional.of(Undisturbed.of(scenario));
        }
        return expected.get();
    }

    /** Nothing goes wrong any more, but older starts may still be there. */
    private void finish() {
        for (int i = 0; i < LAST_STARTS && isSound(); i++) {
            zombies.forEach(zombie -> zombie.process().stall(false));
            Start start = start();
            for (long points = 0; start.isAlive() && isSound(); points += MAX_POINTS) {
                if (points > PATIENCE) {
                    world.decisions().violate("a start does not end");
                }
                world.scheduler().run(MAX_POINTS_BETWEEN);
                outputs.look();
            }
            if (start.isAlive()) {
                kill(start);
            } else if (ended(start)) {
                return;
            }
        }
        if (isSound()) {
            world.decisions().violate("the job does not come to its end");
        }
    }

    private void compare() {
        Map<String, List<String>> rows = outputs.rows();
        if (!rows.equals(expected().rows())) {
            world.decisions()
                    .violate("rows differ: " + Differences.of(expected().rows(), rows));
        }
    }
}
