package io.leat.cli;

import java.util.function.Consumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Requests to end this process. */
interface Signals {

    /** Who asks. */
    enum Request {
        /** Somebody at the keyboard, with Ctrl-C. */
        INTERRUPT("INT", ExitCode.INTERRUPTED),
        /** Some program. */
        TERMINATE("TERM", ExitCode.TERMINATED);

        private final String signal;
        private final ExitCode exitCode;

        Request(String signal, ExitCode exitCode) {
            this.signal = signal;
            this.exitCode = exitCode;
        }

        ExitCode exitCode() {
            return exitCode;
        }
    }

    /** Tells the listener of each request, from another thread, instead of ending the process; until it is closed. */
    Listening listen(Consumer<Request> listener);

    /** Closing it restores what happened before. */
    interface Listening extends AutoCloseable {
        @Override
        void close();
    }

    /** The signals that this process gets. */
    static Signals ofProcess() {
        return listener -> {
            Listening interrupts = handle(Request.INTERRUPT, listener);
            Listening terminations = handle(Request.TERMINATE, listener);
            return () -> {
                interrupts.close();
                terminations.close();
            };
        };
    }

    private static Listening handle(Request request, Consumer<Request> listener) {
        Signal signal = new Signal(request.signal);
        try {
            SignalHandler before = Signal.handle(signal, received -> listener.accept(request));
            return () -> Signal.handle(signal, before);
        } catch (IllegalArgumentException e) {
            // The JVM was told to leave this signal alone.
            return () -> {};
        }
    }
}
