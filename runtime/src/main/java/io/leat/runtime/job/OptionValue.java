package io.leat.runtime.job;

/**
 * The value of a table option before the job starts.
 *
 * @param kind where the value comes from
 * @param text the value, or the name under which the surroundings know it
 */
public record OptionValue(Kind kind, String text) {
    public enum Kind {
        /** The text itself, in which {@code ${name}} stands for a parameter. */
        PLAIN,
        /** The environment variable of this name. */
        ENVIRONMENT,
        /** The secret of this name. */
        SECRET
    }

    public static OptionValue plain(String text) {
        return new OptionValue(Kind.PLAIN, text);
    }

    /** A plain text may be a password that somebody wrote into the query; names of secrets are none. */
    @Override
    public String toString() {
        return kind == Kind.PLAIN ? "a plain value" : kind + " " + text;
    }
}
