package io.leat.compiler.simulation;

import java.util.ArrayList;
import java.util.List;

/** What happened, as one number: the same events in the same order give the same number. */
final class Trace {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final List<String> lines;
    private long hash;
    private long events;

    /** What may happen. */
    enum Event {
        TURN,
        CREATE,
        WRITE,
        SYNC,
        MOVE,
        DELETE,
        MAKE_DIRECTORY,
        LINK,
        LOCK,
        LIST,
        READ,
        POLL,
        ROW,
        COMMIT,
        FENCE,
        FAULT,
        START,
        END,
        KILL,
        POWER,
        STALL,
        WAKE,
        JUMP
    }

    /**
     * @param verbose whether to remember what happened, for people
     */
    Trace(boolean verbose) {
        this.lines = verbose ? new ArrayList<>() : null;
    }

    void note(Event event, long number) {
        note(event, "", number);
    }

    void note(Event event, String what, long number) {
        add(event.name().hashCode());
        add(what.hashCode());
        add(number);
        events++;
        if (lines != null) {
            lines.add(event + " " + what + " " + number);
        }
    }

    private void add(long value) {
        hash = (hash ^ value) * MULTIPLIER;
        hash ^= hash >>> 29;
    }

    long hash() {
        return hash;
    }

    long events() {
        return events;
    }

    /** What happened, if it was to be remembered. */
    List<String> lines() {
        return lines == null ? List.of() : lines;
    }
}
