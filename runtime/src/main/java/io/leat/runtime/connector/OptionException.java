package io.leat.runtime.connector;

/** An option of a table that is unknown, missing or makes no sense. */
public final class OptionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String help;

    /**
     * @param key the option at fault
     * @param help what to do instead; empty if the message says it all
     */
    public OptionException(String key, String message, String help) {
        super(message);
        this.key = key;
        this.help = help;
    }

    public String key() {
        return key;
    }

    public String help() {
        return help;
    }
}
