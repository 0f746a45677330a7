package io.leat.runtime.job;

/** The version of this runtime, and which jobs it runs. */
public final class RuntimeVersion {
    public static final String CURRENT = "0.1.0";

    private RuntimeVersion() {}

    /** Whether a job compiled for that version runs here: the first two numbers must be the same. */
    static boolean runs(String version) {
        return line(version).equals(line(CURRENT));
    }

    private static String line(String version) {
        int second = version.indexOf('.', version.indexOf('.') + 1);
        return second < 0 ? version : version.substring(0, second);
    }
}
