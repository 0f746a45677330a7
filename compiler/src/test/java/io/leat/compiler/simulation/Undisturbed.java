package io.leat.compiler.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.job.JobSettings.StateStoreKind;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.local.JobReport.SourceReport;
import io.leat.runtime.local.RowCounts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one run shows that nobody disturbs: with one worker, into files, without state.
 *
 * @param rows of each table, sorted
 * @param counts what became of the rows of each source
 */
record Undisturbed(Map<String, List<String>> rows, Map<String, String> counts) {

    static Undisturbed of(Scenario scenario) {
        World world = World.calm(scenario);
        CompiledJob job = scenario.query().compile(world.places(), scenario.fromTopics(), false, 1);
        JobSettings settings = JobSettings.NONE.withStateStore(StateStoreKind.HEAP);
        Start start = new Start(world, job, JobOptions.defaults().withSettings(settings));
        world.scheduler().run(Long.MAX_VALUE);
        if (start.failure() != null || start.leak() != null) {
            throw new AssertionError(
                    "the query fails by itself", start.failure() == null ? start.leak() : start.failure());
        }
        Undisturbed undisturbed = new Undisturbed(
                new Outputs(world, scenario).rows(),
                counts(start.report().orElseThrow().sources()));
        undisturbed.check(scenario);
        return undisturbed;
    }

    /** All records are counted, and the tables are what can be computed by hand. */
    private void check(Scenario scenario) {
        scenario.query()
                .inputs()
                .forEach(table ->
                        assertTrue(counts.get(table).startsWith(scenario.size(table) + " read, "), counts::toString));
        Answers.of(scenario).forEach((table, expected) -> assertEquals(expected, rows.get(table), table));
    }

    /** As text, by table. */
    static Map<String, String> counts(List<SourceReport> sources) {
        Map<String, String> counts = new TreeMap<>();
        for (SourceReport source : sources) {
            RowCounts of = source.counts();
            counts.put(
                    source.table(),
                    of.read() + " read, " + of.rejected() + " rejected, " + of.late() + " late, " + of.onTime()
                            + " on time, " + of.filtered() + " filtered");
        }
        return counts;
    }
}
