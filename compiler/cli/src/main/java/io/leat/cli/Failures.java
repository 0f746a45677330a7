package io.leat.cli;

import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.QueryException;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.epoch.StateException;
import io.leat.runtime.job.JobFormatException;
import io.leat.runtime.local.JobFailure;
import io.leat.runtime.local.RejectLimitException;
import io.leat.runtime.local.StateLimitException;
import io.leat.runtime.pipeline.DataException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.OutOfMemoryException;

/** Says what went wrong in the words of a user, and which exit code that is. Stack traces go to a file. */
final class Failures {
    private final Messages messages;
    private final List<String> arguments;
    private final boolean verbose;

    /**
     * @param arguments of the command line
     * @param verbose whether each failure gets a report file, not only our own mistakes
     */
    Failures(Messages messages, List<String> arguments, boolean verbose) {
        this.messages = messages;
        this.arguments = arguments;
        this.verbose = verbose;
    }

    /** Tells of something that happened without a job. */
    ExitCode tell(Throwable thrown) {
        ExitCode exitCode;
        if (thrown instanceof QueryException query) {
            messages.errorLines(query.getMessage());
            exitCode = isForFiles(query) ? ExitCode.INPUT_MISSING : ExitCode.NOT_COMPILED;
        } else if (thrown instanceof CommandException command) {
            messages.error(command.getMessage(), command.help());
            exitCode = command.exitCode();
        } else if (thrown instanceof ConnectorException connector) {
            messages.error(connector.getMessage(), "");
            exitCode = ExitCode.of(connector.kind());
        } else if (thrown instanceof StateException state) {
            messages.error(state.getMessage(), "");
            exitCode = state.getCause() == null ? ExitCode.STATE : ExitCode.INPUT_OUTPUT;
        } else if (thrown instanceof JobFormatException format) {
            messages.error(format.getMessage(), "");
            exitCode = ExitCode.NOT_COMPILED;
        } else if (isOutOfMemory(thrown)) {
            return outOfMemory("");
        } else {
            Optional<SourceText> source = thrown instanceof Bug bug ? Optional.of(bug.source()) : Optional.empty();
            return ourBug(thrown, source, "");
        }
        reportIfVerbose(thrown);
        return exitCode;
    }

    /** Whether nothing is wrong with the query but that its files are not there. */
    private static boolean isForFiles(QueryException query) {
        return query.diagnostics().stream()
                .filter(each -> each.severity() == Diagnostic.Severity.ERROR)
                .allMatch(each -> each.code() == ErrorCode.NO_FILE);
    }

    /** Tells why a job failed. */
    ExitCode tell(Throwable thrown, Work work) {
        if (thrown instanceof DataException data) {
            messages.errorLines("error: " + Messages.line(data.getMessage()) + work.place(data.position()));
        } else if (thrown instanceof RejectLimitException limit) {
            messages.error(limit.getMessage(), limit.help());
        } else if (thrown instanceof StateLimitException limit) {
            messages.error(
                    limit.getMessage(),
                    "allow more with SET state.memory, or bound what is kept: leat explain --state says what frees it");
        } else if (thrown instanceof JobFailure failure) {
            String place = work.place(failure.position());
            return isOutOfMemory(failure) ? outOfMemory(place) : ourBug(failure, work.source(), place);
        } else {
            return tell(thrown);
        }
        reportIfVerbose(thrown);
        return ExitCode.JOB_FAILED;
    }

    private static boolean isOutOfMemory(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof OutOfMemoryError || each instanceof OutOfMemoryException) {
                return true;
            }
        }
        return false;
    }

    private ExitCode outOfMemory(String place) {
        messages.errorLines("error: the memory of this process is used up" + place);
        messages.errorLines("help: allow more of it, e.g. with the environment variable LEAT_OPTS=-Xmx8g");
        return ExitCode.JOB_FAILED;
    }

    private ExitCode ourBug(Throwable thrown, Optional<SourceText> source, String place) {
        messages.errorLines("error: this is a mistake in Leat, not in your query" + place);
        Optional<Path> report = new BugReport(thrown, arguments, source).write();
        messages.errorLines(report.map(file -> "help: please report it with the file " + file
                        + " (look through it first: it holds your query)")
                .orElse("help: please report it; no report could be written to the directory for temporary files"));
        return ExitCode.BUG;
    }

    private void reportIfVerbose(Throwable thrown) {
        if (verbose) {
            new BugReport(thrown, arguments, Optional.empty())
                    .write()
                    .ifPresent(file -> messages.errorLines("note: details are in " + file));
        }
    }
}
