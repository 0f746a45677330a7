package io.leat.cli;

import io.leat.cli.Signals.Request;
import io.leat.runtime.local.Job;
import io.leat.runtime.platform.Threads;

/**
 * Ends a job before its time: in good order at the first request, at once at the second, and the whole process at the third, or when
 * the job does not end soon after the second. Safe from any thread.
 */
final class Stopping {
    private static final long PATIENCE_NANOS = 3_000_000_000L;

    private final Threads threads;
    private final Messages messages;
    private Job job;
    private Request first;
    private int requests;
    private boolean abandoned;

    Stopping(Threads threads, Messages messages) {
        this.threads = threads;
        this.messages = messages;
    }

    /** Names the job that is to be ended; what was asked for before is done now. */
    synchronized void of(Job started) {
        job = started;
        if (abandoned) {
            job.stop();
        }
    }

    /** Nobody reads the results, and they are all that the job is for. */
    synchronized void abandon() {
        abandoned = true;
        if (job != null) {
            job.stop();
        }
    }

    synchronized void request(Request request) {
        requests++;
        if (requests == 1) {
            first = request;
            messages.say(
                    request == Request.INTERRUPT
                            ? "stopping: what was read is worked off; Ctrl-C again stops at once"
                            : "stopping: what was read is worked off");
            job.drain();
        } else if (requests == 2) {
            messages.say("stopping at once: what is not complete is dropped");
            job.stop();
            threads.start("leat-patience", 0, this::haltWhenStuck);
        } else {
            halt();
        }
    }

    private void haltWhenStuck() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!job.isEnded() && System.nanoTime() < end) {
            threads.park(PATIENCE_NANOS / 100);
        }
        if (!job.isEnded()) {
            halt();
        }
    }

    private void halt() {
        Runtime.getRuntime().halt(first.exitCode().number());
    }

    /** How the job ended if it did not fail: in good order is as good as by itself. */
    synchronized ExitCode exitCode() {
        return requests > 1 ? first.exitCode() : ExitCode.OK;
    }
}
