package io.leat.compiler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobClassLoader;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.local.Job;
import io.leat.runtime.platform.Clock;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A compiled job that nobody holds or runs leaves no class behind; until then all its jobs use the same classes. */
class UnloadingTest {
    private static final String QUERY = "SELECT x + 1 AS y FROM (SELECT 1 AS x)";

    @TempDir
    Path folder;

    @Test
    void classesOfACompiledJobAreUnloadedWithItsLastJob() throws JMException {
        try (QueryRuns runs = new QueryRuns(Clock.system(), folder)) {
            CompiledJob compiled = QueryRuns.compile(QUERY, 1);
            long before = loaders();
            List<Job> jobs = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Job job = runs.start(compiled, JobSettings.NONE, new ResultRows());
                job.await();
                jobs.add(job);
            }
            assertEquals(before + 1, loaders(), "jobs of one compiled job share its classes");
            compiled = null;
            assertEquals(before + 1, loaders(), "an open job has its classes");
            jobs.forEach(Job::close);
            jobs.clear();
            assertEquals(before, loaders());
        }
    }

    @Test
    void aCompiledJobKeepsItsClassesBetweenJobs() throws JMException {
        try (QueryRuns runs = new QueryRuns(Clock.system(), folder)) {
            CompiledJob compiled = QueryRuns.compile(QUERY, 1);
            long before = loaders();
            for (int i = 0; i < 2; i++) {
                try (Job job = runs.start(compiled, JobSettings.NONE, new ResultRows())) {
                    job.await();
                }
                assertEquals(before + 1, loaders());
            }
            Reference.reachabilityFence(compiled);
        }
    }

    /** How many class loaders of jobs are alive; counting them collects garbage first. */
    private static long loaders() throws JMException {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {null},
                        new String[] {String[].class.getName()});
        return histogram
                .lines()
                .filter(line -> line.strip().endsWith(" " + JobClassLoader.class.getName())
                        || line.contains(" " + JobClassLoader.class.getName() + " "))
                .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[1]))
                .sum();
    }
}
