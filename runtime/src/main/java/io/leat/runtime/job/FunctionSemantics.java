package io.leat.runtime.job;

import io.leat.runtime.job.JobGraph.PhaseSpec;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** What functions mean, beyond their names: results before and after agree as long as this is the same. */
public final class FunctionSemantics {
    /** One more whenever a function, a cast or an aggregate yields something else than it did for any value. */
    public static final int VERSION = 1;

    private FunctionSemantics() {}

    /** The time zones that a job uses, each with a print of its rules, which come with the Java that runs it and change over the years. */
    public static Map<String, String> zones(JobGraph graph) {
        Map<String, String> zones = new TreeMap<>();
        Stream<String> used = graph.phases().stream()
                .map(PhaseSpec::nodes)
                .flatMap(nodes -> nodes.stream())
                .filter(NodeSpec.Fused.class::isInstance)
                .flatMap(node -> ((NodeSpec.Fused) node).constants().stream())
                .filter(Constant.TimeZone.class::isInstance)
                .map(zone -> ((Constant.TimeZone) zone).name());
        Stream.concat(Stream.of(graph.zone()), used).forEach(name -> {
            ZoneRules rules = ZoneId.of(name).getRules();
            if (!rules.isFixedOffset()) {
                zones.put(name, print(rules));
            }
        });
        return zones;
    }

    private static String print(ZoneRules rules) {
        CRC32C sum = new CRC32C();
        String all = rules.getTransitions() + " " + rules.getTransitionRules();
        sum.update(all.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }
}
