package io.leat.compiler.bytecode;

import io.leat.runtime.job.ClassBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How many bytes of bytecode a method may have. HotSpot inlines hot methods of up to 325 bytes and does not compile methods above
 * 8,000 at all.
 */
public final class MethodBudget {
    /** For methods that run for each row or group. */
    public static final int PER_ROW = 325;
    /** For methods that run once per batch. */
    public static final int PER_BATCH = 2_000;
    /** For any method, other than those that run once per job. */
    public static final int HARD = 7_500;
    /** What the JVM takes: for constructors. */
    private static final int ONCE = 65_535;

    private MethodBudget() {}

    /** The budget of a method, by its name and descriptor. */
    public static int of(String method) {
        if (method.startsWith("<")) {
            return ONCE;
        }
        boolean perBatch = method.startsWith("process(")
                || method.startsWith("mergeSet")
                || method.endsWith("(Lio/leat/runtime/batch/Batch;)V");
        return perBatch ? PER_BATCH : PER_ROW;
    }

    /** The methods of a class that are over their budget, with their sizes. */
    public static List<String> overruns(byte[] classBytes) {
        List<String> overruns = new ArrayList<>();
        for (Map.Entry<String, Integer> method :
                ClassBytes.read(classBytes).codeSizes().entrySet()) {
            if (method.getValue() > of(method.getKey())) {
                overruns.add(method.getKey() + " has " + method.getValue() + " bytes");
            }
        }
        return overruns;
    }

    /** Whether a method is so large that it would never be compiled. */
    static boolean isHopeless(byte[] classBytes) {
        return ClassBytes.read(classBytes).codeSizes().entrySet().stream()
                .anyMatch(method -> method.getValue() > Math.max(HARD, of(method.getKey())));
    }
}
